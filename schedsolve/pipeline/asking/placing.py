"""Placements: what a person asks for, as a lock; and what forbids it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from pydantic import ValidationError

from ...constraints.audit import faults_of_locks
from ...model.calendar import Horizon
from ...model.catalog import CATALOG, DEPRECATED, FOLLOWUP
from ...model.climb import loosest
from ...model.fields import WEEKDAYS
from ...model.placement import Conflict, Placement
from ...model.scenario import Lock, Scenario
from ...model.week import FixedSend, Week
from ...solver.conflicts import UndecidedError
from ...solver.contradictions import conflicts_of
from ...solver.progress import Cancellation
from ...solver.runner import Runner
from ..prepare import prepare

_AT = re.compile(
    r"(?:(?P<date>\d{4}-\d{2}-\d{2})[T ]|(?P<weekday>[A-Za-z]{3,9})\.?,? +)(?P<clock>\d{1,2}:\d{2})(?::00)?"
)
_LOCK = re.compile(r"\block_\d+\b")
FORMS = "`Tue 18:00` or `2025-01-21 18:00`"


def lock_of(scenario: Scenario, at: str | datetime, send_type: str, style: str | None = None) -> Lock:
    """What is asked for, as a lock of the scenario.

    `at` is the creator's wall clock: a date or the name of a weekday (the first such day of the plan), and HH:MM.

    Raises
    ------
    ValueError
        For a time that cannot be read or is outside the plan, an unknown type, or a style that does not go with it.
    """
    horizon = Horizon(scenario.week_start, scenario.days, scenario.creator.timezone)
    moment = at if isinstance(at, datetime) else _moment(horizon, at)
    minute = horizon.minute_of_local(moment)
    if not 0 <= minute < horizon.length:
        last = horizon.date(horizon.days - 1)
        raise ValueError(f"{moment:%Y-%m-%d %H:%M} is outside the plan ({horizon.first} to {last})")
    if send_type not in CATALOG and send_type not in DEPRECATED:
        raise ValueError(f"found type {send_type[:60]!r}, expected one of {', '.join(CATALOG)}")
    if DEPRECATED.get(send_type, send_type) == FOLLOWUP:
        raise ValueError(f"a {FOLLOWUP} goes out after its parent: ask about the parent")
    try:
        return Lock.model_validate(
            {"at": moment, "send_type_key": DEPRECATED.get(send_type, send_type), "ppv_style": style}
        )
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None


def _moment(horizon: Horizon, text: str) -> datetime:
    found = _AT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"found {text[:40]!r}, expected a time such as {FORMS}")
    try:
        hour, minute = map(int, found["clock"].split(":"))
        clock = time(hour, minute)
        day = date.fromisoformat(found["date"]) if found["date"] else _first(horizon, found["weekday"])
    except ValueError as error:
        raise ValueError(f"found {text[:40]!r}: {error}") from None
    return datetime.combine(day, clock)


def _first(horizon: Horizon, name: str) -> date:
    """The first day of the plan with that name, or with a name that begins so."""
    number = next((place for place, weekday in enumerate(WEEKDAYS) if weekday.startswith(name.lower())), None)
    if number is None:
        raise ValueError(f"{name} is no weekday")
    days = [horizon.date(day) for day in range(horizon.days) if horizon.weekday(day) == number]
    if not days:
        raise ValueError(f"the plan ({horizon.first} to {horizon.date(horizon.days - 1)}) has no {name}")
    return days[0]


def with_lock(scenario: Scenario, lock: Lock) -> Scenario:
    """The scenario with one more lock."""
    return scenario.model_copy(update={"locks": (*scenario.locks, lock)})


def minute_of(week: Week, lock: Lock) -> int:
    """The absolute minute of a lock."""
    return week.horizon.minute_of_local(lock.at)


def placement_of(week: Week, lock: Lock) -> Placement:
    """A lock as part of an answer."""
    minute = minute_of(week, lock)
    local = week.horizon.local(minute)
    return Placement(
        scheduled_date=f"{local:%Y-%m-%d}",
        scheduled_time=f"{local:%H:%M:%S}",
        scheduled_at_utc=f"{week.horizon.instant(minute):%Y-%m-%dT%H:%M:%SZ}",
        send_type_key=lock.send_type_key,
        ppv_style=lock.ppv_style,
    )


def forbidden(scenario: Scenario, lock: Lock) -> tuple[Conflict, ...]:
    """What forbids a lock by arithmetic alone, beside the scenario's other locks and history."""
    week = loosest(prepare(scenario))
    key = lock.send_type_key
    if scenario.creator.page_type not in CATALOG[key].pages:
        page = scenario.creator.page_type
        return (Conflict(rules=("page-type",), message=f"{key} does not exist on a {page} page"),)
    if key not in week.types:
        return (Conflict(rules=("known-type",), message=f"{key} is switched off under send_types"),)
    before = {violation.message for violation in faults_of_locks(week)}
    names = {f"lock_{one.index}": f"the locked {one.send_type.key}" for one in week.locks}
    names[f"lock_{len(week.locks)}"] = key
    broken = [violation for violation in faults_of_locks(_locked(week, lock)) if violation.message not in before]
    return tuple(
        Conflict(rules=(violation.rule,), message=_LOCK.sub(lambda name: names[name[0]], violation.message))
        for violation in broken
    )


def conflict_of(scenario: Scenario, lock: Lock) -> tuple[Conflict, ...]:
    """Why no plan can hold a lock: what arithmetic tells, else minimal conflicts; at least one."""
    found = forbidden(scenario, lock)
    if found:
        return found
    week = _locked(loosest(prepare(scenario)), lock)
    with Runner(None, Cancellation()) as runner:
        try:
            conflicts = conflicts_of(week, runner)
        except UndecidedError:
            conflicts = ()
    told = [Conflict(rules=tuple(member.rule for member in each.members), message=each.message) for each in conflicts]
    return tuple(told) or (Conflict(rules=(), message="what forbids it was not settled within the budget"),)


def _locked(week: Week, lock: Lock) -> Week:
    """The week with one more lock, unasked whether that is possible; the type must be on offer."""
    row = week.types[lock.send_type_key]
    fixed = FixedSend(minute_of(week, lock), row, lock.ppv_style or row.fixed_style, len(week.locks))
    locks = sorted((*week.locks, fixed), key=lambda one: (one.minute, one.index))
    return replace(week, locks=tuple(locks))


def nearby(scenario: Scenario, lock: Lock, reach: int) -> Iterator[tuple[int, Lock]]:
    """Minutes around a lock at which arithmetic allows it, nearest first, the later one of two first."""
    week = loosest(prepare(scenario))
    minute = minute_of(week, lock)
    for away in (step * sign for step in range(1, reach + 1) for sign in (1, -1)):
        if not 0 <= minute + away < week.horizon.length:
            continue
        moved = lock.model_copy(update={"at": _wall(week, minute + away)})
        if not forbidden(scenario, moved):
            yield away, moved


def _wall(week: Week, minute: int) -> datetime:
    """An absolute minute as a scenario states it: local time, with the offset where the clock repeats it."""
    local = week.horizon.local(minute)
    naive = local.replace(tzinfo=None, fold=0)
    return naive if week.horizon.minute_of_local(naive) == minute else datetime.fromisoformat(local.isoformat())
