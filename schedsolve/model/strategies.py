"""The five day strategies: what each stresses, its flavor label, and how likely it is on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Strategy:
    """The character of a day's mix.

    `boosts` are the send types whose value is multiplied by the boost factor on such a day; `spreads` says that the
    day prefers many different types over valuable ones; `flavor` is the label carried on each send.
    """

    key: str
    flavor: str
    boosts: tuple[str, ...] = ()
    spreads: bool = False


_ALL = (
    Strategy("revenue_focus", "bundle_flash_vip", ("bundle", "flash_bundle", "vip_program")),
    Strategy("engagement_burst", "farm_bump", ("dm_farm", "like_farm", "bump_normal")),
    Strategy("balanced_standard", "even_mix"),
    Strategy("variety_max", "all_types", spreads=True),
    Strategy("storytelling", "story_bump_wall", ("bump_descriptive", "bump_normal")),
)

STRATEGIES: Mapping[str, Strategy] = MappingProxyType({strategy.key: strategy for strategy in _ALL})

HIGH_SATURATION = 70
HIGH_OPPORTUNITY = 70

_EVEN = dict.fromkeys(STRATEGIES, 0.2)
_SATURATED = {**_EVEN, "revenue_focus": 0.1, "engagement_burst": 0.3}
_PROMISING = {**_EVEN, "revenue_focus": 0.3, "engagement_burst": 0.1}


def strategy_weights(saturation: float, opportunity: float) -> dict[str, float]:
    """Selection weight of each strategy (they sum to 1). Scores run 0-100; saturation is tested first."""
    if saturation > HIGH_SATURATION:
        return dict(_SATURATED)
    if opportunity > HIGH_OPPORTUNITY:
        return dict(_PROMISING)
    return dict(_EVEN)
