"""What rules cost: the gain of each notch, with the uncertainty that gaps leave."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, computed_field

from .notch import Notch
from .plan import PlanPart, ScenarioStamp


class Gain(PlanPart):
    """A gain in points: the best estimate, and the interval that holds the true one."""

    best: float
    at_least: float
    at_most: float


class Price(PlanPart):
    """What the optimum gains when one rule is one notch looser.

    `total` is the gain of the objective, in which a missing send counts 2000 points and more. `points` is the same
    less what `sends`, weeks back in balance and the `draw` account for: what the week earns by types, times and
    followups. Both intervals have the same width; only that of the total holds whatever the best plans look like.
    """

    notch: Notch
    sends: int = Field(description="sends of the quotas that are placed then and were missing; negative when fewer")
    points: Gain
    percent: float | None = Field(description="the best estimate of points, as percent of what the plan earns")
    total: Gain
    draw: float = Field(description="points of the total that only say that the strategies are drawn anew")
    value: float
    bound: float

    @computed_field  # type: ignore[prop-decorator]
    @property
    def certain(self) -> bool:
        """Whether the interval of the total leaves out that nothing is gained or lost, beside the draw."""
        return not self.total.at_least <= self.draw <= self.total.at_most


class Unpriced(PlanPart):
    """A notch without a price, and why; `notch` is None when the rule has none."""

    rule: str
    notch: Notch | None
    reason: str


class PriceList(PlanPart):
    """The price of each rule, dearest first; value, bound and `earned` are points.

    `earned` is the plan's value without what missing sends and weeks off balance cost; percentages refer to it.
    """

    schedsolve: Literal[1] = 1
    kind: Literal["price-list"] = "price-list"
    scenario: ScenarioStamp
    seed: int
    effort: str
    value: float
    bound: float
    earned: float
    missing: int
    prices: tuple[Price, ...]
    unpriced: tuple[Unpriced, ...]
    reproducible: bool
