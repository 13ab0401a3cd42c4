"""The search as a caller sees it: progress, cancellation, limits, and the same plan every time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schedsolve import Cancellation, InfeasibleError, NoPlanError, Plan, Progress, Scenario, load_scenario, solve

SCENARIO = Path(__file__).parents[2] / "scenarios" / "01-gentle-low.yaml"


def three_days() -> Scenario:
    """A short scenario that still has all parts."""
    return load_scenario(SCENARIO).model_copy(
        update={"days": 3, "volume": load_scenario(SCENARIO).volume.model_copy(update={"weekly_distribution": None})}
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(three_days(), effort="quick")


def test_the_same_seed_gives_the_same_bytes_twice_in_a_row(plan: Plan) -> None:
    assert solve(three_days(), effort="quick").to_json() == plan.to_json()


def test_two_processes_with_different_hash_seeds_give_the_same_bytes() -> None:
    code = (
        "import sys; from schedsolve import load_scenario, solve;"
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
