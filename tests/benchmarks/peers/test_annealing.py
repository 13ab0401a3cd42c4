"""The annealing peer: its plans only get better, and all it tells are valid where one is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.evaluator import evaluate
from benchmarks.peers.annealing import Annealing
from benchmarks.peers.greedy import Greedy
from schedsolve import load_scenario
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.decode import Decision

from ...constraints.weeks import week

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def scenario_week(name: str) -> Week:
    return prepare(load_scenario(SCENARIOS / f"{name}.yaml"))


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
