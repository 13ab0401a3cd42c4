"""The greedy peer: plans without a broken rule that hold nearly all sends, the same for the same seed."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path
from random import Random

import pytest

from benchmarks.evaluator import evaluate
from benchmarks.peers.greedy import Greedy
from schedsolve import load_scenario
from schedsolve.constraints.preferences.rotation_adherence import ADHERED
from schedsolve.model.capacity import unplaceable
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.decode import Decision
from schedsolve.solver.local.day import Day
from schedsolve.solver.local.decision import decision_of
from schedsolve.solver.local.greedy import SPREAD, greedy_state
from schedsolve.solver.local.greedy_finish import add_followups
from schedsolve.solver.local.greedy_fit import Fit
from schedsolve.solver.local.greedy_places import first_style, put, remove
from schedsolve.solver.local.greedy_strategies import drawn_strategies
from schedsolve.solver.local.problem import Problem
from schedsolve.solver.local.state import State

from ...constraints.weeks import week

FOREVER = math.inf
SCENARIOS = Path(__file__).parents[3] / "scenarios"
NAMES = (
    "01-gentle-low",
    "02-long-weekend",
    "04-mid-paid",
    "05-free-walls",
    "08-twelve-locks",
    "10-heavy-history",
    "11-barely-room",
    "13-launch-days",
    "14-high-paid",
    "16-two-weeks",
)


def scenario_week(name: str) -> Week:
    return prepare(load_scenario(SCENARIOS / f"{name}.yaml"))


def planned(of: Week, seed: int = 1, ladder: bool = False) -> Decision:
    found: list[Decision] = []
    assert Greedy(ladder).run(of, 60, seed, found.append) is None
    (decision,) = found
    return decision


@pytest.mark.parametrize("name", NAMES)
def test_a_greedy_plan_breaks_no_rule_and_holds_nearly_every_send(name: str) -> None:
    made = scenario_week(name)
    decision = planned(made)
    judged = evaluate(made, decision)
    assert judged.violations == {}
    assert judged.missing - sum(unplaceable(made)) <= 1
    assert judged.units["strategy-choice"] == 0
    assert judged.units["followup-value"] > 0
    minutes = [send.minute for send in decision.sends]
    assert minutes == sorted(minutes)
    assert all(count > 0 for count in decision.missing.values())
    assert len(decision.strategies) == len(made.days)


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    made = scenario_week("04-mid-paid")
    assert planned(made, 1) == planned(made, 1)
    assert planned(made, 1) != planned(made, 2)


def test_a_lone_send_is_the_dearest_type_at_its_dearest_minute() -> None:
    made = week(days=1, quota=(1, 0, 0), variation={"temperature": 0.0}, timing={"peak_hours": [20, 21, 22]})
    problem = Problem(made)
    state = greedy_state(problem, Random(1), 0.0, FOREVER)
    reached = state.units
    remove(state, 0, state.days[0].sends[0])
    others = []
    for kind in problem.types:
        for minute in range(1440):
            if problem.clock.open[minute]:
                put(state, 0, (minute, kind, first_style(problem, kind), 0))
                add_followups(state)
                others.append(state.units)
                remove(state, 0, state.days[0].sends[0])
    assert reached >= max(others)


@pytest.mark.parametrize("name", ["08-twelve-locks", "12-rolling-wednesday"])
def test_what_fits_breaks_nothing_and_what_does_not_fit_breaks_something(name: str) -> None:
    problem, chance = Problem(scenario_week(name)), Random(3)
    state = thinned(greedy_state(problem, chance, SPREAD, FOREVER), chance)
    fit, asked = Fit(state), {True: 0, False: 0}
    for _ in range(1000):
        day, kind = chance.randrange(problem.days), chance.choice(problem.types)
        minute = chance.randrange(problem.clock.day_start[day], problem.clock.day_start[day + 1])
        category, old = problem.category[kind], state.days[day]
        if old.counts[category] == problem.quota[day][category] or minute in {send[0] for send in old.sends}:
            continue
        allowed = fit.allows(day, minute, kind)
        put(state, day, (minute, kind, first_style(problem, kind), 0))
        assert allowed == (not state.faults - state.tally.faults), (day, minute, problem.rows[kind].key)
        state.swap(day, old)
        asked[allowed] += 1
    assert min(asked.values()) > 10


def thinned(state: State, chance: Random) -> State:
    """Without its followups and without half of its sends, as far as that breaks no rule."""
    problem = state.problem
    for day in range(problem.days):
        sends = [(minute, kind, style, 0) for minute, kind, style, _ in state.days[day].sends]
        state.swap(day, Day(problem, day, sends, state.days[day].strategy))
        for send in chance.sample(sends, len(sends) // 2):
            if (send[0], send[1]) not in problem.locked:
                before = state.days[day]
                remove(state, day, send)
                if state.faults - state.tally.faults:
                    state.swap(day, before)
    assert state.faults == state.tally.faults
    return state


def test_rotation_styled_sends_follow_the_pattern_where_the_style_rules_let_them() -> None:
    made = scenario_week("04-mid-paid")
    state = greedy_state(Problem(made), Random(1), SPREAD, FOREVER)
    rotated = sum(len(day.rotated) for day in state.days)
    judged = evaluate(made, decision_of(state.problem, state.days))
    assert judged.units["rotation-adherence"] >= ADHERED * rotated * 0.7


def test_what_has_no_room_is_declared_missing_and_only_the_ladder_squeezes_it_in() -> None:
    rules = {"active-window": {"start": "20:00", "end": "22:00"}, "min-spacing": {"minutes": 60}}
    made = week(days=1, quota=(1, 1, 1), rules=rules)
    judged = evaluate(made, planned(made))
    assert (judged.missing, dict(judged.violations)) == (1, {})
    loosened = evaluate(made, planned(made, ladder=True))
    assert (loosened.missing, set(loosened.violations)) == (0, {"min-spacing"})
    assert Greedy(ladder=True).name == "greedy+ladder"


def test_the_ladder_changes_nothing_where_everything_finds_a_place() -> None:
    made = scenario_week("02-long-weekend")
    assert planned(made, ladder=True) == planned(made)


def test_strategies_are_the_likeliest_sequence_that_the_rules_allow() -> None:
    made = week(days=3, last_strategy="storytelling")
    problem = Problem(made)
    allowed = [
        (problem.strategy_before, *names)
        for names in product(problem.strategies, repeat=3)
        if len(set(names)) == 3 and names[0] != problem.strategy_before
    ]
    best = max(allowed, key=lambda names: sum(problem.choice[day][name] for day, name in enumerate(names[1:])))
    assert tuple(drawn_strategies(problem)) == best[1:]
