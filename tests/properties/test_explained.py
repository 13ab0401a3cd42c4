"""Whatever the scenario: a conflict is found exactly where the planner's own model has no solution."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from schedsolve import Scenario, ScenarioError
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.compose import draft_rules
from schedsolve.solver.contradictions import conflicts_of
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.runner import Runner

from .scenarios import scenarios


def prepared(raw: dict[str, Any]) -> Week | None:
    """The week, locks that contradict each other included; None when it is refused for another reason."""
    try:
        return prepare(Scenario.model_validate(raw), agreeing=False)
    except (ScenarioError, ValidationError):
        return None


def has_a_plan(week: Week, runner: Runner) -> bool:
    answer = runner.solve(draft_rules(week).model, 20.0, "optimise")
    assert answer.solution or answer.infeasible
    return bool(answer.solution)


@settings(max_examples=60)
@given(raw=scenarios(st.integers(1, 2)))
def test_a_conflict_is_found_exactly_where_no_plan_exists(raw: dict[str, Any]) -> None:
    week = prepared(raw)
    if week is None:
        return
    with Runner(None, Cancellation()) as runner:
        assert bool(conflicts_of(week, runner, 1)) is not has_a_plan(week, runner)


@settings(max_examples=25)
@given(raw=scenarios(st.just(1)), at=st.sampled_from(["10:22", "12:07", "14:30", "20:07", "20:31"]))
def test_close_locks_are_a_conflict_exactly_where_no_plan_exists(raw: dict[str, Any], at: str) -> None:
    key = "bump_normal"
    raw["locks"] = [
        {"at": f"{raw['week_start']}T{clock}", "send_type_key": kind}
        for clock, kind in ((at, key), ("20:07", key), ("20:40", "dm_farm"))
    ]
    week = prepared(raw)
    if week is None:
        return
    with Runner(None, Cancellation()) as runner:
        assert bool(conflicts_of(week, runner, 1)) is not has_a_plan(week, runner)


@pytest.mark.parametrize("places", [1, 2, 3])
def test_locks_that_are_equal_in_all_are_that_many_sends(places: int) -> None:
    """One lock holds; two at the same minute are two sends at one time."""
    lock = {"at": "2025-01-20T20:07", "send_type_key": "bump_normal"}
    week = prepared(
        {
            "schedsolve": 1,
            "kind": "creator-week",
            "week_start": "2025-01-20",
            "days": 1,
            "creator": {"id": "mia", "page_type": "paid", "timezone": "America/New_York"},
            "locks": [lock] * places,
        }
    )
    assert week is not None
    with Runner(None, Cancellation()) as runner:
        assert bool(conflicts_of(week, runner, 1)) is (places > 1)
