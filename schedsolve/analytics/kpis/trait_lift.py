"""KPI `trait_recommendation_lift`: what recommended traits earn over the baseline."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from ..tables import Row
from .columns import CreatorId, Dollars, Key
from .kpi import Interval, Kpi, Reading, Unit

LIFT = Kpi(
    "trait_recommendation_lift",
    "revenue with recommended traits over the baseline",
    Unit.PERCENT,
    target=Interval(low=20, ends=False),
    alert=Interval(high=5, ends=False),
)


class TraitResult(Row):
    """What a creator's sends with a recommended trait earned, and what they would have by the baseline."""

    creator_id: CreatorId = None
    trait: Key
    revenue_with_trait: Dollars
    baseline: Dollars

    @property
    def lift(self) -> float | None:
        """In percent; None without a baseline."""
        return 100 * (self.revenue_with_trait - self.baseline) / self.baseline if self.baseline else None


def trait_recommendation_lift(results: Iterable[TraitResult]) -> Reading:
    """(trait revenue - baseline) / baseline x 100 of the totals; results without a baseline are left out."""
    counted = [result for result in results if result.baseline]
    if not counted:
        return LIFT.reading(None, 0)
    gain = fsum(amount for result in counted for amount in (result.revenue_with_trait, -result.baseline))
    return LIFT.reading(100 * gain / fsum(result.baseline for result in counted), len(counted))
