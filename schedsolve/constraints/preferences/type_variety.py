"""`type-variety`: prefer the type used least this week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ...model.catalog import Category
from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import POINT, Preference

FIRST_USE = {Category.REVENUE: 12 * POINT, Category.ENGAGEMENT: 6 * POINT, Category.RETENTION: 4 * POINT}
"""Units for a type's first use in a week; later uses earn evenly less and nothing from twice the even share on."""


@dataclass(frozen=True)
class TypeVariety(Preference):
    """The n-th use of a type within a plan week earns less the larger n is.

    `steps[w][type]` lists the units of the first, second, ... use in plan week w; they never rise, so that the model
    needs no order among uses.
    """

    id = "type-variety"
    steps: tuple[Mapping[str, tuple[int, ...]], ...]

    @classmethod
    def of(cls, week: Week) -> TypeVariety:
        return cls(tuple(_steps(week, days) for days in week.horizon.plan_weeks))

    def post(self, draft: Draft) -> None:
        for days, steps in zip(draft.week.horizon.plan_weeks, self.steps, strict=True):
            for key, units in steps.items():
                slots = [slot for slot in draft.slots if slot.day in days and key in slot.kinds]
                uses = [draft.literal(f"use {key}") for _ in units[: len(slots)]]
                if not uses:
                    continue
                draft.add(self.id, key, sum(uses) <= sum(slot.kinds[key] for slot in slots))
                for literal, worth in zip(uses, units, strict=False):
                    draft.reward(self.id, worth, literal)

    def score(self, plan: Timetable) -> int:
        total = 0
        for days, steps in zip(plan.week.horizon.plan_weeks, self.steps, strict=True):
            uses = Counter(send.type_key for send in plan.regular if send.day in days)
            total += sum(sum(units[: uses[key]]) for key, units in steps.items())
        return total


def _steps(week: Week, days: range) -> Mapping[str, tuple[int, ...]]:
    steps = {}
    for category in Category:
        rows = week.types_in(category)
        if not rows:
            continue
        even_share = week.week_quota(days, category) / len(rows)
        for row in rows:
            units: list[int] = []
            while (worth := round(FIRST_USE[category] * (1 - len(units) / (2 * even_share + 1)))) > 0:
                units.append(worth)
            steps[row.key] = tuple(units)
    return steps
