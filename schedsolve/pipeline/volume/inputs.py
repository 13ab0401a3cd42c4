"""What the stage reads: figures of a creator, from a scenario or from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...model.audience import Content, Performance, Pool
from ...model.catalog import CATALOG, DEPRECATED, PageType, SendType
from ...model.scenario import Scenario


@dataclass(frozen=True)
class Stated:
    """Sends a day that are given and stay so; None is computed."""

    revenue: int | None = None
    engagement: int | None = None
    retention: int | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Categories that are to be computed."""
        parts = {"revenue": self.revenue, "engagement": self.engagement, "retention": self.retention}
        return tuple(name for name, value in parts.items() if value is None)


@dataclass(frozen=True)
class VolumeInputs:
    """Everything the eight modules use.

    `tier` is a volume level that is known without fans: its row holds then, and no score moves it. `confidence` is
    None where it is to be computed.
    """

    creator_id: str
    page_type: PageType
    fan_count: int | None = None
    tier: str | None = None
    content_style: str | None = None
    sub_type: str | None = None
    week_start: str = ""
    stated: Stated = Stated()
    confidence: float | None = None
    performance: Performance = field(default_factory=Performance)
    content: Content = field(default_factory=Content)
    pools: Mapping[str, Pool] = field(default_factory=dict)
    track_prediction: bool = False
    catalog: Mapping[str, SendType] = field(default_factory=lambda: CATALOG)

    @property
    def trends_known(self) -> bool:
        """Whether anything tells how saturated the audience is."""
        performance = self.performance
        stated = performance.saturation is not None or performance.opportunity is not None
        return stated or any(horizon.messages for horizon in performance.horizons.values())

    @property
    def messages(self) -> int | None:
        """Sends analysed in 30 days, as stated or by the longest look back; None where nobody counted."""
        if self.performance.message_count is not None:
            return self.performance.message_count
        longest = self.performance.horizons.get("30d")
        return None if longest is None else longest.messages


def inputs_of(scenario: Scenario, catalog: Mapping[str, SendType] = CATALOG) -> VolumeInputs:
    """The figures that a scenario states."""
    creator, volume = scenario.creator, scenario.volume
    return VolumeInputs(
        creator_id=creator.id,
        page_type=creator.page_type,
        fan_count=creator.fan_count,
        tier=volume.level,
        content_style=creator.content_style,
        sub_type=creator.sub_type,
        week_start=scenario.week_start.isoformat(),
        stated=Stated(volume.revenue_per_day, volume.engagement_per_day, volume.retention_per_day),
        confidence=volume.confidence_score,
        performance=scenario.performance,
        content=scenario.content,
        pools=_pools(scenario),
        track_prediction=volume.track_prediction,
        catalog=catalog,
    )


def _pools(scenario: Scenario) -> dict[str, Pool]:
    """Caption pools of the types on the page, in catalog order."""
    stated = {DEPRECATED.get(key, key): pool for key, pool in scenario.captions.pool.items()}
    page = scenario.creator.page_type
    return {key: stated[key] for key, row in CATALOG.items() if key in stated and page in row.pages}
