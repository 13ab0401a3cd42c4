"""The search as a caller sees it: progress, cancellation, limits, and the same plan every time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from schedsolve import Cancellation, InfeasibleError, NoPlanError, Plan, Progress, Scenario, load_scenario, solve
from schedsolve.constraints.preference import POINT
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver import search as searching
from schedsolve.solver.compose import ceiling, compose
from schedsolve.solver.decomposition import Decomposition
from schedsolve.solver.draft import WeekDraft
from schedsolve.solver.search import BUDGETS, Budget, Outcome, search

SCENARIO = Path(__file__).parents[2] / "scenarios" / "01-gentle-low.yaml"
BRIEF = Budget(improve=0.3, bound=0.3)


@pytest.fixture(scope="module", autouse=True)
def _brief() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BUDGETS, "quick", BRIEF)
        yield


def three_days() -> Scenario:
    """A short scenario that still has all parts."""
    return load_scenario(SCENARIO).model_copy(
        update={"days": 3, "volume": load_scenario(SCENARIO).volume.model_copy(update={"weekly_distribution": None})}
    )


def small_draft() -> WeekDraft:
    """Two days of two sends, whose optimum is soon proved, though not by the days' bound."""
    volume = load_scenario(SCENARIO).volume.model_copy(update={"weekly_distribution": [2, 2]})
    return compose(prepare(load_scenario(SCENARIO).model_copy(update={"days": 2, "volume": volume})))


def searched(budget: Budget = BRIEF, **options: Any) -> Outcome:
    outcome = search(small_draft(), budget, **options)
    assert outcome is not None
    return outcome


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(three_days(), effort="quick")


def test_the_same_seed_gives_the_same_bytes_twice_in_a_row(plan: Plan) -> None:
    assert solve(three_days(), effort="quick").to_json() == plan.to_json()


def test_two_processes_with_different_hash_seeds_give_the_same_bytes() -> None:
    code = (
        "import sys; from schedsolve import load_scenario, solve; from schedsolve.solver.search import BUDGETS, Budget;"
        "BUDGETS['quick'] = Budget(0.2, 0.2);"
        "s = load_scenario(sys.argv[1]).model_copy(update={'days': 2, 'volume': "
        "load_scenario(sys.argv[1]).volume.model_copy(update={'weekly_distribution': None})});"
        "sys.stdout.write(solve(s, effort='quick').to_json())"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code, str(SCENARIO)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


def test_solves_in_threads_give_the_same_plans_as_alone(plan: Plan) -> None:
    with ThreadPoolExecutor(2) as pool:
        texts = list(pool.map(lambda _: solve(three_days(), effort="quick").to_json(), range(2)))
    assert texts == [plan.to_json()] * 2


def test_progress_tells_rising_values_falling_bounds_and_gaps() -> None:
    seen: list[Progress] = []
    lock = threading.Lock()

    def watch(event: Progress) -> None:
        with lock:
            seen.append(event)

    plan = solve(three_days(), effort="quick", progress=watch)
    values = [event.value for event in seen if event.value is not None]
    bounds = [event.bound for event in seen if event.bound is not None]
    assert {"first plan", "improving", "proving"} <= {event.phase for event in seen}
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    assert plan.objective is not None
    assert values[-1] <= plan.objective
    assert all(event.gap is not None for event in seen if event.value is not None and event.bound is not None)


def test_cancelling_returns_the_best_plan_so_far_and_says_it_is_not_reproducible() -> None:
    cancellation = Cancellation()

    def stop_at_the_first_plan(event: Progress) -> None:
        if event.value is not None:
            cancellation.cancel()

    plan = solve(three_days(), effort="thorough", progress=stop_at_the_first_plan, cancellation=cancellation)
    assert plan.status == "feasible"
    assert not plan.reproducible
    assert plan.audit is not None
    assert plan.audit.verdict == "passed"


def test_a_cancelled_solve_without_a_plan_is_unknown() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    plan = solve(three_days(), cancellation=cancellation)
    assert plan.status == "unknown"
    assert plan.items == ()
    with pytest.raises(NoPlanError, match="stopped"):
        plan.raise_for_status()


def test_a_wall_clock_limit_that_cuts_marks_the_plan() -> None:
    plan = solve(load_scenario(SCENARIO), effort="thorough", time_limit=2.5)
    assert plan.status in ("feasible", "unknown")
    assert not plan.reproducible


def test_a_gap_is_the_bound_over_the_value(plan: Plan) -> None:
    assert plan.objective is not None
    assert plan.bound is not None
    assert plan.gap == pytest.approx((plan.bound - plan.objective) / abs(plan.objective), abs=1e-6)
    assert (plan.status == "optimal") == (plan.bound == plan.objective)
    assert sum(plan.score.values()) == pytest.approx(plan.objective)


def test_an_infeasible_week_is_a_result_with_reasons() -> None:
    scenario = Scenario.model_validate(
        {
            **three_days().model_dump(mode="json", by_alias=True),
            "blackouts": [{"from": "2025-01-21T00:00", "to": "2025-01-22T00:00", "reason": "travel"}],
        }
    )
    plan = solve(scenario)
    assert plan.status == "infeasible"
    assert plan.objective is None
    with pytest.raises(InfeasibleError, match="Tue 21 Jan must carry at least one"):
        plan.raise_for_status()


def test_the_outcome_is_the_same_on_one_core_two_and_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = []
    for cores in (1, 2, 8):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        outcomes.append(searched(Budget(0.1, 0.1)))
    assert outcomes[0].reproducible
    assert outcomes[1:] == outcomes[:1] * 2


def test_a_small_week_is_solved_to_the_end_unless_a_gap_is_good_enough_before() -> None:
    budget = Budget(3.0, 3.0)
    best, early = searched(budget), searched(budget, gap=0.5)
    assert best.bound == best.value
    assert best.reproducible
    assert 0 < early.bound - early.value <= 0.5 * abs(early.value)
    assert early.value <= best.value <= early.bound
    assert early.work < best.work
    assert early.reproducible
    assert searched(budget, gap=0.5) == early


def test_without_work_for_the_bound_the_relaxations_remains() -> None:
    outcome = searched(Budget(improve=0.1, bound=0.0))
    assert outcome.value < outcome.bound <= Decomposition(small_draft()).relaxed_bound() < ceiling(small_draft())


def test_it_does_not_matter_which_side_settles_the_search_first(monkeypatch: pytest.MonkeyPatch) -> None:
    prove, improve = searching._Search._prove, searching._Search._improve
    outcomes = []
    for first in ("proof", "improvement"):
        proved, improved = threading.Event(), threading.Event()

        def proving(
            *given: Any, first: str = first, mine: threading.Event = proved, other: threading.Event = improved
        ) -> Any:
            if first == "improvement":
                other.wait(60)
            try:
                return prove(*given)
            finally:
                mine.set()

        def improving(
            *given: Any, first: str = first, mine: threading.Event = improved, other: threading.Event = proved
        ) -> Any:
            beside_the_proof = len(given) > 4
            if beside_the_proof and first == "proof":
                other.wait(60)
            found = improve(*given)
            if beside_the_proof:
                mine.set()
            return found

        monkeypatch.setattr(searching._Search, "_prove", proving)
        monkeypatch.setattr(searching._Search, "_improve", improving)
        outcomes.append(searched(Budget(3.0, 3.0), gap=0.005))
    assert all(outcome.reproducible for outcome in outcomes)
    assert outcomes[0] == outcomes[1]


def test_cancelling_before_prices_are_known_returns_the_first_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    cancellation, over = Cancellation(), threading.Event()
    firsts: list[float] = []

    def stop(event: Progress) -> None:
        if event.value is not None:
            firsts.append(event.value)
            cancellation.cancel()

    monkeypatch.setattr(searching, "Decomposition", lambda *_: over.wait(60))
    try:
        outcome = searched(cancellation=cancellation, report=stop)
    finally:
        over.set()
    assert not outcome.reproducible
    assert [value * POINT for value in firsts] == [pytest.approx(outcome.value)]
    assert outcome.bound == ceiling(small_draft())


def test_without_prices_the_first_plan_is_improved_and_the_bound_is_the_ceiling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(searching, "Decomposition", lambda draft, *_: Decomposition(draft, time_limit=1e-9))
    outcome = searched()
    assert outcome.reproducible
    assert outcome.bound == ceiling(small_draft()) > outcome.value
    assert searched() == outcome


def test_an_error_on_the_other_side_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(searching, "Decomposition", broken)
    with pytest.raises(ZeroDivisionError):
        searched()
