"""The bound side: days share the budget, their bounds hold, and nothing depends on the number of cores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ortools.sat.python import cp_model

from schedsolve import Progress, load_scenario
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver import bounding
from schedsolve.solver.bounding import LEAST, bound_by_days, prove
from schedsolve.solver.compose import compose
from schedsolve.solver.decomposition import Decomposition
from schedsolve.solver.progress import Cancellation, Reporter
from schedsolve.solver.runner import WORST, Answer, Runner

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SILENT = Reporter(lambda _: None)


@cache
def priced(name: str) -> Decomposition:
    days = Decomposition(compose(prepare(load_scenario(SCENARIOS / name))))
    days.price()
    return days


@cache
def two_a_day(count: int) -> Decomposition:
    """A plan of so many days with two sends each."""
    scenario = load_scenario(SCENARIOS / "01-gentle-low.yaml")
    volume = scenario.volume.model_copy(update={"weekly_distribution": [2] * min(count, 7)})
    days = Decomposition(compose(prepare(scenario.model_copy(update={"days": count, "volume": volume}))))
    days.price()
    return days


@pytest.fixture
def runner() -> Iterator[Runner]:
    with Runner(None, Cancellation()) as runner:
        yield runner


class Idle(Runner):
    """Solves nothing and uses up what it is given, or a hundredth where it is to say that all is proved."""

    def __init__(self, proves: bool = False, bound: int | None = None) -> None:
        super().__init__(None, Cancellation())
        self._bound = bound
        self._status = cp_model.OPTIMAL if proves else cp_model.UNKNOWN
        self.asked: list[tuple[float, str]] = []

    def solve(self, model: cp_model.CpModel, limit: float, method: str = "optimise", *_: Any, **__: Any) -> Answer:
        """Note what was asked."""
        self.asked.append((round(limit, 6), method))
        return Answer(self._status, (), WORST, self._bound, limit if self._status == cp_model.UNKNOWN else limit / 100)


@pytest.mark.parametrize("name", ["02-long-weekend.yaml", "13-launch-days.yaml"])
def test_a_bound_by_days_is_no_worse_than_the_relaxations_and_better_with_work(name: str, runner: Runner) -> None:
    days = priced(name)
    little = bound_by_days(days, 0.01, runner, SILENT)
    much = bound_by_days(days, 0.6, runner, SILENT)
    assert little is not None
    assert much is not None
    assert much.bound < little.bound <= days.relaxed_bound()


def test_a_bound_by_days_holds_for_the_best_plan(runner: Runner) -> None:
    days = two_a_day(2)
    best = runner.solve(days.draft.model.clone(), 20.0)
    assert best.optimal
    by_days = bound_by_days(days, 2.0, runner, SILENT)
    assert by_days is not None
    assert best.value <= by_days.bound <= days.relaxed_bound()


def test_days_spend_about_the_budget_and_count_what_they_spend(runner: Runner) -> None:
    by_days = bound_by_days(priced("13-launch-days.yaml"), 0.6, runner, SILENT)
    assert by_days is not None
    assert by_days.work == pytest.approx(runner.work)
    assert by_days.work == pytest.approx(0.6, rel=0.2)


def test_days_that_are_proved_leave_the_rest_of_the_budget(runner: Runner) -> None:
    by_days = bound_by_days(two_a_day(2), 20.0, runner, SILENT)
    assert by_days is not None
    assert runner.solves == 2
    assert 0 < by_days.work < 2.0


def test_the_bound_is_the_same_on_one_core_two_and_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounding, "LEAST", 0.01)
    found = []
    for cores in (1, 2, 8):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        with Runner(None, Cancellation()) as runner:
            found.append(bound_by_days(priced("02-long-weekend.yaml"), 0.5, runner, SILENT))
    assert found[0] is not None
    assert found[1:] == found[:1] * 2


def test_a_day_with_a_poor_bound_counts_with_its_part_of_the_relaxation() -> None:
    by_days = bound_by_days(two_a_day(2), 4.0, Idle(bound=10**12), SILENT)
    assert by_days is not None
    assert by_days.bound == two_a_day(2).relaxed_bound()


def test_days_share_half_of_the_budget_first_and_then_the_rest_best_bound_first() -> None:
    runner = Idle()
    by_days = bound_by_days(two_a_day(2), 4.0, runner, SILENT)
    assert runner.asked == [(1.0, "optimise")] * 2 + [(1.0, "bound")] * 2
    assert by_days is not None
    assert by_days.work == 4.0
    assert by_days.bound == two_a_day(2).relaxed_bound()


def test_full_days_are_taken_best_bound_first_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounding, "FULL_DAY", 2)
    runner = Idle()
    bound_by_days(two_a_day(2), 4.0, runner, SILENT)
    assert runner.asked == [(2.0, "bound")] * 2


def test_a_long_plan_looks_at_as_many_days_as_have_a_share_that_is_worth_it() -> None:
    runner = Idle()
    by_days = bound_by_days(two_a_day(5), 4 * LEAST, runner, SILENT)
    assert runner.asked == [(LEAST, "optimise")] * 4
    assert by_days is not None
    assert by_days.bound == two_a_day(5).relaxed_bound()


def test_a_day_that_is_proved_is_not_looked_at_again() -> None:
    with Idle(proves=True) as runner:
        bound_by_days(two_a_day(5), 20.0, runner, SILENT)
    assert len(runner.asked) == 5


def test_without_a_budget_or_prices_there_is_no_bound_by_days(runner: Runner) -> None:
    assert bound_by_days(two_a_day(2), 0.0, runner, SILENT) is None
    assert bound_by_days(Decomposition(two_a_day(2).draft), 1.0, runner, SILENT) is None
    assert runner.solves == 0


def test_when_the_search_is_over_no_day_is_begun() -> None:
    with Idle() as runner:
        runner.enough()
        by_days = bound_by_days(two_a_day(2), 4.0, runner, SILENT)
    assert runner.asked == []
    assert by_days is not None
    assert by_days.bound == two_a_day(2).relaxed_bound()


def test_an_error_in_a_day_is_raised(monkeypatch: pytest.MonkeyPatch, runner: Runner) -> None:
    def broken(*_: object, **__: object) -> Answer:
        raise ZeroDivisionError

    monkeypatch.setattr(runner, "solve", broken)
    with pytest.raises(ZeroDivisionError):
        bound_by_days(two_a_day(2), 4.0, runner, SILENT)


def test_the_whole_model_is_proved_and_its_bounds_are_told(runner: Runner) -> None:
    seen: list[Progress] = []
    answer = prove(two_a_day(2).draft, 20.0, runner, Reporter(seen.append))
    assert answer.optimal
    assert answer.value == answer.bound
    assert seen
    assert {event.phase for event in seen} == {"proving"}
    assert all(event.bound is not None for event in seen)
