"""The ladder in plans: what a plan declares of the steps it took, and the week that such a declaration leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ..constraints.avoid_hours import AvoidHours
from ..constraints.daily_quota import DailyQuota
from ..constraints.min_spacing import MinSpacing
from ..model.catalog import Category
from ..model.climb import Climb, climbed
from ..model.ladder import DROP, LADDER, MOVE, OPENING
from ..model.plan import PlanWarning, Relaxation, Shortfall
from ..model.timetable import Timetable
from ..model.week import Week


def relaxed(week: Week, declared: Sequence[Mapping[str, Any]]) -> Week:
    """The week that a plan's relaxations leave: unchanged where its scenario allows none.

    Raises
    ------
    ValueError
        When a declaration cannot be read.
    """
    if week.scenario.on_conflict == "fail" or not declared:
        return week
    steps: dict[int, int] = {}
    moves: dict[tuple[int, Category], int] = {}
    for number, entry in enumerate(declared):
        try:
            step, days = int(entry["step"]), [_day(week, text) for text in entry.get("days") or ()]
            if step in OPENING:
                steps.update({day: max(step, steps.get(day, 0)) for day in days})
            elif step == MOVE:
                moved = {Category(name): int(count) for name, count in (entry.get("moved") or {}).items()}
                moves.update({(day, category): count for day in days for category, count in moved.items()})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ValueError(f"relaxations[{number}]: {error}") from None
    if any(count < 0 or day + 1 not in week.days for (day, _), count in moves.items()):
        raise ValueError("relaxations: sends move from one day of the plan to the next")
    return climbed(week, Climb(steps, moves, 0, False))


def _day(week: Week, text: str) -> int:
    day = (date.fromisoformat(text) - week.horizon.first).days
    if day not in week.days:
        raise ValueError(f"{text} is not a day of the plan")
    return day


def relaxations(base: Week, climb: Climb, plan: Timetable, shortfalls: Sequence[Shortfall]) -> tuple[Relaxation, ...]:
    """Every step taken, with its days and the sends that need it; `base` is the week before any step."""
    told = [_opened(base, climb, step, plan) for step in OPENING]
    moved: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for (day, category), count in sorted(climb.moves.items()):
        moved[day][category.value] = count
    told.append([_moved(base, day, counts, plan) for day, counts in moved.items()])
    days = tuple(dict.fromkeys(short.date for short in shortfalls if short.rule == DailyQuota.id))
    if days:
        told.append([Relaxation(step=DROP, rule=DailyQuota.id, days=days, severity=LADDER[DROP].severity)])
    return tuple(entry for entries in told for entry in entries)


def _opened(base: Week, climb: Climb, step: int, plan: Timetable) -> list[Relaxation]:
    """One step's entries: spacing, and avoided hours where a send stands in one."""
    days = sorted(day for day, on in climb.steps.items() if on == step)
    if not days:
        return []
    before = replace(plan, week=base)
    entries = []
    for rule in (MinSpacing.of(base), AvoidHours.of(base)):
        if not base.scenario.rules.of(rule.id).enabled:
            continue
        needing = {fault.subject for fault in rule.violations(before)}
        sends = tuple(send.id for send in plan.sends if send.id in needing and send.day in days)
        if sends or isinstance(rule, MinSpacing):
            dates = tuple(base.date(day).isoformat() for day in days)
            entries.append(Relaxation(step=step, rule=rule.id, days=dates, sends=sends, severity=LADDER[step].severity))
    return entries


def _moved(base: Week, day: int, counts: dict[str, int], plan: Timetable) -> Relaxation:
    """What the next day takes over: there the last sends of each category."""
    sends = [
        send.id
        for name, count in counts.items()
        for send in [send for send in plan.on_day(day + 1) if send.category == name][-count:]
    ]
    return Relaxation(
        step=MOVE,
        rule=DailyQuota.id,
        days=(base.date(day).isoformat(),),
        sends=tuple(sends),
        severity=LADDER[MOVE].severity,
        moved=counts,
    )


def ladder_warnings(climb: Climb) -> list[PlanWarning]:
    """A word where it is not proven that an earlier step would not do."""
    if climb.proven:
        return []
    message = "the ladder's steps are the earliest that were found; that no earlier ones do was not proven in time"
    return [PlanWarning(code="ladder-unproven", message=message)]
