"""The MIP peer: the translation has exactly the model's solutions, and HiGHS reaches the optimum of CP-SAT."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from ortools.sat.python import cp_model

from benchmarks.evaluator import evaluate
from benchmarks.peers.child_process import MISSING
from benchmarks.peers.mip import Mip
from benchmarks.peers.mip_intervals import Cumulative
from benchmarks.peers.mip_translation import Translation, UnsupportedModelError
from benchmarks.peers.unavailable import PeerUnavailable
from schedsolve.model.week import Week
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import Decision
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.runner import Answer, Runner

from ...constraints.weeks import week
from .fake_python import fake_python

Forbid = Callable[[Translation, Sequence[Cumulative]], None]
ALL, NONE = 10**9, 0
"""Every cumulative written out, and every one postponed."""
needs_highs = pytest.mark.skipif(
    importlib.util.find_spec("highspy") is None, reason="highspy is not installed (the bench extra)"
)


def solved(model: cp_model.CpModel) -> Answer:
    with Runner(None, Cancellation()) as runner:
        return runner.solve(model.clone(), 10.0)


def conditional(model: cp_model.CpModel) -> None:
    x, y = model.new_int_var(0, 4, "x"), model.new_int_var(0, 4, "y")
    here, there = model.new_bool_var("here"), model.new_bool_var("there")
    model.add(y >= x)
    model.add(y >= x + 2).only_enforce_if(here, there)
    model.add(2 * x + y <= 6).only_enforce_if(~here)
    model.add(4 * x + 2 * y >= 3)


def holes(model: cp_model.CpModel) -> None:
    here = model.new_bool_var("here")
    model.new_int_var_from_domain(cp_model.Domain.from_values([2, 4, 5, 7, 8, 10]), "periodic")
    odd = model.new_int_var_from_domain(cp_model.Domain.from_values([0, 1, 3, 7, 9]), "uneven")
    model.add_linear_expression_in_domain(2 * odd, cp_model.Domain.from_values([0, 14, 18])).only_enforce_if(here)


def clauses(model: cp_model.CpModel) -> None:
    a, b, c, d = (model.new_bool_var(name) for name in "abcd")
    model.add_bool_or(a, ~b, c)
    model.add_implication(a, ~d)
    model.add_bool_and(b, ~c).only_enforce_if(a, d)
    model.add_at_most_one(b, ~c, d)
    model.add_exactly_one(a, c).only_enforce_if(~b)


def no_overlap(model: cp_model.CpModel) -> None:
    first, second = model.new_int_var(0, 4, "first"), model.new_int_var(0, 4, "second")
    here, there = model.new_bool_var("here"), model.new_bool_var("there")
    model.add_no_overlap(
        [
            model.new_optional_fixed_size_interval_var(first, 2, here, "i"),
            model.new_optional_fixed_size_interval_var(second - 1, 2, there, "j"),
            model.new_fixed_size_interval_var(3, 1, "k"),
        ]
    )


def touching(model: cp_model.CpModel) -> None:
    early, late = model.new_int_var(0, 2, "early"), model.new_int_var(2, 4, "late")
    intervals = [model.new_fixed_size_interval_var(early, 2, "i"), model.new_fixed_size_interval_var(2, 1, "j")]
    model.add_no_overlap([*intervals, model.new_fixed_size_interval_var(late, 1, "k")])


def cumulative(model: cp_model.CpModel) -> None:
    starts = [model.new_int_var(0, 3, f"start {place}") for place in range(3)]
    here = model.new_bool_var("here")
    model.add(starts[1] >= starts[0])
    intervals = [model.new_optional_fixed_size_interval_var(starts[0], 2, here, "i")]
    intervals += [model.new_fixed_size_interval_var(start, 1, "j") for start in starts[1:]]
    model.add_cumulative(intervals, [2, 1, 1], 2)


def too_large(model: cp_model.CpModel) -> None:
    start, here = model.new_int_var(0, 2, "start"), model.new_bool_var("here")
    fitting = model.new_fixed_size_interval_var(start, 2, "i")
    model.add_cumulative([fitting, model.new_optional_fixed_size_interval_var(1, 1, here, "j")], [1, 3], 2)


def crowd(model: cp_model.CpModel) -> None:
    moments = [model.new_int_var(0, 2, f"moment {place}") for place in range(3)]
    intervals = [model.new_fixed_size_interval_var(moment, 1, "i") for moment in moments]
    model.add_cumulative(intervals, [1, 1, 1], 2)


@pytest.mark.parametrize("write", [conditional, holes, clauses, no_overlap, touching, cumulative, too_large, crowd])
def test_the_rows_hold_for_exactly_the_solutions_of_the_model(write: Callable[[cp_model.CpModel], None]) -> None:
    """Every assignment of a tiny model is tried, with every value of the added columns."""
    model = cp_model.CpModel()
    write(model)
    columns = range(len(model.proto.variables))
    program = Translation(model, ALL).program
    arrays = program.arrays()
    matrix = np.zeros((len(arrays.row_lower), len(program.lower)))
    for row in range(len(matrix)):
        part = slice(arrays.starts[row], arrays.starts[row + 1])
        matrix[row, arrays.columns[part]] = arrays.coefficients[part]
    ranges = [range(low, high + 1) for low, high in zip(program.lower, program.upper, strict=True)]
    added = np.array(list(product(*ranges[len(columns) :])))
    for values in product(*ranges[: len(columns)]):
        full = np.hstack([np.tile(values, (len(added), 1)), added])
        activity = full @ matrix.T
        mip = bool(((activity >= arrays.row_lower) & (activity <= arrays.row_upper)).all(axis=1).any())
        assert mip == holds(model, values), values
        assert mip == (not arrays.broken_rows(program.completed(values))), values


def holds(model: cp_model.CpModel, values: tuple[int, ...]) -> bool:
    fixed = model.clone()
    for column, value in enumerate(values):
        fixed.add(fixed.get_int_var_from_proto_index(column) == value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    return solver.solve(fixed) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


@pytest.mark.parametrize("eager_pairs", [ALL, NONE])
@pytest.mark.parametrize("window", ["fixed", "rolling"])
def test_a_plan_of_cp_sat_keeps_every_row_at_the_same_value(window: str, eager_pairs: int) -> None:
    model = compose(week(days=2, quota=(2, 1, 1), rules={"block-limit": {"window": window}})).model
    answer = solved(model)
    translation = Translation(model, eager_pairs)
    program = translation.program
    full = program.completed(answer.solution)
    assert not program.arrays().broken_rows(full)
    assert not translation.overfull(answer.solution)
    assert all(low <= value <= high for low, value, high in zip(program.lower, full, program.upper, strict=True))
    assert program.cost.at(full) == answer.value


def test_what_is_postponed_is_forbidden_once_a_plan_breaks_it() -> None:
    model = cp_model.CpModel()
    crowd(model)
    translation = Translation(model, NONE)
    assert not translation.program.arrays().broken_rows([1, 1, 1])
    parts = translation.overfull([1, 1, 1])
    assert [len(part.items) for part in parts] == [3]
    assert not translation.overfull([1, 0, 1])
    translation.forbid(parts)
    program = translation.program
    assert program.arrays().broken_rows(program.completed([1, 1, 1]))
    assert not program.arrays().broken_rows(program.completed([1, 0, 1]))


def test_a_constraint_without_translation_is_refused() -> None:
    model = cp_model.CpModel()
    model.add_all_different(model.new_int_var(0, 2, "x"), model.new_int_var(0, 2, "y"))
    with pytest.raises(UnsupportedModelError):
        Translation(model)


def agreed(planned: Week, eager_pairs: int) -> None:
    """HiGHS and CP-SAT prove the same optimum, and the judge finds it in the last plan."""
    best = solved(compose(planned).model)
    assert best.optimal
    told: list[Decision] = []
    assert Mip(eager_pairs=eager_pairs).run(planned, 30.0, 1, told.append) == best.value
    judged = [evaluate(planned, decision) for decision in told]
    assert all(one.valid for one in judged)
    assert judged[-1].value == best.value


@needs_highs
def test_highs_proves_the_optimum_of_cp_sat() -> None:
    agreed(week(days=2, quota=(1, 1, 0)), ALL)


@needs_highs
def test_highs_proves_the_optimum_where_plans_have_to_be_repaired(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without chance all days want the same minutes, of which each may be used once."""
    rounds: list[int] = []
    monkeypatch.setattr(Translation, "forbid", _counted(Translation.forbid, rounds))
    agreed(
        week(days=3, quota=(0, 1, 0), rules={"clock-repeat": {"max": 1}}, variation={"temperature": 0}),
        NONE,
    )
    assert rounds


def _counted(forbid: Forbid, rounds: list[int]) -> Forbid:
    def counted(translation: Translation, parts: Sequence[Cumulative]) -> None:
        rounds.append(len(parts))
        forbid(translation, parts)

    return counted


def test_without_highspy_the_error_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(PeerUnavailable, match="bench"):
        Mip(python=fake_python(tmp_path, f"exit {MISSING}")).run(week(days=1), 5.0, 1, lambda _: None)


def test_a_solver_that_breaks_down_is_an_error_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="out of paper"):
        Mip(python=fake_python(tmp_path, "echo out of paper >&2; exit 1")).run(week(days=1), 5.0, 1, lambda _: None)


def test_a_solver_that_hangs_is_ended_and_its_bounds_count(tmp_path: Path) -> None:
    script = "echo '{\"bound\": 9.7}'; echo '{\"bound\": 7.2}'; printf '{\"bou'; exec sleep 60"
    assert Mip(python=fake_python(tmp_path, script)).run(week(days=1), 1.0, 1, lambda _: None) == 7
