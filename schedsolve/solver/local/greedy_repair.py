"""What the greedy method does where its first pass falls short: make room, widen the types, drop what breaks a rule."""

from __future__ import annotations

import time
from collections.abc import Iterator

from .day import Day
from .greedy_fit import Fit
from .greedy_places import candidates, first_style, place, put, remove
from .greedy_types import Draw
from .problem import CATEGORIES, Send
from .state import State

TRIES = 12
"""Places tried for a new send with each of the others that may move for it."""
BACK = 3
"""Types tried for a send that moves and fits nowhere as what it was."""


def make_room(state: State, day: int, category: int, draw: Draw, fit: Fit) -> bool:
    """Place a send of the category by moving one other send of the day elsewhere, or by changing its type."""
    problem, tries = state.problem, 0
    for other in list(state.days[day].sends):
        if (other[0], other[1]) in problem.locked:
            continue
        if time.monotonic() > fit.until:
            break
        before, faults = state.days[day], _own_faults(state, day)
        remove(state, day, other)
        without = state.days[day]
        for send in _places(state, day, category, draw, fit):
            put(state, day, send)
            if _back(state, day, other, draw, fit) and _own_faults(state, day) <= faults:
                return True
            state.swap(day, without)
            tries += 1
            if tries % TRIES == 0:
                break
        state.swap(day, before)
    return False


def _places(state: State, day: int, category: int, draw: Draw, fit: Fit) -> Iterator[Send]:
    """Sends of the category that fit somewhere on the day, the best types first, each with its dearest places."""
    for kind in draw.ranked(day, category):
        for minute in candidates(state, day, kind, fit):
            if fit.allows(day, minute, kind):
                yield minute, kind, first_style(state.problem, kind), 0


def _back(state: State, day: int, send: Send, draw: Draw, fit: Fit) -> bool:
    """Place a send that was taken out: itself elsewhere, else one of the best types of its category."""
    if place(state, day, send[1], fit):
        return True
    ranked = draw.ranked(day, state.problem.category[send[1]])
    return any(place(state, day, kind, fit) for kind in ranked[:BACK])


def _own_faults(state: State, day: int) -> int:
    """Faults that moving the day's sends can make; distinct types are counted when the week is full."""
    return state.days[day].faults + state.times.faults + state.campaign_faults


def place_any(state: State, day: int, category: int, draw: Draw, fit: Fit) -> bool:
    """Place the best type of the category that fits somewhere."""
    return any(place(state, day, kind, fit) for kind in draw.ranked(day, category))


def widen_types(state: State) -> None:
    """Where a week lacks distinct types, change a send's type to an unused one, as long as that mends faults."""
    problem = state.problem
    for day in range(problem.days):
        for at in range(len(state.days[day].sends)):
            if not state.tally.faults:
                return
            minute, kind, _, _ = state.days[day].sends[at]
            uses = state.tally.uses[problem.week_of[day]]
            if (minute, kind) in problem.locked or uses[kind] < 2:
                continue
            fresh = [other for other in problem.types_in[problem.category[kind]] if not uses[other]]
            _change_type(state, day, at, fresh)


def _change_type(state: State, day: int, at: int, kinds: list[int]) -> None:
    for kind in kinds:
        faults = state.faults
        sends = list(state.days[day].sends)
        sends[at] = (sends[at][0], kind, first_style(state.problem, kind), 0)
        old = state.swap(day, Day(state.problem, day, sends, state.days[day].strategy))
        if state.faults < faults:
            return
        state.swap(day, old)


def fill(state: State, draw: Draw, fit: Fit) -> None:
    """One more try, while there is time, for the missing sends that a day still has room for."""
    problem = state.problem
    for day in range(problem.days):
        for category in range(len(CATEGORIES)):
            while (
                state.days[day].counts[category] < problem.quota[day][category]
                and len(state.days[day].sends) < problem.capacity[day]
                and time.monotonic() < fit.until
            ):
                if not (
                    place_any(state, day, category, draw, fit)
                    or make_room(state, day, category, draw, fit)
                    or pack(state, day, category, draw, fit)
                ):
                    break


def pack(state: State, day: int, category: int, draw: Draw, fit: Fit) -> bool:
    """Place the day anew with one send more, as late as each fits; hours matter less than a missing send."""
    problem, before = state.problem, state.days[day]
    locks = [send for send in before.sends if (send[0], send[1]) in problem.locked]
    kinds = [send[1] for send in reversed(before.sends) if send not in locks]
    for more in draw.ranked(day, category):
        state.swap(day, Day(problem, day, locks, before.strategy))
        if _packed(state, day, [more, *kinds], fit) and not _own_faults(state, day):
            return True
    state.swap(day, before)
    return False


def _packed(state: State, day: int, waiting: list[int], fit: Fit) -> bool:
    """Place these types from the day's end backwards, each time the first that fits; False when some are left."""
    start = state.problem.clock.day_start
    for minute in range(start[day + 1] - 1, start[day] - 1, -1):
        if not waiting:
            return True
        if not fit.is_open[minute] or not fit.spaced(minute):
            continue
        kind = next((kind for kind in waiting if fit.allows(day, minute, kind)), None)
        if kind is not None:
            put(state, day, (minute, kind, first_style(state.problem, kind), 0))
            waiting.remove(kind)
    return not waiting


def mend(state: State, draw: Draw, fit: Fit) -> None:
    """On a day that breaks a rule, put one send after the other elsewhere until one of them mends it."""
    for day in range(state.problem.days):
        for send in list(state.days[day].sends):
            if not state.days[day].faults:
                break
            if (send[0], send[1]) not in state.problem.locked:
                _mend_with(state, day, send, draw, fit)


def _mend_with(state: State, day: int, send: Send, draw: Draw, fit: Fit) -> None:
    before, faults = state.days[day], _own_faults(state, day)
    remove(state, day, send)
    without = state.days[day]
    for other in _places(state, day, state.problem.category[send[1]], draw, fit):
        put(state, day, other)
        if _own_faults(state, day) < faults:
            return
        state.swap(day, without)
    state.swap(day, before)


def drop_faults(state: State) -> None:
    """Take out sends that break a rule, one by one, as long as each one mends something."""
    for day in range(state.problem.days):
        for send in list(state.days[day].sends):
            if not state.faults:
                return
            if (send[0], send[1]) in state.problem.locked:
                continue
            faults = state.faults
            remove(state, day, send)
            if state.faults >= faults:
                put(state, day, send)
