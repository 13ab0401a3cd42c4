"""Variety from day to day and send to send: strategies, clock times, how minutes came about, prime hours, blocks."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.timetable import Send
from ..summary import in_prime_hours
from .broken_rules import rule_flaws
from .check import Flaw, Found, of_days, of_items, of_schedule
from .schedule import Schedule


def strategies(schedule: Schedule) -> Found:
    """Weeks with too few strategies, days with that of the day before, and sends that name none."""
    check = "strategy_variation"
    untagged = tuple(send.id for send in schedule.table.regular if send.strategy is None)
    message = f"{len(untagged)} sends name no strategy"
    flaws = [*rule_flaws(schedule, check), *([Flaw(message, untagged, origin="strategy_used")] if untagged else [])]
    found = of_schedule(flaws)
    return Found(found.flaws, found.affected, found.examined, unchecked=schedule.unable.get(check, ""))


def repeated_times(schedule: Schedule) -> Found:
    """Clock times that a week uses too often; the uses that are allowed are no fault."""
    flaws, surplus = [], list[str]()
    for violation in schedule.broken.get("time_repeated", ()):
        users = tuple(send.id for send in _at(schedule, violation.subject))
        allowed = len(users) - int(violation.amount)
        flaws.append(
            Flaw(violation.message, users, value=len(users), limit=allowed, origin=violation.rule),
        )
        surplus += users[allowed:]
    return of_items(flaws, len(schedule.items), surplus)


def _at(schedule: Schedule, subject: str) -> Iterator[Send]:
    """Sends at the local time, in the week, that end and begin the subject of `clock-repeat`."""
    first, clock = subject[:10], int(subject[-5:-3]) * 60 + int(subject[-2:])
    week = schedule.week
    days = next(days for days in week.horizon.plan_weeks if week.date(days[0]).isoformat() == first)
    return (send for send in schedule.table.sends if send.day in days and send.clock == clock)


def incomplete(schedule: Schedule) -> Found:
    """Regular sends that do not tell how their minute came about, or tell what cannot be."""
    check = "variation_incomplete"
    examined = sum(not send.locked for send in schedule.table.regular)
    found = of_items(rule_flaws(schedule, check), max(examined, len(schedule.broken.get(check, ()))))
    return Found(found.flaws, found.affected, found.examined, unchecked=schedule.unable.get(check, ""))


def off_peak(schedule: Schedule) -> Found:
    """Pay-per-view sends and bundles outside the prime hours of their day."""
    week = schedule.week
    paid = [send for send in schedule.table.ppv if send.day in week.days]
    return of_items(
        (
            Flaw(
                f"{send.id} ({send.type_key}) goes out at {send.clock // 60:02d}:{send.clock % 60:02d}, outside the "
                f"prime hours of {week.date(send.day)}",
                (send.id,),
                origin="prime_hours",
            )
            for send in paid
            if not in_prime_hours(week, send)
        ),
        len(paid),
    )


def dense_blocks(schedule: Schedule) -> Found:
    """Days with too many regular sends in a block."""
    held, flaws = schedule.table.by_id, []
    for violation in schedule.broken.get("block_density", ()):
        send = held.get(violation.subject)
        date = violation.subject[:10] if send is None else schedule.week.date(send.day).isoformat()
        items = (violation.subject,) if send else ()
        flaws.append(Flaw(violation.message, items, date, value=violation.amount, origin=violation.rule))
    return of_days(flaws, len(schedule.week.days))
