"""After every send has its place: styles by the pattern, minutes by the final order, then the followups."""

from __future__ import annotations

from bisect import bisect_left

from .day import Day
from .greedy_fit import style_allowed
from .problem import GUARDED, Send
from .settle import settled
from .state import State


def follow_pattern(state: State) -> None:
    """Give each rotation-styled send the pattern's next style, or a free one where the style rules refuse it."""
    problem = state.problem
    for day in range(problem.days):
        position = state.position_before(day)
        for place in range(len(state.days[day].sends)):
            minute, kind, style, followup = state.days[day].sends[place]
            if not problem.rotated[kind]:
                continue
            wished = problem.pattern[day][position % 4]
            position += 1
            if problem.locked.get((minute, kind), False):
                continue
            if not GUARDED[wished] or style_allowed(state, day, minute, wished):
                style = wished
            _replace(state, day, place, (minute, kind, style, followup))


def settle_minutes(state: State) -> None:
    """Move each send to its best minute between its neighbours, day by day, where that breaks nothing."""
    problem = state.problem
    for day in range(problem.days):
        faults, units = state.faults, state.units
        sends = settled(state, day, state.days[day].sends, problem.clock.stretches_on[day])
        old = state.swap(day, Day(problem, day, sends, state.days[day].strategy))
        if state.faults > faults or state.units < units:
            state.swap(day, old)
            for stretch in problem.clock.stretches_on[day]:
                _settle_stretch(state, day, stretch)


def _settle_stretch(state: State, day: int, stretch: int) -> None:
    faults, units = state.faults, state.units
    sends = settled(state, day, state.days[day].sends, (stretch,))
    old = state.swap(day, Day(state.problem, day, sends, state.days[day].strategy))
    if state.faults > faults or state.units < units:
        state.swap(day, old)


def add_followups(state: State) -> None:
    """A followup for every parent that can have one, dearest parents first, nearest to the drawn delay."""
    problem = state.problem
    parents = [
        (-problem.followup_units[kind], day, place)
        for day in range(problem.days)
        for place, (_, kind, _, followup) in enumerate(state.days[day].sends)
        if problem.takes_followup[kind] and not followup
    ]
    eve = [(-parent.units, problem.days, place) for place, parent in enumerate(problem.followups.open_parents)]
    for _, day, place in sorted(parents + eve):
        _add_followup(state, day, place)


def _add_followup(state: State, day: int, place: int) -> None:
    problem, faults, units = state.problem, state.faults, state.units
    minute, kind, style, _ = state.days[day].sends[place]
    if day == problem.days:
        choices, wish = problem.followups.open_parents[kind].choices, 0
    else:
        choices = problem.followups.choices(minute)
        wish = minute + problem.timing.wish(*_position(state, day, place))
    for followup in sorted(choices, key=lambda choice: abs(choice - wish)):
        old = _replace(state, day, place, (minute, kind, style, followup))
        if state.faults <= faults and state.units > units:
            return
        state.swap(day, old)


def _position(state: State, day: int, place: int) -> tuple[int, int]:
    """Stretch of a send, and its position there."""
    problem, sends = state.problem, state.days[day].sends
    stretch = problem.clock.stretch_of[sends[place][0]]
    return stretch, place - bisect_left(sends, (problem.timing.start[stretch],))


def _replace(state: State, day: int, place: int, send: Send) -> Day:
    sends = list(state.days[day].sends)
    sends[place] = send
    return state.swap(day, Day(state.problem, day, sends, state.days[day].strategy))
