"""Followups: for almost every parent that may have one, and what became of the others."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from ..summary import summarise
from .check import Flaw, Found, of_items, of_schedule
from .schedule import Schedule

COVERAGE_ABOVE = Fraction(9, 10)
"""Share of the parents counted that must have a followup."""


def coverage(schedule: Schedule) -> tuple[int, int]:
    """Parents with a followup, and parents that may have one: of each day no more than its followup limit."""
    followed = {followup.parent for followup in schedule.table.followups}
    may, have = Counter[int](), Counter[int]()
    for send in schedule.table.regular:
        if send.send_type is not None and send.send_type.followup:
            may[send.day] += 1
            have[send.day] += send.id in followed
    limit = schedule.week.scenario.rules.followup_daily_limit.max
    counted = {day: min(count, limit) for day, count in may.items()}
    return sum(min(have[day], most) for day, most in counted.items()), sum(counted.values())


def too_few(schedule: Schedule) -> Found:
    """Whether too many parents go without."""
    followed, counted = coverage(schedule)
    if not counted or Fraction(followed, counted) > COVERAGE_ABOVE:
        return of_schedule(())
    message = f"{followed} of {counted} parents have a followup; more than {float(COVERAGE_ABOVE):.0%} is wanted"
    share, limit = round(100 * followed / counted, 2), float(100 * COVERAGE_ABOVE)
    return of_schedule([Flaw(message, value=share, limit=limit, origin="is_follow_up")])


def orphans(schedule: Schedule) -> Found:
    """Followups without a parent that were taken out when the schedule was put together."""
    return of_schedule(Flaw(message, origin="warnings") for message in schedule.noted("orphan_removed"))


def skipped(schedule: Schedule) -> Found:
    """Parents that have none, for the daily limit or for want of a good minute."""
    told = summarise(schedule.table).followups
    if not told.without:
        return of_schedule(())
    message = (
        f"{len(told.without)} parents have no followup: {told.skipped_limit} over the daily limit, "
        f"{told.skipped_timing} without a good minute"
    )
    return of_schedule([Flaw(message, told.without, value=len(told.without), origin="followups")])


def moved(schedule: Schedule) -> Found:
    """Followups that a late night or a conflict moved."""
    return of_items(
        (
            Flaw(f"{send.id} was moved by a rule for late nights or conflicts", (send.id,), origin="timing_adjusted")
            for send in schedule.table.followups
            if send.timing_adjusted
        ),
        len(schedule.table.followups),
    )
