"""Local search from decision to decision: the same every time, never worse than it began, without broken rules."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from benchmarks.evaluator import evaluate
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import Decision
from schedsolve.solver.local.search import NOTE, LocalSearch

from ...constraints.weeks import week
from ..adoption import adopted
from .states import named_week

NAMES = ("02-long-weekend", "13-launch-days", "06-gaps-few-types-mid", "12-rolling-wednesday")
MOVES = 4 * NOTE


@cache
def local(name: str) -> LocalSearch:
    return LocalSearch(named_week(name))


@cache
def first(name: str) -> Decision:
    return local(name).first("1")


def test_the_same_seed_and_moves_give_the_same_decision_and_others_another() -> None:
    name = "02-long-weekend"
    fresh = LocalSearch(named_week(name))
    assert fresh.first("1") == first(name) != fresh.first("2")
    for method, again in ((local(name).annealed, fresh.annealed), (local(name).shaken, fresh.shaken)):
        one = method(first(name), 1500, "a")
        assert again(first(name), 1500, "a") == one
        assert again(first(name), 1500, "b") != one
        assert again(first(name), 1400, "a") != one


@pytest.mark.parametrize("name", NAMES)
def test_annealing_never_ends_worse_than_it_began_and_breaks_no_rule(name: str) -> None:
    made = named_week(name)
    begun = evaluate(made, first(name))
    values = {"1": begun.value, "2": begun.value}
    for moves in (20, 200, MOVES):
        for seed in values:
            judged = evaluate(made, local(name).annealed(first(name), moves, seed))
            assert judged.valid
            assert judged.value >= begun.value
            values[seed] = judged.value
    assert min(values.values()) > begun.value


def test_values_told_rise_and_each_is_that_of_the_plan_at_which_one_may_stop() -> None:
    made, told = named_week("02-long-weekend"), list[int]()
    last = local("02-long-weekend").annealed(first("02-long-weekend"), MOVES, "1", tell=told.append)
    assert len(told) > 1
    assert all(one < other for one, other in pairwise([evaluate(made, first("02-long-weekend")).value, *told]))
    assert evaluate(made, last).value >= told[-1]
    for count in range(1, len(told) + 1):
        heard: list[int] = []
        stopped = local("02-long-weekend").annealed(
            first("02-long-weekend"), MOVES, "1", lambda heard=heard, count=count: len(heard) < count, heard.append
        )
        judged = evaluate(made, stopped)
        assert heard == told[:count]
        assert (judged.value, judged.valid) == (heard[-1], True)


def test_where_no_plan_is_valid_nothing_is_told() -> None:
    blackouts = [("2025-01-21T12:00", "2025-01-21T18:00")]
    made = week(days=2, locks=["2025-01-21T13:07 bump_normal"], blackouts=blackouts)
    searching, told = LocalSearch(made), list[int]()
    begun = searching.first("1")
    last = searching.annealed(begun, MOVES, "1", tell=told.append)
    assert evaluate(made, last).value > evaluate(made, begun).value
    assert dict(evaluate(made, last).violations) == {"blackout": 1}
    assert told == []


@pytest.mark.parametrize("name", NAMES)
def test_a_shaken_plan_is_another_one_that_breaks_no_rule_and_that_the_model_accepts(name: str) -> None:
    made = named_week(name)
    start = local(name).annealed(first(name), 1000, "1")
    ends = [local(name).shaken(start, moves, "1") for moves in (100, 1000, MOVES)]
    assert start not in ends
    assert all(evaluate(made, end).valid for end in ends)
    assert evaluate(made, ends[-1]).value > evaluate(made, first(name)).value
    assert adopted(compose(made), ends[0]).optimal


def test_a_shaken_plan_may_end_worse_than_the_best_it_met() -> None:
    made = named_week("02-long-weekend")
    start = local("02-long-weekend").annealed(first("02-long-weekend"), 20 * NOTE, "1")
    ends = [evaluate(made, local("02-long-weekend").shaken(start, 500, str(seed))).value for seed in range(5)]
    assert min(ends) < evaluate(made, start).value


def test_a_search_that_must_not_go_on_ends_at_once() -> None:
    name, asked = "02-long-weekend", list[bool]()

    def stop() -> bool:
        asked.append(True)
        return False

    assert local(name).annealed(first(name), MOVES, "1", stop) == first(name)
    assert local(name).shaken(first(name), MOVES, "1", stop) == first(name)
    assert len(asked) == 2
