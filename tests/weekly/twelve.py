"""Weeks in a row, and the audit of two of them as one stretch of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any

from schedsolve.constraints.audit import audit
from schedsolve.model.plan import Plan
from schedsolve.model.scenario import Scenario
from schedsolve.pipeline.prepare import prepare
from schedsolve.pipeline.timetables import timetable_of
from schedsolve.store.engine import Store
from schedsolve.weekly.next_week import next_week
from schedsolve.weekly.week_made import WeekMade

from .weeks import NOW, brief, wanted

WEEK = timedelta(days=7)


def weeks_in_a_row(store: Store, creators: Sequence[str], count: int) -> dict[str, list[WeekMade]]:
    """Weeks of the creators, all of the first week before the second, each planned two days ahead."""
    made: dict[str, list[WeekMade]] = {creator: [] for creator in creators}
    with brief():
        for number in range(count):
            for creator in creators:
                made[creator].append(next_week(store, wanted(creator, NOW + number * WEEK)))
    return made


def scenario_of(plan: Plan) -> Scenario:
    """The scenario that a plan carries."""
    return Scenario.model_validate(plan.scenario.content)


def border_violations(first: Plan, second: Plan) -> Iterator[tuple[str, str]]:
    """Rules that two weeks in a row break as one plan of 14 days, and where; the first week's history stays."""
    scenario, days = scenario_of(first), [*first.days, *second.days]
    quotas = [day.quotas.model_dump() for day in days]
    stretched = Scenario.model_validate(
        scenario.model_dump(mode="json", by_alias=True) | {"days": len(days), "volume": {"quotas": quotas}}
    )
    plan: dict[str, Any] = {
        "items": [*map(_plain, first.items), *_adopted(first, second)],
        "days": [day.model_dump(mode="json") for day in days],
        "pins": [],
        "shortfalls": [one.model_dump(mode="json") for one in (*first.shortfalls, *second.shortfalls)],
    }
    report = audit(timetable_of(prepare(stretched), plan))
    for violation in report.violations:
        yield violation.rule, violation.message


def _adopted(first: Plan, second: Plan) -> Iterator[dict[str, Any]]:
    """The second week's items; followups of past sends hang on the first week's items."""
    sends = (second.scenario.content or {})["history"]["sends"]
    by_time = {(item.scheduled_at_utc, item.send_type_key): item.slot_id for item in first.items}
    for item in second.items:
        told = _plain(item)
        parent = str(item.parent_item_id or "")
        if parent.startswith("history_"):
            send = sends[int(parent.removeprefix("history_"))]
            at = datetime.fromisoformat(send["at"])
            told["parent_item_id"] = next(
                slot
                for (moment, key), slot in by_time.items()
                if datetime.fromisoformat(moment) == at and key == send["send_type_key"]
            )
        yield told


def _plain(item: Any) -> dict[str, Any]:
    told: dict[str, Any] = item.model_dump(mode="json")
    return told


def pattern_spans(weeks: Sequence[WeekMade]) -> list[int]:
    """Days for which each rotation pattern was kept; without the first and the last, which may go on."""
    patterns = [day.rotation_pattern for week in weeks for day in week.plan.days]
    return [len(list(days)) for _, days in groupby(patterns)][1:-1]


def days_of(weeks: Sequence[WeekMade]) -> list[date]:
    """Every day of the weeks."""
    return [date.fromisoformat(day.date) for week in weeks for day in week.plan.days]


def borders(weeks: Sequence[WeekMade]) -> list[tuple[Plan, Plan]]:
    """Each week with the one after it."""
    return [(one.plan, other.plan) for one, other in pairwise(weeks)]
