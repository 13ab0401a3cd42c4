"""Changes against a plan that stands and the clock: what of them cannot be, each fault at its place."""

from __future__ import annotations

from datetime import datetime

from ...errors import Problem
from ...model.calendar import Horizon, LocalTimeError
from ...model.catalog import Category
from ...model.changes import Changes
from ...model.document import Place
from ...model.week import Week
from .standing_plan import StandingPlan


def slot_faults(week: Week, old: StandingPlan, changes: Changes, now: int) -> list[Problem]:
    """Slot ids that the plan does not know, on the wrong side of now, or of two minds."""
    problems = []
    locked = {(lock.minute, lock.send_type.key): lock.index for lock in week.locks}
    for name in ("approved", "cancelled", "failed"):
        for number, slot in enumerate(getattr(changes, name)):
            place: Place = (name, number)
            minute = minute_of_slot(old, slot)
            if minute is None:
                problems.append(changes.problem(place, f"{slot} is no send of the plan", "see its slot_ids"))
                continue
            local = f"{week.horizon.local(minute):%Y-%m-%d %H:%M}"
            if name == "cancelled" and minute < now:
                hint = "what did not go out belongs to `failed`"
                problems.append(changes.problem(place, f"{slot} of {local} is past and cannot be cancelled", hint))
            if name == "failed" and minute >= now:
                hint = "what shall not go out belongs to `cancelled`"
                problems.append(changes.problem(place, f"{slot} of {local} is still to come and cannot fail", hint))
            if name == "cancelled" and slot in old.place_of:
                key = old.sends[old.place_of[slot]].send_type_key
                if (minute, key) in locked:
                    message = f"{slot} of {local} is locked by the scenario's locks[{locked[minute, key]}]"
                    problems.append(changes.problem(place, message, "take the lock out of the scenario first"))
            if name == "cancelled" and slot in changes.approved:
                problems.append(changes.problem(place, f"{slot} is approved as well", "name it once"))
    return problems


def minute_of_slot(old: StandingPlan, slot: str) -> int | None:
    """When a send of the plan goes out, by its slot id; None for one that it does not know."""
    if slot in old.place_of:
        return old.decision.sends[old.place_of[slot]].minute
    if slot in old.number_of:
        return old.decision.followups[old.number_of[slot]].minute
    return None


def quota_faults(week: Week, old: StandingPlan, changes: Changes, now: int) -> list[Problem]:
    """Quotas of days that are over or not planned, named twice, or below what has gone out."""
    problems, seen = [], set()
    for number, change in enumerate(changes.quotas):
        day = (change.date - week.horizon.first).days
        place: Place = ("quotas", number, "date")
        if day not in week.days:
            last = week.date(week.horizon.days - 1)
            problems.append(changes.problem(place, f"{change.date} is no day of the plan ({week.date(0)} to {last})"))
            continue
        if week.horizon.day_start(day + 1) <= now:
            problems.append(changes.problem(place, f"{change.date} is over: its quota cannot be changed"))
        if change.date in seen:
            problems.append(changes.problem(place, f"{change.date} is there twice", "put its quotas into one entry"))
        seen.add(change.date)
        for category in Category:
            wanted = getattr(change, category.value)
            gone = sum(
                send.day == day and send.send_type.category is category and send.minute < now
                for send in old.decision.sends
            )
            if wanted is not None and wanted < gone:
                message = f"found {wanted}, but {gone} {category} sends of {change.date} have gone out"
                problems.append(changes.problem(("quotas", number, category.value), message, f"give {gone} or more"))
    return problems


def time_faults(horizon: Horizon, changes: Changes, now: int) -> list[Problem]:
    """Locks in the past, blackouts that are over, and local times that do not exist."""
    problems = []
    for number, lock in enumerate(changes.locks):
        minute = minute_or_none(horizon, lock.at)
        if minute is not None and minute < now:
            problems.append(changes.problem(("locks", number, "at"), f"{lock.at:%Y-%m-%dT%H:%M} is past"))
    for number, blackout in enumerate(changes.blackouts):
        end = minute_or_none(horizon, blackout.end)
        if end is None:
            message = f"{blackout.end:%Y-%m-%d %H:%M} does not exist: the clock skips it"
            problems.append(changes.problem(("blackouts", number, "to"), message))
        elif end <= now:
            problems.append(changes.problem(("blackouts", number, "to"), f"{blackout.end:%Y-%m-%dT%H:%M} is past"))
        start = minute_or_none(horizon, blackout.start)
        if start is None:
            message = f"{blackout.start:%Y-%m-%d %H:%M} does not exist: the clock skips it"
            problems.append(changes.problem(("blackouts", number, "from"), message))
        elif end is not None and end <= start:
            message = f"ends at {blackout.end:%Y-%m-%dT%H:%M}, not after it starts"
            problems.append(changes.problem(("blackouts", number), message))
    return problems


def minute_or_none(horizon: Horizon, local: datetime) -> int | None:
    """The absolute minute of a local time; None where the clock skips it."""
    try:
        return horizon.minute_of_local(local)
    except LocalTimeError:
        return None
