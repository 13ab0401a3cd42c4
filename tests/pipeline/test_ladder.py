"""The relaxation ladder: every step that a plan takes is named, and none is taken where an earlier one would do."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from ortools.sat.python import cp_model

from schedsolve import Plan, Scenario, alternatives, check, explain, price, replan, replay, solve, why_not
from schedsolve.errors import ScenarioError
from schedsolve.model.climb import Climb, climbed
from schedsolve.model.ladder import LADDER, OPENING
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.compose import draft_rules
from schedsolve.solver.ladder import climb
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.runner import Runner

OVER_FULL = 50


def scenario(**changes: Any) -> Scenario:
    raw: dict[str, Any] = {
        "schedsolve": 1,
        "kind": "creator-week",
        "week_start": "2025-01-20",
        "days": 1,
        "creator": {"id": "mia", "page_type": "paid", "timezone": "America/New_York"},
        "volume": {"quotas": [{"revenue": 4, "engagement": 4, "retention": 1}]},
        "on_conflict": "ladder",
    }
    return Scenario.model_validate({**raw, **changes})


def over_full(seed: int) -> Scenario:
    """One or two days with a narrow window, more sends than fit at 45 minutes, and sometimes close locks."""
    dice = random.Random(seed)
    days = dice.choice((1, 1, 2))
    opens = dice.randrange(9, 18)
    length = dice.randrange(105, 260)
    closes = min(opens * 60 + length, 23 * 60 + 30)
    avoided = [opens, 6] if dice.random() < 0.3 else []
    locks = []
    if dice.random() < 0.5:
        close = dice.choice((17, 22, 34))
        locks = [
            {"at": f"2025-01-20T{opens + 1:02d}:07", "send_type_key": "dm_farm"},
            {"at": f"2025-01-20T{opens + 1:02d}:{7 + close:02d}", "send_type_key": "ppv_unlock"},
        ]
    quotas = [
        {"revenue": dice.randrange(2, 7), "engagement": dice.randrange(2, 6), "retention": dice.randrange(0, 2)}
        for _ in range(days)
    ]
    return scenario(
        days=days,
        seed=seed,
        volume={"quotas": quotas},
        locks=locks,
        rules={
            "active-window": {"start": f"{opens:02d}:00", "end": f"{closes // 60:02d}:{closes % 60:02d}"},
            "block-limit": {"max": 12},
            "avoid-hours": {"hours": [3, 4, 5, 6, *avoided]},
        },
    )


def taken(week: Week) -> Climb | None:
    with Runner(None, Cancellation()) as runner:
        return climb(week, runner)


def least_missing(week: Week) -> int | None:
    """By a fresh model under the solver's default parameters; None when the rules cannot hold."""
    draft = draft_rules(week)
    draft.model.minimize(sum(draft.shortfalls.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(draft.model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def earlier(step: int) -> int:
    """The step before."""
    return (0, *OPENING)[OPENING.index(step)]


@pytest.mark.parametrize("seed", range(OVER_FULL))
def test_no_day_stands_lower_than_it_must(seed: int) -> None:
    week = prepare(over_full(seed))
    answer = taken(week)
    assert answer is not None
    assert answer.proven
    reached = climbed(week, answer)
    assert least_missing(reached) == answer.missing
    for day, step in answer.steps.items():
        above = replace(reached, steps={**answer.steps, day: earlier(step)})
        left = least_missing(above)
        assert left is None or left > answer.missing
    lowest = replace(reached, steps=dict.fromkeys(week.days, OPENING[-1]))
    assert least_missing(lowest) == answer.missing


def test_the_over_full_weeks_take_every_step() -> None:
    answers = [taken(prepare(over_full(seed))) for seed in range(OVER_FULL)]
    steps = {step for answer in answers if answer for step in answer.steps.values()}
    assert steps == set(OPENING)
    assert any(answer and answer.missing for answer in answers)


def test_a_week_that_fits_takes_no_step() -> None:
    assert taken(prepare(scenario())) == Climb({}, {}, 0, True)


CLOSE = [
    {"at": "2025-01-20T20:07", "send_type_key": "ppv_unlock"},
    {"at": "2025-01-20T20:32", "send_type_key": "bump_normal"},
]


def laddered(**changes: Any) -> tuple[Scenario, Plan]:
    asked = scenario(**changes)
    return asked, solve(asked, effort="quick")


@pytest.mark.usefixtures("brief_search")
def test_close_locks_are_kept_by_the_step_that_allows_them_and_no_further() -> None:
    asked, plan = laddered(locks=CLOSE)
    (step,) = plan.relaxations
    assert (step.step, step.rule, step.days, step.severity) == (3, "min-spacing", ("2025-01-20",), "warning")
    locked = {item.slot_id for item in plan.items if item.locked}
    assert locked & set(step.sends)
    report = check(asked, plan)
    assert (report.clean, report.score_agrees) == (True, True)
    assert replay(plan.to_dict()).identical


def test_without_the_ladder_close_locks_are_refused() -> None:
    with pytest.raises(ScenarioError, match="min-spacing"):
        solve(scenario(locks=CLOSE, on_conflict="fail"))


@pytest.mark.usefixtures("brief_search")
def test_what_no_step_can_place_is_an_error_entry_and_a_shortfall() -> None:
    volume = {"quotas": [{"revenue": 6, "engagement": 6, "retention": 2}]}
    asked, plan = laddered(volume=volume)
    (step,) = plan.relaxations
    assert (step.step, step.rule, step.days, step.severity) == (6, "daily-quota", ("2025-01-20",), "error")
    assert sum(short.wanted - short.placed for short in plan.shortfalls) == 2
    assert check(asked, plan).clean


def moved_week() -> tuple[Scenario, Plan]:
    """Monday has half an hour for four sends; Tuesday wants a retention send, for which there is no type."""
    off = {key: {"enabled": False} for key in ("expired_winback", "renew_on_message", "renew_on_post")}
    monday, tuesday = (
        {"revenue": 1, "engagement": 3, "retention": 0},
        {"revenue": 1, "engagement": 2, "retention": 1},
    )
    return laddered(
        days=2,
        send_types=off,
        volume={"quotas": [monday, tuesday]},
        rules={"type-diversity": {"types": 0, "revenue": 0, "engagement": 0}},
        blackouts=[{"from": "2025-01-20T08:30", "to": "2025-01-21T00:00"}],
    )


@pytest.mark.usefixtures("brief_search")
def test_sends_move_into_an_open_place_of_the_next_day() -> None:
    asked, plan = moved_week()
    (moved,) = [step for step in plan.relaxations if step.step == 5]
    assert (moved.rule, moved.days, sum(moved.moved.values())) == ("daily-quota", ("2025-01-20",), 1)
    assert [item.scheduled_date for item in plan.items if item.slot_id in moved.sends] == ["2025-01-21"]
    assert sum(item.scheduled_date == "2025-01-21" and not item.is_follow_up for item in plan.items) == 4
    assert sum(short.wanted - short.placed for short in plan.shortfalls) == 2
    assert check(asked, plan).clean


def test_a_plan_cannot_claim_steps_that_its_scenario_does_not_allow() -> None:
    asked, plan = laddered(locks=CLOSE)
    strict = asked.model_copy(update={"on_conflict": "fail", "locks": ()})
    found = {violation.rule for violation in check(strict, plan).audit.violations}
    assert "min-spacing" in found


def test_an_unreadable_declaration_is_an_error_with_its_number() -> None:
    asked, plan = laddered(locks=CLOSE)
    data = plan.to_dict()
    data["relaxations"][0]["days"] = ["2025-03-01"]
    with pytest.raises(ScenarioError, match=r"relaxations\[0\]: 2025-03-01 is not a day of the plan"):
        check(asked, data)


def test_every_step_opens_at_least_as_much_as_the_one_before() -> None:
    for before, after in pairwise(LADDER):
        assert after.spacing <= before.spacing
        assert after.opened >= before.opened


@pytest.mark.usefixtures("brief_search")
def test_a_laddered_plan_is_replanned_on_its_steps() -> None:
    asked, plan = laddered(locks=CLOSE)
    outcome = replan(asked, plan, "2025-01-20T12:00", max_moves=2, effort="quick")
    assert [(step.step, step.rule) for step in outcome.plan.relaxations] == [(3, "min-spacing")]
    assert check(outcome.scenario, outcome.plan).clean
    assert outcome.churn <= 2
    again = replan(outcome.scenario, outcome.plan, "2025-01-20T21:00", effort="quick")
    assert check(again.scenario, again.plan).clean


@pytest.mark.usefixtures("brief_search")
def test_moved_sends_stay_where_they_were_moved_when_replanned() -> None:
    asked, plan = moved_week()
    outcome = replan(asked, plan, "2025-01-20T12:00", effort="quick")
    assert sum(item.scheduled_date == "2025-01-21" and not item.is_follow_up for item in outcome.plan.items) == 4
    assert check(outcome.scenario, outcome.plan).clean


@pytest.mark.usefixtures("brief_search")
def test_questions_to_a_laddered_week_are_answered_on_its_steps() -> None:
    asked, plan = laddered(locks=CLOSE)
    assert explain(asked).outlook == "complete"
    others = alternatives(asked, 1, 0.5, effort="quick")
    assert all(check(asked, other.plan).clean for other in others.alternatives)
    placed = why_not(asked, plan, "2025-01-20 20:49", "dm_farm", effort="quick")
    assert {rule for conflict in placed.conflicts for rule in conflict.rules} <= {"min-spacing"}
    found = price(asked, effort="quick", rules=["min-spacing", "block-limit"])
    assert all(gain.total.at_most >= 0 for gain in found.prices)
