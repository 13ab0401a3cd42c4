"""How many pay-per-view sends and bumps a day can hold at most, by arithmetic on types, styles and room alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .capacity import day_capacity
from .catalog import GUARDED_STYLES, Style
from .ranged import Ranged
from .week import Week

NO_REPEAT, HALF_DAY = "no-repeat-type", "style-am-pm"


def most_among(week: Week, kind: Ranged, room: int, without: str = "") -> int:
    """Sends of a kind among `room` sends of their category on a day; `without` leaves one rule aside.

    A type that may not follow itself takes every second place, and types of one guarded style share two half-days.
    """
    rules = week.scenario.rules
    each = (room + 1) // 2 if rules.no_repeat_type.enabled and without != NO_REPEAT else room
    halves = 2 * rules.style_am_pm.max if rules.style_am_pm.enabled and without != HALF_DAY else room
    free, guarded = 0, Counter[Style]()
    for row in week.types_in(kind.category):
        if kind.covers(row) and row.fixed_style in GUARDED_STYLES:
            guarded[row.fixed_style] += each
        elif kind.covers(row):
            free += each
    return min(room, free + sum(min(count, halves) for count in guarded.values()))


def cutting(week: Week, kind: Ranged, room: int) -> tuple[str, ...]:
    """The rules that keep some of `room` sends of a category from being of the kind."""
    most, rules = most_among(week, kind, room), (NO_REPEAT, HALF_DAY)
    if most == room:
        return ()
    return tuple(rule for rule in rules if most_among(week, kind, room, rule) > most) or ("known-type",)


def unreachable(week: Week, day: int) -> Mapping[Ranged, int]:
    """Sends that a day lacks of the low ends of its ranges whatever the plan.

    The day's room goes to the two categories so that least is lacking, and among such shares as evenly as can be.
    """
    room = day_capacity(week, day).most
    most = [week.quotas[day].of(kind.category) for kind in Ranged]
    if not week.scenario.rules.daily_quota.enabled:
        most = [room, room]
    lacks = []
    for first in range(min(most[0], room) + 1):
        shares = (first, min(most[1], room - first))
        lack = {
            kind: max(0, week.least(kind, day) - most_among(week, kind, share))
            for kind, share in zip(Ranged, shares, strict=True)
        }
        lacks.append((sum(lack.values()), abs(shares[0] - shares[1]), lack))
    return min(lacks, key=lambda found: found[:2])[2]
