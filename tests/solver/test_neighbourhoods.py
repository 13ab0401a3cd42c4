"""Parts of a plan: what may change in each, and that nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from schedsolve.constraints.draft import Slot
from schedsolve.model.catalog import Category
from schedsolve.model.week import Week
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import DecidedSend, decode
from schedsolve.solver.decomposition import Decomposition
from schedsolve.solver.draft import WeekDraft
from schedsolve.solver.excerpt import Excerpt
from schedsolve.solver.improvement import LOADING, LOADING_EACH, attempt
from schedsolve.solver.local.search import LocalSearch
from schedsolve.solver.neighbourhoods import LONG, WINDOW, Neighbourhood, neighbourhoods, refilled
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.runner import Runner, Solution

from ..constraints.weeks import week
from .adoption import adopted
from .local.states import named_week

SHORT, MISSING, LONGER = "02-long-weekend", "13-launch-days", "ten days"
WORK = 0.1


@cache
def week_of(name: str) -> Week:
    return week(days=LONG, quota=(2, 1, 1)) if name == LONGER else named_week(name)


@cache
def drafted(name: str) -> WeekDraft:
    return compose(week_of(name))


@cache
def parts(name: str) -> tuple[Neighbourhood, ...]:
    return neighbourhoods(drafted(name), Decomposition(drafted(name)), planned(name))


@cache
def shaken(name: str) -> Solution:
    """Another plan, in which minutes are not at their best."""
    local = LocalSearch(week_of(name))
    return adopted(drafted(name), local.shaken(local.first("1"), 200, "1")).solution


def windows(name: str) -> list[Neighbourhood]:
    return [part for part in parts(name) if part.name.startswith("sends")]


@cache
def planned(name: str) -> Solution:
    """The greedy plan in the model."""
    return adopted(drafted(name), LocalSearch(week_of(name)).first("1")).solution


def free(excerpt: Excerpt) -> set[int]:
    """The variables of the whole model that may still change."""
    domains = [list(variable.domain) for variable in excerpt.model.proto.variables]
    return {v for v, domain in zip(excerpt.variables, domains, strict=True) if domain[0] != domain[-1]}


@cache
def opened(name: str) -> list[tuple[Neighbourhood, Excerpt, set[int]]]:
    """The windows of a week, the excerpt that each makes of its plan, and the variables that may still change."""
    excerpts = [(window, window.excerpt(planned(name))) for window in windows(name)]
    return [(window, excerpt, free(excerpt)) for window, excerpt in excerpts]


def of_slot(slot: Slot) -> set[int]:
    return {v.index for v in (slot.used, slot.start, *slot.kinds.values(), *slot.looks.values())}


def solved(part: Neighbourhood, plan: Solution) -> Solution:
    """The plan with the part solved anew for a moment."""
    with Runner(None, Cancellation()) as runner:
        answer = attempt(runner, part, plan, WORK)
    assert answer.solution
    return answer.solution


@pytest.mark.parametrize("name", [SHORT, MISSING, LONGER])
def test_windows_hold_every_send_of_the_plan_and_few_at_a_time(name: str) -> None:
    draft, plan = drafted(name), planned(name)
    used = [slot for slot in draft.slots if plan[slot.used.index]]
    met = set[int]()
    for _, _, open_to_change in opened(name):
        inside = [place for place, slot in enumerate(used) if of_slot(slot) & open_to_change]
        assert inside == list(range(len(used)))[min(inside, default=0) :][: len(inside)]
        assert len(inside) <= WINDOW
        met.update(inside)
    assert len(used) > WINDOW
    assert met == set(range(len(used)))


@pytest.mark.parametrize("name", [SHORT, MISSING, LONGER])
def test_a_window_says_on_which_days_it_changes_sends(name: str) -> None:
    draft, plan = drafted(name), planned(name)
    used = [slot for slot in draft.slots if plan[slot.used.index]]
    for window, _, open_to_change in opened(name):
        assert {slot.day for slot in used if slot.used.index in open_to_change} == set(window.days)


@pytest.mark.parametrize("name", [SHORT, LONGER])
def test_a_window_leaves_all_slots_and_followups_outside_it_as_they_are(name: str) -> None:
    draft, plan = drafted(name), planned(name)
    assert (len(draft.week.days) < LONG) == (name == SHORT)
    used = [-1, *(slot.index for slot in draft.slots if plan[slot.used.index]), len(draft.slots)]
    for window, excerpt, open_to_change in opened(name):
        first, last = map(int, re.findall(r"\d+", window.name))
        inside = range(used[first - 1] + 1, used[last + 1])
        outside = [slot for slot in draft.slots if slot.index not in inside]
        assert outside
        assert all(slot.used.index in open_to_change for slot in draft.slots if slot.index in inside)
        for slot in outside:
            assert not of_slot(slot) & open_to_change
        for followup in draft.followups:
            if followup.slot is None or followup.slot.index not in inside:
                assert not {followup.present.index, followup.start.index} & open_to_change
        for place, value in zip(excerpt.variables, excerpt.narrowed(plan), strict=True):
            assert place in open_to_change or value == plan[place]


@pytest.mark.parametrize("name", [SHORT, LONGER])
def test_a_window_solved_anew_is_a_plan_of_the_whole_model_with_the_other_sends_untouched(name: str) -> None:
    draft, plan = drafted(name), planned(name)
    window = windows(name)[1]
    better = solved(window, plan)
    before, after = decode(draft, plan), decode(draft, better)
    assert before != after
    assert adopted(draft, after, strategies=True).optimal
    untouched = {send for send in before.sends if send in after.sends}
    assert len(untouched) >= len(before.sends) - WINDOW
    assert before.sends[:4] == after.sends[:4]
    assert before.sends[4 + WINDOW :] == after.sends[-(len(before.sends) - 4 - WINDOW) :]


def times(send: DecidedSend) -> object:
    return send.minute, send.send_type.category


def types(send: DecidedSend) -> object:
    return send.day, send.send_type, send.style


KEPT: dict[str, Callable[[DecidedSend], object | None]] = {
    "types": times,
    "minutes": types,
    **{
        f"{category} sends": lambda send, category=category: None if send.send_type.category is category else send
        for category in Category
    },
    "day 2": lambda send: None if send.day == 1 else send,
    "days 2 and 3": lambda send: None if send.day in (1, 2) else send,
}


@pytest.mark.parametrize("name", KEPT)
def test_a_part_changes_something_and_keeps_what_is_not_its_own(name: str) -> None:
    draft, keeps, changed = drafted(SHORT), KEPT[name], False
    (part,) = (part for part in parts(SHORT) if part.name == name)
    for plan in (planned(SHORT), shaken(SHORT)):
        before, after = decode(draft, plan), decode(draft, solved(part, plan))
        assert [kept for kept in map(keeps, before.sends) if kept] == [kept for kept in map(keeps, after.sends) if kept]
        assert adopted(draft, after, strategies=True).optimal
        changed |= before != after
    assert changed


def test_parts_come_from_the_whole_plan_to_single_days_and_pairs_of_days_are_spare() -> None:
    names = [part.name for part in parts(SHORT)]
    days = len(drafted(SHORT).week.days)
    assert names[0] == "types"
    assert names[-2 * days + 1 :] == [f"day {day + 1}" for day in range(days)] + [
        f"days {day + 1} and {day + 2}" for day in range(days - 1)
    ]
    assert [part.name for part in parts(SHORT) if part.spare] == names[-days + 1 :]


def test_loading_a_part_counts_as_work() -> None:
    window = windows(SHORT)[0]
    with Runner(None, Cancellation()) as runner:
        answer = attempt(runner, window, planned(SHORT), WORK)
        size = len(window.excerpt(planned(SHORT)).variables)
        assert answer.work == pytest.approx(runner.work + LOADING + LOADING_EACH * size)


def missing(draft: WeekDraft, solution: Solution) -> list[int]:
    """Missing sends by day."""
    return [
        sum(solution[amount.index] for (on, _), amount in draft.shortfalls.items() if on == day)
        for day in draft.week.days
    ]


GAPS = "06-gaps-few-types-mid"
"""Its greedy plan misses a send on the last day, for which two days before it must make room."""


def refill(draft: WeekDraft, plan: Solution, day: int, near: int) -> Solution:
    """The plan with a day refilled; empty when there is proof that it cannot be."""
    with Runner(None, Cancellation()) as runner:
        answer = attempt(runner, refilled(draft, day, 0, near), plan, 1.0, "satisfy")
    assert answer.solution or answer.infeasible
    return answer.solution


def test_a_missing_send_finds_room_once_enough_days_are_free_and_never_moves_to_one_of_them() -> None:
    draft, plan = drafted(GAPS), planned(GAPS)
    assert missing(draft, plan) == [0, 0, 0, 0, 0, 0, 1]
    assert [bool(refill(draft, plan, 6, near)) for near in (0, 1, 2)] == [False, False, True]
    full = refill(draft, plan, 6, 2)
    assert missing(draft, full) == [0] * 7
    assert adopted(draft, decode(draft, full), strategies=True).optimal


def test_refilling_a_day_leaves_the_times_and_categories_of_the_days_that_are_not_near() -> None:
    draft, plan = drafted(GAPS), planned(GAPS)
    before, after = decode(draft, plan), decode(draft, refill(draft, plan, 6, 2))
    (short,) = {category for _, category in before.missing}
    assert len(after.sends) == len(before.sends) + 1
    for old, new in zip(before.sends, after.sends, strict=False):
        if old.day < 4:
            assert times(new) == times(old)
            assert old.send_type.category is short or new.send_type is old.send_type


def test_days_near_a_refilled_one_may_go_on_missing_what_they_miss() -> None:
    draft, plan = drafted(MISSING), planned(MISSING)
    assert missing(draft, plan) == [5, 5]
    with Runner(None, Cancellation()) as runner:
        full = attempt(runner, refilled(draft, 0, 5, 1), plan, 1.0, "satisfy").solution
        assert missing(draft, full) == [5, 5]
        assert not attempt(runner, refilled(draft, 0, 4, 1), plan, WORK, "satisfy").solution
