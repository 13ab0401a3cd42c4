"""Plans as rows: what goes out on each day, and how often each exclusive type in each calendar week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from ...model.catalog import CATALOG, DEPRECATED, SendType
from ...model.plan import Item, Plan
from .daily import ScheduleDay, each_day_once
from .limit_violations import EXCLUSIVE, WeekOfType


def schedule_days(plans: Sequence[Plan], expected: tuple[float, float] | None = None) -> tuple[ScheduleDay, ...]:
    """Every day of the plans, by creator and date; `expected` is the range of bumps for every PPV.

    Followups count on the day on which they go out.

    Raises
    ------
    TableError
        When a creator's day is in two plans.
    """
    low, high = expected or (None, None)
    rows = []
    for plan in plans:
        ppv = Counter(item.scheduled_date for item in plan.items if (row := _row(item)) and row.ppv)
        bumps = Counter(item.scheduled_date for item in plan.items if (row := _row(item)) and row.bump)
        followups = Counter(item.scheduled_date for item in plan.items if item.is_follow_up)
        rows += [
            ScheduleDay(
                creator_id=plan.creator_id,
                date=date.fromisoformat(day.date),
                ppv_count=ppv[day.date],
                bump_count=bumps[day.date],
                expected_min=low,
                expected_max=high,
                followup_count=followups[day.date],
            )
            for day in plan.days
        ]
    return tuple(sorted(each_day_once(rows), key=lambda row: (row.creator_id or "", row.date)))


def weeks_of_types(plans: Sequence[Plan]) -> tuple[WeekOfType, ...]:
    """Every exclusive type in every calendar week that the plans touch, also where it is not sent at all.

    Several plans of one creator add up in the weeks that they share.
    """
    weeks = {(plan.creator_id, _monday(day.date)) for plan in plans for day in plan.days}
    sent = Counter(
        (plan.creator_id, _monday(item.scheduled_date), row.key)
        for plan in plans
        for item in plan.items
        if (row := _row(item))
    )
    return tuple(
        WeekOfType(creator_id=creator, week_start=week, send_type_key=key, actual=sent[creator, week, key])
        for creator, week in sorted(weeks)
        for key in EXCLUSIVE
    )


def _row(item: Item) -> SendType | None:
    return CATALOG.get(DEPRECATED.get(item.send_type_key, item.send_type_key))


def _monday(day: str) -> date:
    local = date.fromisoformat(day)
    return local - timedelta(days=local.weekday())
