"""The scenario that holds the changes, and the plan that stands as they leave it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ...errors import Problem, ScenarioError
from ...model.calendar import Horizon
from ...model.catalog import FOLLOWUP, Category
from ...model.changes import Changes
from ...model.scenario import Blackout, DayQuota, Scenario
from ...model.text_file import read_text
from ...model.validation_errors import problems_of, validate
from ...model.week import Quota, Span, Week
from ...model.yaml_document import parse_yaml
from ...solver.decode import DecidedFollowup
from ...solver.standing import Standing
from ..prepare import prepare
from .change_faults import minute_of_slot, minute_or_none, quota_faults, slot_faults, time_faults
from .standing_plan import StandingPlan

_SHARED = re.compile(r"(locks|blackouts)\[(\d+)\](.*)")


def load_changes(path: str | Path) -> Changes:
    """Read a changes file (YAML 1.2 or JSON).

    Raises
    ------
    ScenarioError
        With all faults of the file, each with line, column, path and what is allowed.
    """
    document = parse_yaml(read_text(Path(path)), str(path))
    return validate(Changes, document).read_from(document)


def as_changes(changes: Changes | Mapping[str, Any] | None) -> Changes:
    """Changes from plain data; raises ScenarioError."""
    if isinstance(changes, Changes):
        return changes
    try:
        return Changes.model_validate(dict(changes or {}))
    except ValidationError as error:
        raise ScenarioError("changes", problems_of(error, None, Changes)) from None


@dataclass(frozen=True)
class Changed:
    """A scenario with changes, before failed sends are made up; what stands in it; and what can stand no more.

    `impossible` are the slot ids of sends to come that cannot be as they were. Those of them that are called off for
    good, and not merely in the way of something, are `ended`: no other send goes on under their ids.
    """

    scenario: Scenario
    week: Week
    standing: Standing
    impossible: tuple[str, ...]
    failed: tuple[str, ...]
    ended: frozenset[str]

    def with_quotas(self, quotas: tuple[Quota, ...]) -> tuple[Scenario, Week]:
        """The same with other quotas."""
        if quotas == self.week.quotas:
            return self.scenario, self.week
        scenario = stating(self.scenario, quotas)
        return scenario, replace(prepare(scenario), steps=self.week.steps)


def apply_changes(scenario: Scenario, week: Week, old: StandingPlan, changes: Changes, now: int) -> Changed:
    """Put changes into a scenario, and mark in the plan what they say of its sends.

    Raises
    ------
    ScenarioError
        With every change that cannot be, at its place in the changes.
    """
    problems = [*slot_faults(week, old, changes, now), *quota_faults(week, old, changes, now)]
    problems += time_faults(week.horizon, changes, now)
    if problems:
        raise _refused(changes, problems)
    spans = _clipped(week.horizon, changes, now)
    altered = scenario.model_copy(
        update={
            "blackouts": (*scenario.blackouts, *_blackouts(week.horizon, spans)),
            "locks": (*scenario.locks, *changes.locks),
        }
        if spans or changes.locks
        else {}
    )
    quotas = _quotas(week, changes)
    if quotas != week.quotas:
        altered = stating(altered, quotas)
    try:
        changed = replace(prepare(altered), steps=week.steps)
    except ScenarioError as error:
        raise _refused(changes, [_moved(problem, scenario, changes) for problem in error.problems]) from None
    lost = _impossible(changed, old, changes, spans, now)
    problems = _approved_faults(changes, lost)
    if problems:
        raise _refused(changes, problems)
    failed = tuple(dict.fromkeys(slot for slot in changes.failed))
    standing = _standing(changed, old, changes, lost, now)
    return Changed(altered, changed, standing, tuple(lost), failed, _ended(old, changes, now))


def _refused(changes: Changes, problems: list[Problem]) -> ScenarioError:
    return ScenarioError(changes.source, sorted(problems, key=lambda p: (p.line or 0, p.column or 0)))


def _clipped(horizon: Horizon, changes: Changes, now: int) -> list[Span]:
    """The new blackouts from now on."""
    return [
        Span(max(horizon.minute_of_local(one.start), now), horizon.minute_of_local(one.end), one.reason)
        for one in changes.blackouts
    ]


def _blackouts(horizon: Horizon, spans: list[Span]) -> list[Blackout]:
    return [
        Blackout.model_validate(
            {"from": _written(horizon, span.start), "to": _written(horizon, span.end), "reason": span.reason}
        )
        for span in spans
    ]


def _written(horizon: Horizon, minute: int) -> datetime:
    """Local time as a scenario writes it; with its offset where the clock shows it twice."""
    local = horizon.local(minute)
    naive = local.replace(tzinfo=None, fold=0)
    if minute_or_none(horizon, naive) == minute:
        return naive
    return datetime.fromisoformat(local.isoformat())


def _quotas(week: Week, changes: Changes) -> tuple[Quota, ...]:
    quotas = list(week.quotas)
    for change in changes.quotas:
        day = (change.date - week.horizon.first).days
        stated = {category.value: getattr(change, category.value) for category in Category}
        quotas[day] = replace(quotas[day], **{name: value for name, value in stated.items() if value is not None})
    return tuple(quotas)


def stating(scenario: Scenario, quotas: tuple[Quota, ...]) -> Scenario:
    """The scenario with quotas stated day by day."""
    stated = tuple(DayQuota(revenue=q.revenue, engagement=q.engagement, retention=q.retention) for q in quotas)
    return scenario.model_copy(update={"volume": scenario.volume.model_copy(update={"quotas": stated})})


def _moved(problem: Problem, scenario: Scenario, changes: Changes) -> Problem:
    """A fault of the changed scenario told where the changes have it."""
    match = _SHARED.fullmatch(problem.path)
    if match is not None:
        name, number = match[1], int(match[2]) - len(getattr(scenario, match[1]))
        if number >= 0:
            inner = match[3].removeprefix(".")
            return changes.problem((name, number, *([inner] if inner else [])), problem.message, problem.hint)
    if problem.path.startswith("volume.quotas["):
        return changes.problem(("quotas",), problem.message, problem.hint)
    return problem


def _impossible(week: Week, old: StandingPlan, changes: Changes, spans: list[Span], now: int) -> dict[str, str]:
    """Sends to come that can no longer be, by slot id, and why."""
    spans = spans if week.scenario.rules.blackout.enabled else []

    def closed(minute: int) -> str:
        span = next((span for span in spans if span.start <= minute < span.end), None)
        return f"lies in the new blackout {week.horizon.local(span.start):%a %H:%M}" if span else ""

    lost: dict[str, str] = {}
    for send, item in zip(old.decision.sends, old.sends, strict=True):
        if send.minute >= now:
            why = "is cancelled" if item.slot_id in changes.cancelled else closed(send.minute)
            if why:
                lost[item.slot_id] = why
    for followup, item in zip(old.decision.followups, old.followups, strict=True):
        if followup.minute >= now:
            parent = item.parent_item_id or ""
            why = "is cancelled" if item.slot_id in changes.cancelled else closed(followup.minute)
            if parent in changes.failed:
                why = why or f"follows {parent}, which failed"
            if parent in lost:
                why = why or f"follows {parent}, which {lost[parent]}"
            if why:
                lost[item.slot_id] = why
    return lost


def _ended(old: StandingPlan, changes: Changes, now: int) -> frozenset[str]:
    """What is cancelled, and the followups to come of what is cancelled or failed."""
    off = {*changes.cancelled, *changes.failed}
    later = (
        item for followup, item in zip(old.decision.followups, old.followups, strict=True) if followup.minute >= now
    )
    return frozenset(changes.cancelled) | {item.slot_id for item in later if item.parent_item_id in off}


def _approved_faults(changes: Changes, lost: Mapping[str, str]) -> list[Problem]:
    return [
        changes.problem(("approved", number), f"{slot} {lost[slot]}", "it cannot be approved and impossible")
        for number, slot in enumerate(changes.approved)
        if slot in lost and slot not in changes.cancelled
    ]


def _standing(week: Week, old: StandingPlan, changes: Changes, lost: Mapping[str, str], now: int) -> Standing:
    """The plan's decision without what can no longer be, with what the changes say of the rest."""
    kept = [place for place, item in enumerate(old.sends) if item.slot_id not in lost]
    place_of = {place: new for new, place in enumerate(kept)}
    numbers = [number for number, item in enumerate(old.followups) if item.slot_id not in lost]
    followups = tuple(_replaced(old.decision.followups[number], place_of) for number in numbers)
    decision = replace(
        old.decision,
        sends=tuple(old.decision.sends[place] for place in kept),
        followups=followups,
        campaigns={place_of[place]: family for place, family in old.decision.campaigns.items() if place in place_of},
    )
    approved = set(changes.approved)
    return Standing(
        decision,
        now,
        sum(week.horizon.day_start(day) < now for day in week.days),
        frozenset(new for new, place in enumerate(kept) if old.sends[place].slot_id in changes.failed),
        tuple(dict.fromkeys(_barred(old, slot) for slot in changes.cancelled)),
        frozenset(new for new, place in enumerate(kept) if old.sends[place].slot_id in approved),
        frozenset(new for new, number in enumerate(numbers) if old.followups[number].slot_id in approved),
        frozenset(old.decision.sends[old.place_of[slot]].day for slot in lost if slot in old.place_of),
    )


def _replaced(followup: DecidedFollowup, place_of: Mapping[int, int]) -> DecidedFollowup:
    return followup if followup.parent is None else replace(followup, parent=place_of[followup.parent])


def _barred(old: StandingPlan, slot: str) -> tuple[str, int]:
    minute = minute_of_slot(old, slot)
    assert minute is not None
    return (FOLLOWUP if slot in old.number_of else old.sends[old.place_of[slot]].send_type_key), minute
