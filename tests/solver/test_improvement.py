"""The order in which parts of a plan are improved, told by attempts that are only made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pytest
from ortools.sat.python import cp_model

from schedsolve.constraints.preference import POINT
from schedsolve.solver import improvement
from schedsolve.solver.improvement import Found, Improvement
from schedsolve.solver.neighbourhoods import Neighbourhood
from schedsolve.solver.progress import Cancellation, Progress, Reporter
from schedsolve.solver.runner import WORST, Answer, Runner, Solution

LIMIT = 1.0
PLENTY = 100.0
START = Found((0,), 0)


@dataclass(frozen=True)
class Try:
    """What comes of an attempt: units gained, work as a share of its limit, and whether the part is solved to the end.

    Without a gain there is no solution at all.
    """

    gain: int = 0
    work: float = 1.0
    solved: bool = True


NOTHING = Try()
NOT_YET = Try(solved=False)


class Attempts:
    """Stands for `attempt`: each part has its tries one after the other, and after the last one gains nothing."""

    def __init__(self, tries: Mapping[str, Sequence[Try]]) -> None:
        self._tries = tries
        self._turns = Counter[str]()
        self.asked: list[tuple[str, float]] = []

    def __call__(self, _: Runner, part: Neighbourhood, solution: Solution, limit: float) -> Answer:
        self.asked.append((part.name, limit))
        tries, turn = self._tries.get(part.name, ()), self._turns[part.name]
        self._turns[part.name] += 1
        met = tries[turn] if turn < len(tries) else NOTHING
        status = cp_model.OPTIMAL if met.solved else cp_model.FEASIBLE if met.gain else cp_model.UNKNOWN
        value = solution[0] + met.gain
        return Answer(status, (value,) if met.gain else (), value if met.gain else WORST, None, met.work * limit)

    @property
    def order(self) -> str:
        """The names of the parts asked, of one letter each."""
        return "".join(name for name, _ in self.asked)


def parts(days: Mapping[str, Sequence[int]], spare: str = "") -> list[Neighbourhood]:
    def never(_: Solution) -> None:
        raise AssertionError("made-up attempts solve nothing")

    return [Neighbourhood(name, LIMIT, never, on, name in spare) for name, on in days.items()]  # type: ignore[arg-type]


def far_apart(names: str) -> dict[str, tuple[int]]:
    """Parts of one day each that have nothing to do with each other."""
    return {name: (5 * place,) for place, name in enumerate(names)}


@dataclass
class Course:
    """An improvement and what was asked and told in it."""

    improvement: Improvement
    attempts: Attempts
    told: list[Progress]

    def run(self, budget: float = PLENTY, enough: Callable[[int], bool] = lambda _: False) -> tuple[Found, float]:
        return self.improvement.improve(START, budget, enough)


Begin = Callable[..., Course]


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch) -> Begin:
    def begun(
        days: Mapping[str, Sequence[int]],
        tries: Mapping[str, Sequence[Try]],
        spare: str = "",
        runner: Runner | None = None,
    ) -> Course:
        attempts, told = Attempts(tries), list[Progress]()
        monkeypatch.setattr(improvement, "attempt", attempts)
        runner = runner or Runner(None, Cancellation())
        return Course(Improvement(runner, parts(days, spare), Reporter(told.append)), attempts, told)

    return begun


def test_the_first_round_takes_all_parts_in_order_but_for_spare_ones(begin: Begin) -> None:
    course = begin(far_apart("abcd"), {"c": [Try(900, solved=False)]}, spare="a")
    course.run()
    assert course.attempts.order == "bcdc"


def test_after_the_first_round_the_part_that_gained_most_for_its_work_comes_first(begin: Begin) -> None:
    tries = {
        "a": [Try(40, work=1.0, solved=False)],
        "b": [Try(30, work=0.1, solved=False)],
        "c": [Try(20, work=0.2, solved=False)],
    }
    course = begin(far_apart("abc"), tries)
    plan, _ = course.run()
    assert course.attempts.order == "abcbca"
    assert plan == Found((90,), 90)


def test_a_part_is_tried_again_as_long_as_nothing_else_gained_more_for_its_work(begin: Begin) -> None:
    tries = {
        "a": [Try(9, solved=False), Try(16, solved=False), Try(12, solved=False)],  # 9, 8, 3 for a unit of work
        "b": [Try(5, solved=False)],
    }
    course = begin(far_apart("ab"), tries)
    course.run()
    assert course.attempts.order == "ab" + "aa" + "b" + "a"


def test_a_part_rests_until_something_on_its_days_or_beside_them_has_changed(begin: Begin) -> None:
    days = {"a": (0,), "b": (1, 2), "c": (3,), "d": (4,), "e": (5, 6), "g": (3,)}
    course = begin(days, {"g": [Try(5)]})
    course.run()
    assert course.attempts.order == "abcdeg" + "bcd"


def test_a_part_that_gained_and_is_solved_rests_as_well(begin: Begin) -> None:
    course = begin(far_apart("ab"), {"a": [Try(5)], "b": [Try(5, solved=False)]})
    course.run()
    assert course.attempts.order == "abb"


def test_it_ends_when_all_rest_and_goes_deeper_where_parts_are_not_solved(begin: Begin) -> None:
    course = begin(far_apart("abc"), {"b": [NOT_YET, NOT_YET], "c": [NOT_YET]})
    for asked in ([("a", 1), ("b", 1), ("c", 1)], [("b", 2), ("c", 2)], [("b", 4)], []):
        course.attempts.asked.clear()
        _, spent = course.run()
        assert course.attempts.asked == asked
        assert spent == sum(limit for _, limit in asked)
        assert course.run() == (START, 0.0)
        course.improvement.deepen()


def test_spare_parts_are_tried_when_it_goes_deeper_and_no_gain_nearby_wakes_them_before(begin: Begin) -> None:
    course = begin({"a": (0,), "b": (1,), "s": (0, 1), "t": (4,)}, {"a": [Try(5)], "s": [Try(5)]}, spare="st")
    course.run()
    assert course.attempts.order == "ab"
    course.improvement.deepen()
    course.run()
    assert course.attempts.order == "ab" + "st" + "ab"


def test_a_part_that_gained_but_was_not_solved_has_twice_the_limit_next_time(begin: Begin) -> None:
    course = begin(far_apart("a"), {"a": [Try(5, solved=False), Try(5)]})
    course.run()
    assert course.attempts.asked == [("a", 1), ("a", 2)]


def test_the_budget_is_not_exceeded_and_the_last_attempt_has_what_is_left(begin: Begin) -> None:
    course = begin(far_apart("abcd"), {name: [Try(1, solved=False)] for name in "abcd"})
    plan, spent = course.run(budget=2.5)
    assert course.attempts.asked == [("a", 1), ("b", 1), ("c", 0.5)]
    assert (plan.value, spent) == (3, 2.5)


def test_it_stops_as_soon_as_the_plan_is_good_enough(begin: Begin) -> None:
    asked: list[int] = []

    def enough(value: int) -> bool:
        asked.append(value)
        return value >= 7

    course = begin(far_apart("abcd"), {"a": [Try(3)], "c": [Try(4)], "d": [Try(9)]})
    plan, spent = course.run(enough=enough)
    assert course.attempts.order == "abc"
    assert (plan, spent) == (Found((7,), 7), 3.0)
    assert asked == [3, 7]
    assert [(event.phase, event.value) for event in course.told] == [("improving", 3 / POINT), ("improving", 7 / POINT)]


def test_nothing_is_tried_once_someone_asked_to_stop(begin: Begin) -> None:
    cancellation = Cancellation()
    course = begin(far_apart("ab"), {"a": [Try(5)]}, runner=Runner(None, cancellation))
    cancellation.cancel()
    assert course.run() == (START, 0.0)
    assert course.attempts.asked == []


def test_an_attempt_without_a_solution_leaves_the_plan_as_it_was(begin: Begin) -> None:
    course = begin(far_apart("ab"), {"a": [Try(5)], "b": [NOT_YET]})
    plan, _ = course.run(budget=2.0)
    assert plan == Found((5,), 5)
    assert len(course.told) == 1
