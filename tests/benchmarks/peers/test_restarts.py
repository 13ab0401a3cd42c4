"""The restarts peer: greedy plans one after the other, of which only better ones are told."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.evaluator import evaluate
from benchmarks.peers.greedy import Greedy
from benchmarks.peers.restarts import Restarts
from schedsolve import load_scenario
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.decode import Decision

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def scenario_week(name: str) -> Week:
    return prepare(load_scenario(SCENARIOS / f"{name}.yaml"))


def told(of: Week, seed: int, attempts: int) -> list[Decision]:
    found: list[Decision] = []
    assert Restarts(attempts).run(of, 60, seed, found.append) is None
    return found


@pytest.mark.parametrize("name", ["01-gentle-low", "05-free-walls", "13-launch-days"])
def test_every_told_plan_is_valid_and_worth_more_than_the_one_before(name: str) -> None:
    made = scenario_week(name)
    judged = [evaluate(made, decision) for decision in told(made, 1, 6)]
    assert len(judged) > 1
    assert all(one.violations == {} for one in judged)
    assert all(one.value < other.value for one, other in pairwise(judged))


def test_the_first_attempt_is_the_greedy_plan_of_the_seed() -> None:
    made, greedy = scenario_week("02-long-weekend"), list[Decision]()
    Greedy().run(made, 60, 4, greedy.append)
    assert told(made, 4, 1) == greedy


def test_more_attempts_only_add_plans_and_the_same_seed_repeats_them() -> None:
    made = scenario_week("02-long-weekend")
    few, many = told(made, 2, 4), told(made, 2, 8)
    assert many[: len(few)] == few
    assert told(made, 2, 8) == many


def test_one_plan_is_told_even_when_there_is_no_time() -> None:
    found: list[Decision] = []
    Restarts().run(scenario_week("02-long-weekend"), 0.0, 1, found.append)
    assert len(found) == 1
