"""The whole model: its ceiling, its size, and what it must never do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from schedsolve import load_scenario, solve
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.compose import ceiling, compose

SCENARIO = Path(__file__).parents[2] / "scenarios" / "01-gentle-low.yaml"


@pytest.mark.usefixtures("brief_search")
def test_no_plan_earns_more_than_the_ceiling_of_its_model() -> None:
    scenario = load_scenario(SCENARIO)
    plan = solve(scenario, effort="quick")
    assert plan.objective is not None
    assert ceiling(compose(prepare(scenario))) / 1000 > plan.objective


def test_a_week_of_twelve_places_a_day_stays_a_small_model() -> None:
    model = compose(prepare(load_scenario(SCENARIO))).model.proto
    assert len(model.variables) < 10_000
    assert len(model.constraints) < 16_000


def test_a_rule_that_narrows_too_late_is_a_bug() -> None:
    draft = compose(prepare(load_scenario(SCENARIO)))
    with pytest.raises(AssertionError, match="after the slots were built"):
        draft.forbid_type("page-type", "bundle")


def test_the_audit_and_the_model_floor_load_no_solver() -> None:
    code = (
        "import sys, schedsolve.constraints.audit, schedsolve.pipeline.prepare, schedsolve.pipeline.checker;"
        "sys.exit('ortools' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_model_is_the_same_whatever_the_hash_seed() -> None:
    code = (
        "import sys, hashlib; from schedsolve import load_scenario;"
        "from schedsolve.pipeline.prepare import prepare; from schedsolve.solver.compose import compose;"
        "print(hashlib.sha256(str(compose(prepare(load_scenario(sys.argv[1]))).model.proto).encode()).hexdigest())"
    )
    free_page = str(SCENARIO.parent / "05-free-walls.yaml")
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, free_page],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert len(digests) == 1
