"""Where the rotation stands at the end of a plan, or on a day inside it: read off the plan alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..model.catalog import CATALOG
from ..model.plan import DayPlan, Plan
from ..model.rotation import RECENT, Pattern, Rotation, RotationState, parse_pattern


@dataclass(frozen=True)
class StandingRotation:
    """A rotation with its position: the rotated sends that went out since its pattern started."""

    rotation: Rotation
    position: int


def rotation_after(plan: Plan, before: date | None = None) -> StandingRotation | None:
    """The rotation as the days of the plan before `before` (all of them by default) leave it; None without a day.

    A pattern that the scenario handed over keeps its start, its position and the patterns before it.
    """
    days = [day for day in plan.days if before is None or date.fromisoformat(day.date) < before]
    if not days:
        return None
    first = days[0]
    pattern, started, recent, position = _handed_over(plan, first)
    begun = started
    for day in days[1:]:
        if day.rotation_pattern != pattern:
            recent = (*recent, pattern)[-RECENT:]
            pattern, started = _pattern(day), date.fromisoformat(day.date)
    position = (position if started == begun else 0) + _rotated_sends(plan, max(started, _date(first)), _date(days[-1]))
    state = RotationState(days[-1].rotation_state)
    return StandingRotation(Rotation(plan.creator_id, state, pattern, started, recent), position)


def _handed_over(plan: Plan, first: DayPlan) -> tuple[Pattern, date, tuple[Pattern, ...], int]:
    """Pattern, start, patterns before and position on the first day."""
    told: dict[str, Any] = ((plan.scenario.content or {}).get("history") or {}).get("rotation") or {}
    pattern, today = _pattern(first), _date(first)
    if not told:
        return pattern, today, (), 0
    before: Pattern = parse_pattern(told["pattern"])
    recent: tuple[Pattern, ...] = tuple(parse_pattern(one) for one in told.get("recent") or ())
    if before != pattern:
        return pattern, today, (*recent, before)[-RECENT:], 0
    started = min(date.fromisoformat(told["started"]), today)
    return pattern, started, recent[-RECENT:], int(told.get("position") or 0) if started < today else 0


def _rotated_sends(plan: Plan, first: date, last: date) -> int:
    """Sends from one day to another whose style the rotation chooses."""
    return sum(
        first <= date.fromisoformat(item.scheduled_date) <= last
        and item.send_type_key in CATALOG
        and CATALOG[item.send_type_key].rotated
        for item in plan.items
    )


def _date(day: DayPlan) -> date:
    return date.fromisoformat(day.date)


def _pattern(day: DayPlan) -> Pattern:
    pattern: Pattern = parse_pattern(list(day.rotation_pattern))
    return pattern
