"""One trial: its clock, its curves, its process, and what becomes of a method that cannot run."""

from __future__ import annotations

import json

import pytest

from benchmarks.evaluator import evaluate
from benchmarks.peers.ours import Ours
from benchmarks.record import STEP, Record
from benchmarks.trial import ROOT, Task, Trial, gap, perform, run
from schedsolve.solver import runner
from schedsolve.solver.decode import Decision

from ..constraints.weeks import week

TASK = Task("quick", "01-short-days-low", 3.0, 1)


def trial(**parts: object) -> Trial:
    return Trial(TASK, "done", **parts)  # type: ignore[arg-type]


def test_a_gap_counts_from_the_value_and_never_falls_below_zero() -> None:
    assert gap(200.0, 201.0) == pytest.approx(0.005)
    assert gap(-200.0, -100.0) == pytest.approx(0.5)
    assert gap(5.0, 5.0) == gap(6.0, 5.0) == 0.0
    assert gap(None, 5.0) is None
    assert gap(5.0, None) is None


def test_a_plan_that_breaks_a_rule_has_no_gap() -> None:
    assert trial(value=10.0, bound=11.0).gap == pytest.approx(0.1)
    assert trial(value=10.0, bound=11.0, violations={"min-spacing": 1}).gap is None


def test_time_to_a_value_is_that_of_the_first_plan_as_good() -> None:
    found = trial(values=((0.5, 90.0), (1.5, 97.0), (2.0, 99.0)))
    assert [found.time_to(value) for value in (80, 97, 98, 100)] == [0.5, 1.5, 2.0, None]


def test_time_to_a_gap_waits_for_value_and_bound() -> None:
    found = trial(values=((0.5, 90.0), (3.0, 100.0)), bounds=((1.0, 120.0), (2.0, 101.0)))
    assert found.time_to_gap(0.4) == 1.0
    assert found.time_to_gap(0.13) == 2.0
    assert found.time_to_gap(0.01) == 3.0
    assert found.time_to_gap(0.001) is None


def test_a_trial_is_the_same_after_json() -> None:
    told = trial(values=((0.5, 90.0),), violations={"lock": 2}, missing=0, reproducible=False)
    assert Trial.read(json.loads(json.dumps(told.to_dict()))) == told


def test_a_record_keeps_the_first_plan_and_thins_the_rest() -> None:
    record = Record(0.0)
    record.begun -= 1000.0  # everything below happens within one step
    decisions = [Decision((), (), (name,), {}) for name in ("first", "second", "third")]
    for decision in decisions:
        record.found(decision)
    assert STEP > 1
    assert [kept.strategies for _, kept in record._kept] == [("first",), ("third",)]


def test_our_search_tells_its_way_and_its_last_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "SEED", runner.SEED)
    planned, method, told = week(days=1), Ours("quick"), list[Decision]()
    bound = method.run(planned, 20.0, 1, told.append)
    course = method.course
    assert len(told) == 1
    judged = evaluate(planned, told[0])
    assert judged.valid
    assert bound is not None
    assert judged.value == course.value <= bound
    assert course.values == sorted(course.values, key=lambda point: point[1])
    assert course.bounds == sorted(course.bounds, key=lambda point: -point[1])
    assert course.build_seconds is not None
    assert 0 < course.values[0][0] < course.bounds[0][0]
    assert course.build_seconds > 0
    assert course.work
    assert course.variables


def test_the_seed_is_that_of_the_solver_and_not_of_the_scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "SEED", runner.SEED)
    planned = week(days=1)
    Ours("quick").run(planned, 0.05, 42, lambda _: None)
    assert runner.SEED == 42
    assert planned == week(days=1)


def test_a_method_runs_in_a_process_of_its_own_and_is_judged() -> None:
    done = run(Task("greedy", "01-short-days-low", 5.0, 1))
    assert done.state == "done", done.note
    assert done.valid
    assert done.first is not None
    assert done.memory is not None
    assert done.values[-1][1] == done.value
    assert done.bound is None


def test_a_crash_is_a_failed_trial_that_says_why_without_naming_folders() -> None:
    failed = run(Task("greedy", "99-nowhere", 1.0, 1))
    assert failed.state == "failed"
    assert "99-nowhere" in failed.note
    assert str(ROOT) not in failed.note


def test_a_method_whose_module_is_missing_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks import methods

    monkeypatch.setitem(methods.METHODS, "greedy", methods.Method("nothing", "no_such_method", "Nothing"))
    told = perform(Task("greedy", "01-short-days-low", 1.0, 1))
    assert told.state == "unavailable"
    assert "no_such_method" in told.note
