"""A plan's own file is enough to make it again; what differs is told with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve import Plan, ScenarioError, replay, solve
from schedsolve.model.plan import Receipt
from schedsolve.model.scenario import Scenario
from schedsolve.pipeline.asking.replay import carried
from schedsolve.pipeline.fingerprint import fingerprint
from schedsolve.solver.search import BUDGETS

from ...properties.scenarios import scenarios
from .small_weeks import BRIEF, short


@pytest.fixture(scope="module", autouse=True)
def _brief() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BUDGETS, "quick", BRIEF)
        yield


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(short(), effort="quick", gap=0.001)


def saved(plan: Plan, **changes: Any) -> dict[str, Any]:
    """The plan as its file holds it, with some fields changed."""
    data: dict[str, Any] = json.loads(plan.to_json())
    return data | changes


def test_a_plan_is_made_again_from_its_file_alone(plan: Plan) -> None:
    report = replay(saved(plan))
    assert (report.identical, report.same_scenario, report.promised) == (True, True, True)
    assert (report.changes, report.sends, report.reasons) == ((), None, ())


def test_the_gap_that_was_asked_for_is_asked_for_again() -> None:
    coarse = solve(short(), effort="quick", gap=0.5)
    assert coarse.receipt == Receipt(gap=0.5)
    assert coarse.timings.deterministic_time < solve(short(), effort="quick").timings.deterministic_time
    assert replay(saved(coarse)).identical


def test_a_limit_that_did_not_cut_has_no_say() -> None:
    calm = solve(short(), effort="quick", time_limit=600)
    assert calm.reproducible
    assert replay(saved(calm)).identical


def test_an_edited_file_is_found_out(plan: Plan) -> None:
    data = saved(plan)
    data["items"][0]["priority"] += 1
    report = replay(data)
    assert not report.identical
    assert [change.field for change in report.changes] == ["items[0].priority"]
    assert "the file was changed" in report.reasons[0]


def test_a_moved_send_is_told_as_a_move(plan: Plan) -> None:
    data = saved(plan)
    item = data["items"][0]
    hour, minute = item["scheduled_at_utc"][11:13], item["scheduled_at_utc"][14:16]
    item["scheduled_at_utc"] = item["scheduled_at_utc"].replace(f"{hour}:{minute}", f"{hour}:{int(minute) ^ 1:02d}")
    report = replay(data)
    assert report.sends is not None
    assert report.sends.counts["moved"] == 1
    assert not [change for change in report.changes if change.field.startswith("items")]


def test_other_versions_are_named_as_the_reason(plan: Plan) -> None:
    report = replay(saved(plan, versions={**plan.versions, "ortools": "9.14.0"}))
    assert not report.identical
    assert [(change.field, change.old) for change in report.versions] == [("ortools", "9.14.0")]
    assert report.reasons[0].startswith("other versions: ortools 9.14.0 then")


def test_another_scenario_is_named_with_the_keys_that_differ(plan: Plan) -> None:
    report = replay(saved(plan), short(name="another", variation={"temperature": 0.0}))
    assert not report.same_scenario
    assert report.scenario_keys == ("name", "variation")
    assert report.reasons[0] == "another scenario: it differs in name, variation"


def test_the_same_scenario_from_a_file_is_the_same_whatever_its_own_seed(plan: Plan) -> None:
    assert replay(saved(plan), short(seed=99)).identical


def test_a_plan_that_was_cut_short_promises_nothing(plan: Plan) -> None:
    report = replay(saved(plan, reproducible=False))
    assert not report.promised
    assert any("never promised" in reason for reason in report.reasons)


def test_a_plan_from_before_receipts_needs_its_scenario(plan: Plan) -> None:
    old = saved(plan, versions={"schedsolve": plan.versions["schedsolve"]})
    del old["receipt"], old["scenario"]["content"]
    with pytest.raises(ScenarioError, match="--scenario FILE"):
        replay(old)
    fine = solve(short(), effort="quick")
    older = saved(fine, versions={"schedsolve": fine.versions["schedsolve"]})
    del older["receipt"], older["scenario"]["content"]
    assert replay(older, short()).identical


def test_an_infeasible_plan_is_made_again_too() -> None:
    closed = short(blackouts=[{"from": "2025-01-20T00:00", "to": "2025-01-21T00:00"}])
    assert replay(saved(solve(closed, effort="quick"))).identical


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"receipt": {"made_by": "alternatives"}}, "was made by alternatives"),
        ({"effort": "heroic"}, "expected one of quick"),
        ({"status": "splendid"}, "status"),
    ],
)
def test_a_plan_whose_file_does_not_tell_all_is_refused(plan: Plan, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ScenarioError, match=says):
        replay(saved(plan, **changes))


@given(scenarios(st.integers(1, 3)))
def test_the_content_of_any_scenario_gives_the_very_same_scenario_back(data: dict[str, Any]) -> None:
    scenario = Scenario.model_validate(data)
    text = json.dumps(json.loads(scenario.model_dump_json(by_alias=True)))
    assert fingerprint(Scenario.model_validate_json(text)) == fingerprint(scenario)


def test_weekday_and_hour_keys_survive_the_file() -> None:
    volume = {"weekly_distribution": {0: 5, 1: 5}, "confidence_score": 0.9}
    scenario = short(volume=volume, timing={"hourly_performance": {9: 0.5, 20: 1.0}})
    plan = Plan.model_validate(saved(solve(scenario, effort="quick")))
    assert carried(plan) == scenario
