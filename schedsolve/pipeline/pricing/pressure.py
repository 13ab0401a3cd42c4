"""Whether a plan comes up against a rule: it would break it if the rule were a notch tighter, or lacks a send by it.

Only a guess at what is worth a solve: a rule that a good plan keeps with room to spare may still cost something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ...constraints import Rule, rules_of
from ...constraints.category_balance import shares
from ...constraints.daily_quota import DailyQuota
from ...model.capacity import unplaceable
from ...model.catalog import Category
from ...model.notch import Notch
from ...model.timetable import Timetable

NEAR = 0.03
"""A share so near to its bound comes up against it."""
ROOM = ("min-spacing", "block-limit", "active-window", "avoid-hours")
"""Rules that any missing send may be for want of."""
CHOICE = ("same-type-gap", "weekly-cap")
"""Rules that a missing send may be for want of, by its category's types, where the day itself has room."""


def presses(plan: Timetable, notch: Notch) -> bool:
    """Whether the plan comes up against what the notch would loosen; true where that cannot be told."""
    rule = next(rule for rule in rules_of(plan.week) if rule.id == notch.rule)
    if rule.id in ROOM and plan.shortfalls:
        return True
    if rule.id in CHOICE and plan.week.catalog[notch.subject].category in _wanting(plan):
        return True
    if rule.id == "day-nonempty":
        return any(len(plan.on_day(day)) == 1 for day in plan.week.days)
    if rule.id == "category-balance":
        return _near_a_bound(plan, rule, notch.subject)
    tighter = _tighter(plan, rule, notch)
    return tighter is None or any(True for _ in tighter[0].violations(tighter[1]))


def _wanting(plan: Timetable) -> set[Category]:
    """Categories that lack sends on a day that has room by arithmetic, or the sends that a range counts."""
    full = unplaceable(plan.week)
    missing = Counter[int]()
    for short in plan.short_of(DailyQuota.id):
        missing[short.day] += short.count
    return {
        short.category
        for short in plan.shortfalls
        if short.rule != DailyQuota.id or missing[short.day] > full[short.day]
    }


def _tighter(plan: Timetable, rule: Rule, notch: Notch) -> tuple[Rule, Timetable] | None:
    """The rule a notch tighter and the plan beside it; None where there is no such thing."""
    if rule.id in ("weekly-cap", "same-type-gap"):
        return _with_a_stricter_type(plan, rule, notch.subject)
    changes = _CHANGES.get((rule.id, notch.subject))
    return (replace(rule, **changes(rule)), plan) if changes else None


def _with_a_stricter_type(plan: Timetable, rule: Rule, key: str) -> tuple[Rule, Timetable] | None:
    row = plan.week.catalog[key]
    if rule.id == "same-type-gap":
        row = replace(row, gap_minutes=row.gap_minutes * 5 // 4 + 1)
    elif row.weekly_cap:
        row = replace(row, weekly_cap=row.weekly_cap - 1)
    else:
        return None
    return rule, replace(plan, week=replace(plan.week, catalog={**plan.week.catalog, key: row}))


def _near_a_bound(plan: Timetable, rule: Any, category: str) -> bool:
    for days in plan.week.horizon.plan_weeks:
        revenue, engagement, retention = shares(plan, days)
        room = {
            "revenue": revenue - rule.revenue_min,
            "engagement": engagement - rule.engagement_min,
            "retention": rule.retention_max - retention,
        }
        if min(room.values() if not category else [room[category]]) < NEAR:
            return True
    return False


def _clock(hhmm: str, minutes: int) -> str:
    hours, rest = divmod(int(hhmm[:2]) * 60 + int(hhmm[3:]) + minutes, 60)
    return f"{hours:02d}:{rest:02d}"


def _fewer(rule: Any) -> dict[str, Any]:
    return {"max": rule.max - 1}


_CHANGES: Mapping[tuple[str, str], Callable[[Any], dict[str, Any]]] = {
    ("block-limit", ""): _fewer,
    ("clock-repeat", ""): _fewer,
    ("style-am-pm", ""): _fewer,
    ("followup-daily-limit", ""): _fewer,
    ("min-spacing", ""): lambda rule: {"minutes": rule.minutes + 15},
    ("followup-clearance", ""): lambda rule: {"minutes": rule.minutes + 5},
    ("followup-window", ""): lambda rule: {"earliest": rule.earliest + 3, "latest": rule.latest - 3},
    ("strategy-variety", ""): lambda rule: {"strategies": rule.strategies + 1},
    ("type-diversity", ""): lambda rule: {"types": rule.types + 1},
    ("type-diversity", "revenue"): lambda rule: {"revenue": rule.revenue + 1},
    ("type-diversity", "engagement"): lambda rule: {"engagement": rule.engagement + 1},
    ("active-window", "start"): lambda rule: {"start": _clock(rule.start, 30)},
    ("active-window", "end"): lambda rule: {"end": _clock(rule.end, -30)},
}
"""By rule and what of it a notch loosens: the parameters a notch tighter."""
