"""Whatever the scenario: an audited plan, an honest infeasible, or a clear error."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedsolve import Plan, ScenarioError, check, parse_scenario, solve

from .scenarios import scenarios


def assert_every_fault_is_located(error: ScenarioError) -> None:
    assert all(problem.message and problem.line for problem in error.problems)


@pytest.mark.usefixtures("brief_search")
@settings(max_examples=40 if os.environ.get("SCHEDSOLVE_ALL_TESTS") else 15)
@given(raw=scenarios(st.integers(1, 2)))
def test_every_scenario_gives_an_audited_plan_an_honest_infeasible_or_a_clear_error(raw: dict[str, Any]) -> None:
    try:
        scenario = parse_scenario(json.dumps(raw))
    except ScenarioError as error:
        assert_every_fault_is_located(error)
        return
    plan = solve(scenario, effort="quick")
    if plan.status == "infeasible":
        assert [warning.message for warning in plan.warnings if warning.code == "infeasible"]
        assert plan.items == ()
        return
    assert plan.status in ("optimal", "feasible")
    assert plan.objective is not None
    assert plan.bound is not None
    assert plan.objective <= plan.bound
    report = check(scenario, json.loads(plan.to_json()))
    assert report.clean
    assert report.score_agrees is True
    assert Plan.model_validate_json(plan.to_json()).to_json() == plan.to_json()


@pytest.mark.usefixtures("brief_search")
@settings(max_examples=6)
@given(raw=scenarios(st.just(1)))
def test_the_same_scenario_gives_the_same_bytes(raw: dict[str, Any]) -> None:
    try:
        scenario = parse_scenario(json.dumps(raw))
    except ScenarioError:
        return
    assert solve(scenario, effort="quick").to_json() == solve(scenario, effort="quick").to_json()
