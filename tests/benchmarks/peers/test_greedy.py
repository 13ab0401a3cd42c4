"""The greedy peer: one plan a week, and with the ladder one that would rather break a rule than leave a send out."""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks.evaluator import evaluate
from benchmarks.peers.greedy import Greedy
from schedsolve import load_scenario
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.decode import Decision
from schedsolve.solver.local.decision import decision_of
from schedsolve.solver.local.greedy import greedy_state
from schedsolve.solver.local.problem import Problem

from ...constraints.weeks import week

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def scenario_week(name: str) -> Week:
    return prepare(load_scenario(SCENARIOS / f"{name}.yaml"))


def planned(of: Week, seed: int = 1, ladder: bool = False) -> Decision:
    found: list[Decision] = []
    assert Greedy(ladder).run(of, 60, seed, found.append) is None
    (decision,) = found
    return decision


def test_the_peer_tells_the_greedy_plan_of_its_seed() -> None:
    made = scenario_week("04-mid-paid")
    problem = Problem(made)
    for seed in (1, 2):
        assert planned(made, seed) == decision_of(problem, greedy_state(problem, Random(seed)).days)
    assert planned(made, 1) != planned(made, 2)


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
