"""Reading a plan that stands: from items back to a decision, and a check of what it says of the past."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from ...constraints.audit import audit
from ...errors import Problem, ScenarioError
from ...model.calendar import Horizon, LocalTimeError
from ...model.campaign_families import Family
from ...model.catalog import FOLLOWUP
from ...model.plan import Item, Plan
from ...model.validation_errors import problems_of
from ...model.week import Week
from ...solver.decode import DecidedFollowup, DecidedSend, Decision
from ..timetables import timetable_of

SOURCE = "plan"
_FAMILIES = {str(family): family for family in Family}
SHOWN = 20
"""Faults of a past that are told."""


class NowError(ValueError):
    """A moment that the plan cannot be replanned at: the clock skips it, or the plan is over."""


@dataclass(frozen=True)
class StandingPlan:
    """A plan with the decision behind it: `sends[n]` and `followups[n]` are the items of the decision's n-th."""

    plan: Plan
    decision: Decision
    sends: tuple[Item, ...]
    followups: tuple[Item, ...]

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """Place of every regular send by its slot id."""
        return {item.slot_id: place for place, item in enumerate(self.sends)}

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """Number of every followup by its slot id."""
        return {item.slot_id: number for number, item in enumerate(self.followups)}


def minute_of_now(horizon: Horizon, now: datetime) -> int:
    """The first absolute minute that has not begun at a moment (a naive one is the creator's local time).

    Raises
    ------
    NowError
        When the clock skips that time, or the plan is over by then.
    """
    try:
        begun = horizon.minute_of_local(now.replace(second=0, microsecond=0))
    except LocalTimeError as error:
        raise NowError(str(error)) from None
    minute = begun + math.ceil(now.second / 60 + now.microsecond / 60e6)
    if minute >= horizon.length:
        last = horizon.date(horizon.days - 1)
        raise NowError(f"{now:%Y-%m-%dT%H:%M} is after the plan, whose last day is {last}: nothing is left to replan")
    return minute


def as_standing(week: Week, plan: Plan | Mapping[str, Any]) -> StandingPlan:
    """A plan of this program against the week that it answers.

    Raises
    ------
    ScenarioError
        With every item that is none of this week's, or when it is no plan of this program.
    """
    if not isinstance(plan, Plan):
        try:
            plan = Plan.model_validate(plan)
        except ValidationError as error:
            raise ScenarioError(SOURCE, problems_of(error, None, Plan)) from None
    problems = list(_stranger(week, plan))
    if problems:
        raise ScenarioError(SOURCE, problems)
    sends: list[tuple[DecidedSend, Item]] = []
    later: list[tuple[int, Item, int]] = []
    ids: set[str] = set()
    for number, item in enumerate(plan.items):
        if item.slot_id in ids:
            problems.append(Problem(f"{item.slot_id} is there twice", f"items[{number}].slot_id"))
        ids.add(item.slot_id)
        try:
            instant = datetime.fromisoformat(item.scheduled_at_utc.replace("Z", "+00:00"))
            minute = week.horizon.minute_of_instant(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
        except ValueError as error:
            problems.append(Problem(str(error), f"items[{number}].scheduled_at_utc"))
            continue
        if item.is_follow_up != (item.send_type_key == FOLLOWUP):
            problems.append(Problem(f"does not go with {item.send_type_key}", f"items[{number}].is_follow_up"))
        elif item.is_follow_up:
            later.append((minute, item, number))
        else:
            fault = _misfit(week, item, minute)
            problems += [Problem(message, f"items[{number}].{name}") for name, message in fault]
            if not fault:
                row = week.types[item.send_type_key]
                sends.append((DecidedSend(minute, week.horizon.day_of(minute), row, item.ppv_style), item))
    sends.sort(key=lambda pair: (pair[0].minute, pair[1].slot_id))
    places = {item.slot_id: place for place, (_, item) in enumerate(sends)}
    followups = [(_followup(places, minute, item), item, number) for minute, item, number in later]
    problems += [
        Problem(f"{item.parent_item_id} is neither in the plan nor in history", f"items[{number}].parent_item_id")
        for followup, item, number in followups
        if followup.parent is None and followup.past not in {send.index for send in week.past}
    ]
    if problems:
        raise ScenarioError(SOURCE, problems)
    followups.sort(key=lambda entry: (entry[0].minute, entry[1].slot_id))
    strategies = tuple(entry.strategy for entry in plan.days)
    return StandingPlan(
        plan,
        Decision(
            tuple(send for send, _ in sends),
            tuple(entry[0] for entry in followups),
            strategies,
            {},
            {
                place: family
                for place, (_, item) in enumerate(sends)
                if (family := _FAMILIES.get(item.campaign_type or ""))
            },
        ),
        tuple(item for _, item in sends),
        tuple(entry[1] for entry in followups),
    )


def check_past(week: Week, standing: StandingPlan, now: int) -> None:
    """Refuse a plan whose past breaks the rules under which it was made: they could not be kept around it.

    Raises
    ------
    ScenarioError
        With every breach in a send or on a day that is past.
    """
    gone = {
        item.slot_id for item, send in zip(standing.sends, standing.decision.sends, strict=True) if send.minute < now
    }
    gone |= {
        item.slot_id
        for item, followup in zip(standing.followups, standing.decision.followups, strict=True)
        if followup.minute < now
    }
    over = {week.date(day).isoformat() for day in week.days if week.horizon.day_start(day + 1) <= now}
    try:
        report = audit(timetable_of(week, standing.plan.to_dict()))
    except (ValueError, TypeError, KeyError) as error:
        raise ScenarioError(SOURCE, [Problem(f"cannot be read: {error}")]) from None
    problems = [
        Problem(
            f"the past breaks {found.rule}: {found.message}",
            hint="is this the plan's own scenario? what is past cannot be changed",
        )
        for found in report.violations
        if found.subject in gone or found.subject[:10] in over
    ]
    if problems:
        raise ScenarioError(SOURCE, problems[:SHOWN])


def _stranger(week: Week, plan: Plan) -> Iterator[Problem]:
    """Why a plan is none of this week's at all."""
    creator = week.scenario.creator.id
    if plan.status in ("infeasible", "unknown"):
        yield Problem(
            f"has the status {plan.status}: there is no plan in it", "status", hint="solve the scenario first"
        )
        return
    if plan.creator_id != creator:
        yield Problem(f"found {plan.creator_id!r}, the scenario's creator is {creator!r}", "creator_id")
    dates = [week.date(day).isoformat() for day in week.days]
    if [entry.date for entry in plan.days] != dates:
        told = f"{plan.days[0].date} to {plan.days[-1].date}" if plan.days else "no day"
        yield Problem(f"covers {told}, the scenario {dates[0]} to {dates[-1]}", "days")


def _misfit(week: Week, item: Item, minute: int) -> list[tuple[str, str]]:
    """Field and fault of a regular send that the week cannot know."""
    row = week.types.get(item.send_type_key)
    if row is None:
        return [("send_type_key", f"{item.send_type_key} is no type on offer in this scenario")]
    if not 0 <= minute < week.horizon.length:
        return [("scheduled_at_utc", f"{item.scheduled_at_utc} lies on no day of the scenario")]
    if row.rotated and item.ppv_style not in row.styles:
        return [("ppv_style", f"{item.ppv_style} does not go with {row.key}")]
    if not row.rotated and item.ppv_style is not row.fixed_style:
        return [("ppv_style", f"{item.ppv_style} does not go with {row.key}, whose style is {row.fixed_style}")]
    return []


def _followup(places: Mapping[str, int], minute: int, item: Item) -> DecidedFollowup:
    parent = item.parent_item_id or ""
    place = places.get(parent)
    past = parent.removeprefix("history_")
    known = place is None and past != parent and past.isdigit()
    return DecidedFollowup(minute, place, int(past) if known else None, item.timing_adjusted)
