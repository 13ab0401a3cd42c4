"""The plan by days: its bounds hold, and what is planned around some days fits the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

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


def two_days() -> Scenario:
    """Two days of two sends, small enough that the optimum is proved."""
    scenario = load_scenario(SCENARIOS / "01-gentle-low.yaml")
    volume = scenario.volume.model_copy(update={"weekly_distribution": [2, 2]})
    return scenario.model_copy(update={"days": 2, "volume": volume})


def priced(scenario: Scenario) -> Decomposition:
    days = Decomposition(compose(prepare(scenario)))
    days.price()
    return days


@cache
def decomposed(name: str) -> Decomposition:
    scenario = two_days() if name == "two days" else load_scenario(SCENARIOS / name)
    return priced(scenario)


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
    best = search(days.draft, Budget(200, 0.2, 3.0))
    assert best is not None
    assert best.value == best.bound
    proved = by_days(days, ENOUGH)
    assert days.relaxed_bound() >= proved >= best.value
    assert by_days(days, 0.02) >= proved


def test_the_relaxed_bound_is_the_relaxations_value_but_for_the_rounding_of_prices() -> None:
    days = decomposed("13-launch-days.yaml")
    value = relaxed_optimum(days.whole, tuple(rows_of(days.whole))) + days.whole.base
    assert value - 1 <= days.relaxed_bound() <= value + 0.001 * abs(value)


@pytest.mark.parametrize(
    "name",
    ["two days", "02-long-weekend.yaml", "09-late-evenings.yaml", "10-heavy-history.yaml", "13-launch-days.yaml"],
)
def test_the_days_parts_of_the_relaxation_add_up_to_it(name: str) -> None:
    days = decomposed(name)
    assert set(days.relaxed) == set(days.days)
    assert days.bound(days.relaxed) == days.relaxed_bound()


@pytest.mark.parametrize("name", ["two days", "02-long-weekend.yaml", "09-late-evenings.yaml", "13-launch-days.yaml"])
def test_no_day_earns_more_alone_than_its_part_of_the_relaxation(name: str) -> None:
    days = decomposed(name)
    with Runner(None, Cancellation()) as runner:
        earned = {day: runner.solve(days.alone(day).model, 0.3).value for day in days.days}
    assert all(WORST < earned[day] <= days.relaxed[day] for day in days.days)


def test_the_bound_is_the_same_in_threads_and_from_a_second_reading() -> None:
    first, second = decomposed("two days"), priced(two_days())
    with ThreadPoolExecutor(2) as pool:
        assert by_days(first, ENOUGH) == by_days(first, ENOUGH, pool.map) == by_days(second, ENOUGH)
    assert second.relaxed_bound() == first.relaxed_bound()


def test_without_time_there_are_no_prices() -> None:
    days = Decomposition(decomposed("two days").draft)
    days.price(time_limit=1e-9)
    assert not days.complete
    days.price()
    assert days.complete


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


def test_around_days_there_are_no_implied_rows() -> None:
    days = decomposed("two days")
    lean = len(days.draft.model.proto.variables)
    assert max(days.around(days.days, first_plan(days.draft)).variables) < lean < len(days.whole.domains)
