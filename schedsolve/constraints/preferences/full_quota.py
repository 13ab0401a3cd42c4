"""`full-quota`: as few sends missing as the other rules allow, and those where they hurt least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.capacity import unplaceable
from ...model.catalog import Category
from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import POINT, Preference

MISSING = 2000 * POINT
"""Units lost with every missing send, before it is asked which: more than any choice of types and times can earn."""
SPREAD = 100 * POINT
"""Units by which categories differ: the n-th missing send of a quota q costs its category's weight x (2n-1)/q more."""
WEIGHT = {Category.REVENUE: 1.25, Category.ENGAGEMENT: 1.0, Category.RETENTION: 0.9}
BEST_DAY = 1.5
"""Factor on a best day: extra sends go there when there is a choice."""


@dataclass(frozen=True)
class FullQuota(Preference):
    """Missing sends cost steeply, and the more the larger the part of their category's quota that is already missing.

    `steps[day, category]` lists the units of the first, second, ... missing send. `forgiven[day]` is the number of
    sends that arithmetic says the day cannot take; their least cost is the zero point.
    """

    id = "full-quota"
    steps: Mapping[tuple[int, Category], tuple[int, ...]]
    forgiven: tuple[int, ...]

    @classmethod
    def of(cls, week: Week) -> FullQuota:
        if not week.scenario.rules.daily_quota.enabled:
            return cls({}, unplaceable(week.measure))
        best = [BEST_DAY if week.horizon.weekday(day) in week.best_days else 1.0 for day in week.days]
        steps = {
            (day, category): tuple(
                MISSING + round(SPREAD * best[day] * WEIGHT[category] * (2 * n + 1) / week.quotas[day].of(category))
                for n in range(week.quotas[day].of(category))
            )
            for day in week.days
            for category in Category
        }
        return cls(steps, unplaceable(week.measure))

    @property
    def zero(self) -> int:
        """Cost of the missing sends that no plan could place."""
        total = 0
        for day, count in enumerate(self.forgiven):
            costs = sorted(cost for (d, _), steps in self.steps.items() if d == day for cost in steps)
            total += sum(costs[:count])
        return total

    def post(self, draft: Draft) -> None:
        for key, steps in self.steps.items():
            if not steps:
                continue
            each = [draft.literal("missing", key[0]) for _ in steps]
            draft.add(self.id, "missing", sum(each) == draft.shortfalls[key])
            for literal, units in zip(each, steps, strict=True):
                draft.reward(self.id, -units, literal)
        draft.constant(self.id, self.zero)

    def score(self, plan: Timetable) -> int:
        lost = 0
        for (day, category), steps in self.steps.items():
            placed = sum(send.category is category for send in plan.on_day(day))
            lost += sum(steps[: max(0, len(steps) - placed)])
        return self.zero - lost
