"""Enough different send types, and never the same two all week."""

from __future__ import annotations

from collections.abc import Iterator

from .broken_rules import rule_flaws
from .check import Flaw, Found, of_schedule
from .schedule import Schedule

CHECK = "diversity_floor"
MONOTONOUS = frozenset(("ppv_unlock", "bump_normal"))
"""A whole week of these two alone is none, whatever the rules are set to."""


def too_few_types(schedule: Schedule) -> Found:
    """Weeks below the floors of `type-diversity`, and whole weeks of unlocks and plain bumps alone."""
    return of_schedule([*rule_flaws(schedule, CHECK), *_monotonous(schedule)])


def _monotonous(schedule: Schedule) -> Iterator[Flaw]:
    for days in schedule.week.horizon.plan_weeks:
        types = {send.type_key for day in days for send in schedule.table.on_day(day)}
        if len(days) == 7 and types and types <= MONOTONOUS:
            first = f"the week of {schedule.week.date(days[0])}"
            yield Flaw(f"{first} has nothing but {' and '.join(sorted(types))}", value=len(types), origin="items")
