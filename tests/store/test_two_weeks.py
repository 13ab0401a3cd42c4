"""Two stretches planned one after the other, the second from what the store hands over of the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

from schedsolve import check, parse_scenario, solve
from schedsolve.model.plan import Plan
from schedsolve.model.scenario import History, Scenario
from schedsolve.pipeline.prepare import prepare
from schedsolve.pipeline.validation.report import validation_report
from schedsolve.store.engine import Store
from schedsolve.store.history import history_of
from schedsolve.store.rotation_after import rotation_after
from schedsolve.store.saving import Week, save_schedule
from schedsolve.store.schedules import plan, plan_text, schedule
from schedsolve.store.verdict import Verdict

from .weeks import APPROVED, MONDAY, add_creator, at

FIRST = """\
schedsolve: 1
kind: creator-week
name: alexia
seed: 7
week_start: 2025-01-20
days: 4
creator: {id: alexia, page_type: paid, timezone: America/New_York, fan_count: 800}
timing: {late_followups: cross_midnight}
"""
FRIDAY = MONDAY + timedelta(days=4)


@cache
def first() -> tuple[Scenario, Plan]:
    scenario = parse_scenario(FIRST)
    return scenario, solve(scenario, effort="quick")


@cache
def second(history: str) -> tuple[Scenario, Plan]:
    handed = History.model_validate_json(history)
    scenario = first()[0].model_copy(update={"week_start": FRIDAY, "history": handed})
    return scenario, solve(scenario, effort="quick")


def test_a_plans_rotation_is_that_of_its_last_day(brief_search: None) -> None:
    scenario, made = first()
    standing = rotation_after(made)
    assert standing is not None
    assert standing.rotation == replace(prepare(scenario).rotations[-1], method=None)


def test_gaps_rotation_pins_and_strategies_hold_over_the_border(store: Store, brief_search: None) -> None:
    add_creator(store)
    begun, before = first()
    saved = save_schedule(store, Week(before, APPROVED), clock=at())
    assert plan_text(store, saved.schedule_id) == before.to_json()
    assert plan(store, saved.schedule_id).to_json() == before.to_json()

    handed = history_of(store, "alexia", FRIDAY).history
    follows, after = second(handed.model_dump_json())
    assert check(follows, after).audit.violations == ()
    assert handed.last_strategy == before.days[-1].strategy != after.days[0].strategy
    held = prepare(begun).rotations[-1].on(FRIDAY, prepare(follows).noise)
    assert replace(prepare(follows).rotations[0], method=None) == replace(held, method=None)
    assert len(handed.pins) == sum(pin.ends_at_utc > f"{FRIDAY}T05:00:00Z" for pin in before.pins)

    save_schedule(store, Week(after, APPROVED), clock=at(1))
    last = history_of(store, "alexia", FRIDAY + timedelta(days=4)).history
    assert len(last.sends) == len(before.items) + len(after.items)
    standing = rotation_after(after)
    assert standing is not None
    assert last.rotation is not None
    assert (last.rotation.pattern, last.rotation.position) == (standing.rotation.pattern, standing.position)


def test_a_validation_report_decides(store: Store, brief_search: None) -> None:
    add_creator(store)
    verdict = Verdict.of(validation_report(*first()))
    assert (verdict.report["score"], verdict.report["status"]) == (verdict.score, verdict.status)
    if verdict.errors == 0 and verdict.status != "rejected":
        saved = save_schedule(store, Week(first()[1], verdict), clock=at())
        assert schedule(store, saved.schedule_id).score == verdict.score
