"""Making up for failed sends: which day's quota is raised for each, the soonest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from ...constraints.daily_quota import DailyQuota
from ...model.capacity import day_capacity
from ...model.catalog import Category
from ...model.plan import Shortfall
from ...model.week import Quota, Span, Week

Cell = tuple[int, Category]


def make_up(
    week: Week,
    failed: Sequence[Category],
    now: int,
    gone: Sequence[int],
    shortfalls: Sequence[Shortfall],
    full: Collection[Cell],
) -> tuple[tuple[Quota, ...], tuple[int | None, ...]]:
    """Quotas raised by one for each failed send's category, and the day taken for each (None: no day has room).

    `gone[day]` counts sends that have gone out, `shortfalls` are those of the old plan, and `full` names days and
    categories that were found to have no room.
    """
    quotas = list(week.quotas)
    short = {(entry.date, entry.category) for entry in shortfalls if entry.rule == DailyQuota.id}
    rooms = _rooms(week, now, gone)
    taken: list[int | None] = []
    for category in failed:
        day = next(
            (
                day
                for day in week.days
                if rooms[day] > quotas[day].total
                and (day, category) not in full
                and (week.date(day).isoformat(), category) not in short
                and week.types_in(category)
            ),
            None,
        )
        taken.append(day)
        if day is not None:
            quotas[day] = replace(quotas[day], **{category.value: quotas[day].of(category) + 1})
    return tuple(quotas), tuple(taken)


def _rooms(week: Week, now: int, gone: Sequence[int]) -> Counter[int]:
    """Sends that each day can take in all, by arithmetic: what has gone out, and what fits from now on."""
    spans = (*week.blackouts, Span(min(0, now), now)) if now > 0 else week.blackouts
    later = replace(week, blackouts=spans)
    rooms: Counter[int] = Counter()
    for day in week.days:
        if week.horizon.day_start(day + 1) > now:
            rooms[day] = gone[day] + day_capacity(later, day).most
    return rooms
