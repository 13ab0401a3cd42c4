"""The annealing peer: its own arithmetic is the judge's to the last unit, and its plans only get better."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.evaluator import evaluate
from benchmarks.peers.annealing import Annealing
from benchmarks.peers.greedy import Greedy
from schedsolve import load_scenario
from schedsolve.model.catalog import Style
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.decode import Decision
from schedsolve.solver.local.day import Day
from schedsolve.solver.local.decision import decision_of, state_of
from schedsolve.solver.local.greedy import SPREAD, greedy_state
from schedsolve.solver.local.moves import SHARES, Move, Moves
from schedsolve.solver.local.problem import STYLE_NUMBER, Problem, Send
from schedsolve.solver.local.proposer import Proposer
from schedsolve.solver.local.state import State

from ...constraints.weeks import week

SCENARIOS = Path(__file__).parents[3] / "scenarios"
STEPS, EVERY = 120, 30
"""Moves of a random walk, and moves between two looks at the judge."""


def scenario_week(name: str) -> Week:
    return prepare(load_scenario(SCENARIOS / f"{name}.yaml"))


def switched_off(*rules: str) -> Week:
    off = {rule: {"enabled": False} for rule in rules}
    return week(days=3, quota=(4, 4, 1), rules=off, locks=["2025-01-21T20:07 ppv_unlock winner"])


WEEKS = {
    name: lambda name=name: scenario_week(name)
    for name in (
        "05-free-walls",
        "06-spring-clock",
        "08-twelve-locks",
        "10-heavy-history",
        "11-barely-room",
        "12-rolling-wednesday",
        "14-high-paid",
        "16-two-weeks",
    )
} | {
    "no quotas": lambda: switched_off("daily-quota", "day-nonempty"),
    "no clock": lambda: switched_off("min-spacing", "block-limit", "round-minute", "active-window", "avoid-hours"),
    "no types": lambda: switched_off("same-type-gap", "weekly-cap", "no-repeat-type", "type-diversity"),
    "no styles": lambda: switched_off("style-am-pm", "style-back-to-back", "strategy-repeat", "strategy-variety"),
    "no repeats": lambda: switched_off("clock-repeat", "followup-clearance", "followup-daily-limit", "blackout"),
}


def walk(state: State, chance: Random, boldness: int) -> None:
    """A random walk that goes back from what breaks too many rules, and finds everything as it was."""
    moves = Moves(state, chance)
    for _ in range(EVERY):
        before = (state.units, state.faults, state.missing)
        olds = [(day, state.swap(day, new)) for day, new in moves.propose()]
        if state.faults > boldness:
            for day, old in reversed(olds):
                state.swap(day, old)
            assert (state.units, state.faults, state.missing) == before


@pytest.mark.parametrize("name", WEEKS)
def test_units_and_faults_are_those_of_the_judge_on_a_random_walk(name: str) -> None:
    made, chance = WEEKS[name](), Random(5)
    problem = Problem(made)
    state = greedy_state(problem, chance, SPREAD, math.inf)
    for step in range(STEPS // EVERY):
        decision = decision_of(problem, state.days)
        judged = evaluate(made, decision)
        assert (judged.value, judged.valid) == (state.units, state.faults == 0), (step, judged.violations)
        assert judged.missing == state.missing
        again = state_of(problem, decision)
        assert (again.units, again.faults, again.missing) == (state.units, state.faults, state.missing)
        walk(state, chance, boldness=step % 4)


def state_with(of: Week, sends: Sequence[str], strategies: Sequence[int]) -> State:
    """A state from lines such as `0 10:07 ppv_unlock winner +28`: day, local time, type, style, followup's delay."""
    problem = Problem(of)
    state = State(problem, strategies)
    days: list[list[Send]] = [[] for _ in range(problem.days)]
    for line in sends:
        day, clock, key, *words = line.split()
        minute = of.horizon.day_start(int(day)) + int(clock[:2]) * 60 + int(clock[3:])
        style = next(
            (STYLE_NUMBER[Style(word)] for word in words if word[0] != "+"), problem.fixed[problem.number[key]]
        )
        delay = next((int(word) for word in words if word[0] == "+"), 0)
        days[int(day)].append((minute, problem.number[key], style, minute + delay if delay else 0))
    for number, held in enumerate(days):
        state.swap(number, Day(problem, number, sorted(held), strategies[number]))
    return state


DAY: dict[str, Any] = {"days": 1}
BREACHES: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "min-spacing": (DAY, ["0 09:07 bump_normal"], ["0 09:51 dm_farm"]),
    "same-type-gap": (DAY, ["0 09:07 bump_flyer", "0 10:07 dm_farm"], ["0 13:06 bump_flyer"]),
    "no-repeat-type": (DAY, ["0 09:07 bump_normal"], ["0 10:37 bump_normal"]),
    "block-limit": (
        DAY,
        ["0 08:01 bump_normal", "0 08:46 tip_goal", "0 09:32 dm_farm"],
        ["0 10:17 game_post"],
    ),
    "round-minute": (DAY, ["0 09:07 bump_normal"], ["0 10:15 dm_farm"]),
    "active-window": (DAY, ["0 09:07 bump_normal"], ["0 07:31 dm_farm"]),
    "avoid-hours": (
        {**DAY, "rules": {"active-window": {"start": "00:00", "end": "23:59"}}},
        ["0 09:07 bump_normal"],
        ["0 04:07 dm_farm"],
    ),
    "blackout": (
        {**DAY, "blackouts": [("2025-01-20T12:00", "2025-01-20T13:00")]},
        ["0 13:01 bump_normal"],
        ["0 12:01 dm_farm"],
    ),
    "clock-repeat": (
        {"days": 2, "rules": {"clock-repeat": {"max": 1}}},
        ["0 09:07 bump_normal"],
        ["1 09:07 dm_farm"],
    ),
    "daily-quota": ({**DAY, "quota": (1, 1, 0)}, ["0 09:07 bump_normal", "0 11:07 tip_goal"], ["0 10:07 dm_farm"]),
    "weekly-cap": (
        {"days": 3},
        ["0 09:07 vip_program", "1 09:08 bump_normal", "1 10:07 tip_goal", "1 11:07 dm_farm"],
        ["2 09:07 vip_program"],
    ),
    "type-diversity": (
        {"days": 7, "quota": (0, 2, 0)},
        [f"{day} 09:{day + 1:02} {key}" for day, key in enumerate(["dm_farm", "link_drop", "bump_flyer"])],
        [f"{day} 09:{day + 1:02} bump_normal" for day in range(3, 7)],
    ),
    "type-diversity of all types": (
        {"days": 7, "quota": (0, 1, 0), "rules": {"type-diversity": {"types": 3, "revenue": 0, "engagement": 0}}},
        [f"{day} 09:{day + 1:02} {key}" for day, key in enumerate(["dm_farm", "link_drop"])],
        [f"{day} 09:{day + 1:02} dm_farm" for day in range(2, 7)],
    ),
    "category-balance": (
        {**DAY, "rules": {"daily-quota": {"enabled": False}}},
        ["0 09:07 bump_normal", "0 10:07 tip_goal"],
        ["0 11:07 dm_farm", "0 12:07 bump_flyer"],
    ),
    "style-back-to-back": (
        DAY,
        ["0 10:07 ppv_unlock winner", "0 11:37 tip_goal"],
        ["0 13:07 ppv_unlock winner"],
    ),
    "style-am-pm": (
        DAY,
        ["0 13:07 ppv_unlock winner", "0 16:07 bundle"],
        ["0 20:07 ppv_unlock winner"],
    ),
    "followup-window": (DAY, ["0 10:07 ppv_unlock solo +45"], ["0 13:07 tip_goal +46"]),
    "followup-clearance": (DAY, ["0 10:07 ppv_unlock solo +44"], ["0 10:52 dm_farm"]),
    "followup-daily-limit": (
        {**DAY, "rules": {"followup-daily-limit": {"max": 1}}},
        ["0 10:07 ppv_unlock solo +28"],
        ["0 13:07 tip_goal +28"],
    ),
    "followup-late by an hour": (
        {"days": 3, "timing": {"late_followups": "next_morning"}},
        ["0 23:20 ppv_unlock solo +521", "1 10:07 dm_farm"],
        ["1 23:21 tip_goal +590"],
    ),
    "followup-late": (
        {"days": 2, "rules": {"active-window": {"start": "00:00", "end": "23:59"}}},
        ["0 10:07 ppv_unlock solo", "1 10:08 dm_farm"],
        ["0 23:50 tip_goal +21"],
    ),
}


@pytest.mark.parametrize("case", BREACHES)
def test_a_broken_rule_is_a_fault_and_nothing_else_is(case: str) -> None:
    parameters, kept, breaking = BREACHES[case]
    empty_days = {"day-nonempty": {"enabled": False}}
    made = week(**{**parameters, "rules": {**empty_days, **parameters.get("rules", {})}})
    strategies = [day % 3 for day in made.days]
    for lines, broken in ((kept, set[str]()), ([*kept, *breaking], {case.split()[0]})):
        state = state_with(made, lines, strategies)
        judged = evaluate(made, decision_of(state.problem, state.days))
        assert set(judged.violations) == broken
        assert judged.value == state.units
        assert (state.faults == 0) == judged.valid


def test_faults_do_not_depend_on_the_order_in_which_sends_came() -> None:
    history = ["2025-01-19T23:20 bump_normal", "2025-01-19T23:50 ppv_followup", "2025-01-20T00:20 ppv_followup"]
    made = week(days=1, quota=(6, 6, 0), history=history)
    lines = [
        "0 00:01 tip_goal +15",
        "0 00:10 ppv_unlock solo +28",
        "0 00:31 bump_normal",
        "0 00:33 ppv_unlock winner +20",
        "0 00:37 ppv_unlock winner +28",
    ]
    full = state_with(made, lines, [0])
    problem, chance, counts = full.problem, Random(1), {full.faults}
    for order in permutations(full.days[0].sends):
        state = State(problem, [0])
        empty, held = state.faults, list[Send]()
        for send in order:
            held = sorted([*held, send])
            state.swap(0, Day(problem, 0, held, 0))
        counts.add(state.faults)
        while held:
            gone = chance.choice(held)
            held = [send for send in held if send != gone]
            state.swap(0, Day(problem, 0, held, 0))
        assert state.faults == empty
    assert len(counts) == 1


def test_repeated_and_too_few_strategies_are_faults() -> None:
    made = week(days=4, last_strategy="storytelling")
    lines = ["0 09:07 bump_normal", "1 09:08 dm_farm", "2 09:09 bump_flyer", "3 09:10 link_drop"]
    last = made.strategies.index("storytelling")
    others = [number for number in range(len(made.strategies)) if number != last]
    one, two, three = others[:3]
    for strategies, broken in (
        ([one, two, three, one], set[str]()),
        ([last, one, two, one], {"strategy-repeat"}),
        ([one, one, two, three], {"strategy-repeat"}),
        ([one, two, one, two], {"strategy-variety"}),
    ):
        state = state_with(made, lines, strategies)
        judged = evaluate(made, decision_of(state.problem, state.days))
        assert set(judged.violations) == broken
        assert (state.faults == 0, state.units) == (judged.valid, judged.value)


def test_no_move_touches_a_lock_or_goes_past_a_quota() -> None:
    made, chance = scenario_week("08-twelve-locks"), Random(2)
    problem = Problem(made)
    state = greedy_state(problem, chance, SPREAD, math.inf)
    moves, wanted = Moves(state, chance), {(lock.minute, lock.send_type.key) for lock in made.locks}
    for _ in range(2000):
        for day, new in moves.propose():
            assert all(held <= quota for held, quota in zip(new.counts, problem.quota[day], strict=True))
            state.swap(day, new)
        held = {(minute, problem.rows[kind].key) for day in state.days[:-1] for minute, kind, _, _ in day.sends}
        assert held >= wanted


@pytest.mark.parametrize("move", [move for move, _ in SHARES], ids=lambda move: move.__name__)
def test_every_move_finds_something_to_do(move: Move) -> None:
    made, chance = scenario_week("14-high-paid"), Random(1)
    state = greedy_state(Problem(made), chance, SPREAD, math.inf)
    walk(state, chance, boldness=3)
    proposer = Proposer(state, chance)
    assert any(move(proposer) for _ in range(300))


def told(of: Week, seed: int, moves: int) -> list[Decision]:
    found: list[Decision] = []
    assert Annealing(moves).run(of, 60, seed, found.append) is None
    return found


@pytest.mark.parametrize("name", ["02-long-weekend", "13-launch-days"])
def test_annealing_improves_the_greedy_plan_and_tells_valid_plans_only(name: str) -> None:
    made, greedy = scenario_week(name), list[Decision]()
    Greedy().run(made, 60, 1, greedy.append)
    judged = [evaluate(made, decision) for decision in told(made, 1, 5000)]
    assert judged[-1].value > evaluate(made, greedy[0]).value
    assert all(one.violations == {} for one in judged)
    assert all(one.value < other.value for one, other in pairwise(judged))


def test_where_no_plan_is_valid_the_told_ones_break_the_fewest_rules() -> None:
    blackouts = [("2025-01-21T12:00", "2025-01-21T18:00")]
    made = week(days=2, locks=["2025-01-21T13:07 bump_normal"], blackouts=blackouts)
    assert [dict(evaluate(made, plan).violations) for plan in told(made, 1, 500)[-1:]] == [{"blackout": 1}]


def test_annealing_repeats_itself_for_the_same_seed() -> None:
    made = scenario_week("02-long-weekend")
    assert told(made, 3, 1500) == told(made, 3, 1500)
    assert told(made, 3, 1500)[-1] != told(made, 4, 1500)[-1]


def test_the_start_is_told_even_when_there_is_no_time() -> None:
    found: list[Decision] = []
    Annealing().run(scenario_week("02-long-weekend"), 0.0, 1, found.append)
    assert len(found) == 1
