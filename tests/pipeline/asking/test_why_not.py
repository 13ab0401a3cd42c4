"""Why not there, and why here: the answer is that of a forced solve, or the conflict."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

import pytest

from schedsolve import Plan, check, solve, why_not
from schedsolve.model.difference import difference
from schedsolve.model.scenario import Scenario
from schedsolve.model.week import Ban
from schedsolve.pipeline.planner import solved
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.compose import compose
from schedsolve.solver.local.annealing import Annealing
from schedsolve.solver.local.greedy import greedy_state
from schedsolve.solver.local.problem import Problem
from schedsolve.solver.local.search import LocalSearch
from schedsolve.solver.search import BUDGETS
from schedsolve.solver.starts import adopted

from .small_weeks import BRIEF, short


@pytest.fixture(scope="module", autouse=True)
def _brief() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BUDGETS, "quick", BRIEF)
        yield


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(short(), effort="quick")


def forced(at: str, key: str) -> Plan:
    """The plan of the week with that send as a lock; `at` is a time of its Tuesday."""
    return solve(short(locks=[{"at": f"2025-01-21T{at}", "send_type_key": key}]), effort="quick")


def test_the_price_is_that_of_a_forced_solve(plan: Plan) -> None:
    answer, other = why_not(short(), plan, "Tue 13:07", "bundle"), forced("13:07", "bundle")
    assert answer.otherwise is not None
    assert (answer.present, answer.conflicts, answer.nearest) == (False, (), None)
    assert (answer.otherwise.value, answer.otherwise.bound) == (other.objective, other.bound)
    assert plan.objective is not None
    assert other.objective is not None
    assert answer.otherwise.price == pytest.approx(plan.objective - other.objective)
    assert answer.otherwise.plan.items == other.items
    assert ("2025-01-21", "13:07:00", "bundle") in [
        (item.scheduled_date, item.scheduled_time, item.send_type_key) for item in answer.otherwise.plan.items
    ]
    assert answer.otherwise.difference == difference(plan.items, other.items)
    assert answer.bound == plan.bound


def test_the_score_lines_add_up_to_the_price(plan: Plan) -> None:
    otherwise = why_not(short(), plan, "Tue 13:07", "bundle").otherwise
    assert otherwise is not None
    assert sum(line.change for line in otherwise.score) == pytest.approx(-otherwise.price, abs=1e-6)
    assert [line.change for line in otherwise.score] == sorted(line.change for line in otherwise.score)
    assert all(line.change for line in otherwise.score)


def test_the_interval_is_what_both_bounds_leave(plan: Plan) -> None:
    answer = why_not(short(), plan, "Tue 13:07", "bundle")
    other = answer.otherwise
    assert other is not None
    assert answer.bound is not None
    best = max(answer.value, other.value)
    assert other.least == pytest.approx(max(0.0, best - other.bound))
    assert other.most == pytest.approx(max(answer.bound, other.value) - other.value)
    assert other.least <= other.most


def test_the_same_question_gets_the_same_bytes(plan: Plan) -> None:
    one, two = (why_not(short(), plan, "Tue 13:07", "bundle").to_json() for _ in range(2))
    assert one == two


def test_a_round_minute_is_a_conflict_and_the_next_one_is_answered(plan: Plan) -> None:
    answer = why_not(short(), plan, "Tue 13:15", "bundle")
    assert answer.otherwise is None
    assert [conflict.rules for conflict in answer.conflicts] == [("round-minute",)]
    assert answer.nearest is not None
    assert answer.nearest.minutes == 1
    assert answer.nearest.placement.scheduled_time == "13:16:00"
    assert answer.nearest.otherwise.value == forced("13:16", "bundle").objective


def test_a_conflict_that_only_the_solver_sees_is_an_answer_too() -> None:
    full = short(locks=[{"at": "2025-01-21T10:11", "send_type_key": "renew_on_post"}])
    answer = why_not(full, solve(full, effort="quick"), "Tue 18:01", "renew_on_message")
    assert answer.otherwise is None
    assert "daily-quota" in answer.conflicts[0].rules
    assert answer.nearest is None


def minutes_of(plan: Plan, key: str) -> list[datetime]:
    return [datetime.fromisoformat(item.scheduled_at_utc) for item in plan.items if item.send_type_key == key]


def test_a_send_that_is_there_is_kept_out_of_the_half_hour_around(plan: Plan) -> None:
    item = next(item for item in plan.items if not item.is_follow_up)
    answer = why_not(short(), plan, f"{item.scheduled_date} {item.scheduled_time[:5]}", item.send_type_key)
    assert answer.present
    assert answer.otherwise is not None
    place = datetime.fromisoformat(item.scheduled_at_utc)
    others = minutes_of(answer.otherwise.plan, item.send_type_key)
    assert all(abs((other - place).total_seconds()) > 30 * 60 for other in others)
    assert check(short(), answer.otherwise.plan).clean
    assert answer.otherwise.value + answer.otherwise.price == pytest.approx(answer.value)


def test_a_lock_is_let_go_to_tell_what_it_is_worth() -> None:
    scenario = short(locks=[{"at": "2025-01-21T10:11", "send_type_key": "bundle"}])
    answer = why_not(scenario, solve(scenario, effort="quick"), "Tue 10:11", "bundle")
    assert answer.present
    assert answer.otherwise is not None
    assert any("locks this send" in note for note in answer.notes)
    assert answer.otherwise.price < 0  # half past ten in the morning is no hour for a bundle


def test_another_style_is_not_there(plan: Plan) -> None:
    item = next(item for item in plan.items if item.send_type_key == "ppv_unlock")
    at = f"{item.scheduled_date} {item.scheduled_time[:5]}"
    other = next(style for style in ("solo", "sextape") if style != item.ppv_style)
    answer = why_not(short(), plan, at, "ppv_unlock", other)
    assert not answer.present
    assert answer.otherwise is not None
    there = next(one for one in answer.otherwise.plan.items if one.scheduled_at_utc == item.scheduled_at_utc)
    assert (there.send_type_key, there.ppv_style) == ("ppv_unlock", other)


def test_a_list_of_items_from_anywhere_is_priced_by_its_recomputed_value(plan: Plan) -> None:
    keys = ("scheduled_date", "scheduled_time", "send_type_key", "channel_key", "target_key", "ppv_style")
    items = [{key: item[key] for key in keys} for item in plan.to_dict()["items"]]
    answer = why_not(short(), items, "Tue 13:07", "bundle", effort="quick")
    assert answer.otherwise is not None
    assert answer.value == check(short(), items).objective
    assert answer.otherwise.price == pytest.approx(answer.value - answer.otherwise.value)
    assert answer.otherwise.difference.counts["kept"] + answer.otherwise.difference.counts["moved"] > 0
    assert answer.bound is not None


def test_a_bound_of_another_scenario_is_not_taken_over(plan: Plan) -> None:
    data: dict[str, Any] = {**plan.to_dict(), "bound": 10_000.0}
    lying = {**data, "scenario": {**data["scenario"], "sha256": "0" * 64}}
    known, unknown = (why_not(short(), one, "Tue 13:07", "bundle").bound for one in (data, lying))
    assert known == 10_000.0
    assert unknown is not None
    assert unknown < 10_000.0


def test_the_ban_is_half_an_hour_on_either_side(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Ban] = []

    def noted(scenario: Scenario, *, bans: tuple[Ban, ...] = (), **options: Any) -> Any:
        asked.extend(bans)
        return solved(scenario, bans=bans, **options)

    monkeypatch.setattr(sys.modules["schedsolve.pipeline.asking.why_not"], "solved", noted)
    item = next(item for item in plan.items if not item.is_follow_up)
    why_not(short(), plan, f"{item.scheduled_date} {item.scheduled_time[:5]}", item.send_type_key)
    place = prepare(short()).horizon.minute_of_instant(datetime.fromisoformat(item.scheduled_at_utc))
    assert asked == [Ban(item.send_type_key, place - 30, place + 31)]


def test_the_model_refuses_a_send_in_a_ban_and_no_other() -> None:
    week = prepare(short())
    decision = LocalSearch(week).first("1")
    send = decision.sends[0]
    for start, end, allowed in ((0, 1, False), (-30, 1, False), (1, 30, True), (-30, 0, True)):
        ban = Ban(send.send_type.key, send.minute + start, send.minute + end)
        assert (adopted(compose(replace(week, bans=(ban,))), decision) is not None) == allowed
    other = next(key for key in week.types if key not in {one.send_type.key for one in decision.sends})
    ban = Ban(other, 0, week.horizon.length)
    assert adopted(compose(replace(week, bans=(ban,))), decision) is not None


def test_local_search_keeps_to_a_ban(plan: Plan) -> None:
    """Its plans are not refused by the model for a send where none may be."""
    week = prepare(short())
    send = next(item for item in plan.items if not item.is_follow_up)
    minute = week.horizon.minute_of_instant(datetime.fromisoformat(send.scheduled_at_utc))
    problem = Problem(replace(week, bans=(Ban(send.send_type_key, minute - 30, minute + 31),)))
    kind = problem.number[send.send_type_key]
    for seed in range(3):
        state = greedy_state(problem, Random(seed))
        search = Annealing(state, Random(seed))
        search.round(1500, 3000.0)
        for day in (*state.days[:-1], *search.best_days[:-1]):
            assert not [one for one in day.sends if one[1] == kind and abs(one[0] - minute) <= 30]


def test_the_seed_is_the_plans_own() -> None:
    scenario: Scenario = short()
    other = solve(scenario, effort="quick", seed=11)
    answer = why_not(scenario, other, "Tue 13:15", "bundle")
    assert (answer.seed, answer.effort, answer.value) == (11, "quick", other.objective)
