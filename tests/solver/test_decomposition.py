"""The plan by days: its bounds hold, and what it builds is a plan of the whole model."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ortools.sat.python import cp_model

from schedsolve import Scenario, load_scenario
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.compose import compose
from schedsolve.solver.decomposition import Decomposition
from schedsolve.solver.draft import WeekDraft
from schedsolve.solver.neighbourhoods import settled_sends
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.relaxation import rows_of
from schedsolve.solver.runner import WORST, Answer, Runner, Solution
from schedsolve.solver.search import Budget, search

from .linear_optimum import relaxed_optimum

SCENARIOS = Path(__file__).parents[2] / "scenarios"
ENOUGH = 20.0
"""Deterministic time that solves any day of these scenarios to the end."""
UNKNOWN = Answer(cp_model.UNKNOWN, (), WORST, None, 0.0)


def two_days() -> Scenario:
    """Two days of two sends, small enough that the optimum is proved."""
    scenario = load_scenario(SCENARIOS / "01-gentle-low.yaml")
    volume = scenario.volume.model_copy(update={"weekly_distribution": [2, 2]})
    return scenario.model_copy(update={"days": 2, "volume": volume})


@cache
def decomposed(name: str) -> Decomposition:
    scenario = two_days() if name == "two days" else load_scenario(SCENARIOS / name)
    return Decomposition(compose(prepare(scenario)))


def first_plan(draft: WeekDraft) -> Solution:
    """Any plan that satisfies the model."""
    with Runner(None, Cancellation()) as runner:
        model = draft.model.clone()
        model.clear_objective()
        return runner.solve(model, ENOUGH, "satisfy").solution


def settled(draft: WeekDraft, plan: Solution) -> Answer:
    """The whole model with all sends fixed as in a plan."""
    with Runner(None, Cancellation()) as runner:
        return runner.solve(settled_sends(draft).excerpt(plan).model, ENOUGH)


@pytest.fixture
def runner() -> Iterator[Runner]:
    with Runner(None, Cancellation()) as runner:
        yield runner


class Stubborn(Runner):
    """Finds nothing in the turns it is told, as if a day had no place; notes what it is asked."""

    def __init__(self, refused: Container[int], answer: Answer) -> None:
        super().__init__(None, Cancellation())
        self._refused = refused
        self._answer = answer
        self.asked: list[tuple[int, float, bool]] = []

    def solve(self, model: cp_model.CpModel, limit: float, *args: Any, **named: Any) -> Answer:
        """As a runner does, or the answer of one that finds nothing."""
        turn = len(self.asked)
        self.asked.append((len(model.proto.variables), limit, named.get("hint") is not None))
        return self._answer if turn in self._refused else super().solve(model, limit, *args, **named)


def by_days(days: Decomposition, limit: float, run: Callable[..., Iterable[Answer]] = map) -> int:
    """The bound by days when each is solved within a limit."""
    with Runner(None, Cancellation()) as runner:
        answers = list(run(lambda day: runner.solve(days.alone(day).model, limit), days.days))
    assert limit < ENOUGH or all(answer.optimal for answer in answers)
    most = {day: answer.bound for day, answer in zip(days.days, answers, strict=True) if answer.bound is not None}
    assert set(most) == set(days.days)
    return days.bound(most)


def test_the_bounds_tighten_from_the_relaxation_over_the_days_to_the_optimum() -> None:
    days = decomposed("two days")
    best = search(days.draft, Budget(3.0, 3.0))
    assert best is not None
    assert best.value == best.bound
    proved = by_days(days, ENOUGH)
    assert days.relaxed_bound() >= proved >= best.value
    assert by_days(days, 0.02) >= proved


def test_the_relaxed_bound_is_the_relaxations_value_but_for_the_rounding_of_prices() -> None:
    days = decomposed("13-launch-days.yaml")
    value = relaxed_optimum(days.tight, tuple(rows_of(days.tight))) + days.tight.base
    assert value - 1 <= days.relaxed_bound() <= value + 0.001 * abs(value)


@pytest.mark.parametrize("name", ["02-long-weekend.yaml", "13-launch-days.yaml"])
def test_a_plan_built_by_prices_satisfies_the_whole_model_and_stays_under_the_bounds(name: str, runner: Runner) -> None:
    days = decomposed(name)
    start = first_plan(days.draft)
    built, work = days.build(runner, 0.2, start)
    assert built is not None
    assert work == pytest.approx(runner.work)
    whole = settled(days.draft, built)
    assert whole.optimal
    assert settled(days.draft, start).value < whole.value <= by_days(days, ENOUGH) <= days.relaxed_bound()


def test_the_bound_is_the_same_in_threads_and_from_a_second_reading() -> None:
    first, second = decomposed("two days"), Decomposition(compose(prepare(two_days())))
    with ThreadPoolExecutor(2) as pool:
        assert by_days(first, ENOUGH) == by_days(first, ENOUGH, pool.map) == by_days(second, ENOUGH)
    assert second.relaxed_bound() == first.relaxed_bound()


def test_a_plan_is_built_the_same_twice(runner: Runner) -> None:
    days = decomposed("two days")
    start = first_plan(days.draft)
    built = days.build(runner, 0.2, start)
    assert built[0] is not None
    assert days.build(runner, 0.2, start) == built


def test_without_time_there_are_no_prices() -> None:
    assert decomposed("two days").complete
    assert not Decomposition(decomposed("two days").draft, time_limit=1e-9).complete


def test_a_day_that_finds_nothing_is_tried_with_a_hint_and_then_with_its_neighbour() -> None:
    days = decomposed("two days")
    with Stubborn({1, 2}, UNKNOWN) as runner:
        built, _ = days.build(runner, 0.2, first_plan(days.draft))
    _, alone, hinted, together = runner.asked
    assert hinted == (alone[0], alone[1], True)
    assert together[0] > alone[0]
    assert together[1:] == (2 * alone[1], True)
    assert built is not None
    assert settled(days.draft, built).optimal


def test_a_day_without_room_is_planned_anew_with_its_neighbour_at_once() -> None:
    days = decomposed("two days")
    with Stubborn({1}, replace(UNKNOWN, status=cp_model.INFEASIBLE)) as runner:
        built, _ = days.build(runner, 0.2, first_plan(days.draft))
    assert [hinted for *_, hinted in runner.asked] == [False, False, True]
    assert built is not None
    assert settled(days.draft, built).optimal


@pytest.mark.parametrize("status", [cp_model.UNKNOWN, cp_model.INFEASIBLE])
def test_a_day_that_finds_no_place_at_all_leaves_no_plan(status: cp_model.CpSolverStatus) -> None:
    days = decomposed("two days")
    with Stubborn(range(99), replace(UNKNOWN, status=status)) as runner:
        assert days.build(runner, 0.2, first_plan(days.draft)) == (None, 0.0)


def test_around_days_only_they_and_the_chains_may_change() -> None:
    days = decomposed("two days")
    start = first_plan(days.draft)
    excerpt = days.around((1,), start)
    homes = {days.draft.home.get(variable) for variable in excerpt.variables if variable not in days.draft.chained}
    assert 1 in homes
    assert 0 not in homes
    assert days.draft.chained <= set(excerpt.variables)
    with Runner(None, Cancellation()) as runner:
        answer = runner.solve(excerpt.model, 0.3, hint=excerpt.narrowed(start))
    merged = excerpt.merged(start, answer.solution)
    whole = settled(days.draft, merged)
    assert whole.optimal
    assert whole.value >= answer.value
