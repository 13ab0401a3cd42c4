"""Where the greedy method puts a send: its first free preferred place, dearest first, else any that fits."""

from __future__ import annotations

from bisect import bisect_left, insort

from ...model.catalog import Style
from .day import Day
from .greedy_fit import Fit
from .problem import STYLE_NUMBER, Problem, Send
from .state import State
from .timing import GROUPS, POSITIONS

UNDECIDED = STYLE_NUMBER[Style.SOLO]
"""Rotation-styled sends stand as solo until the pattern gives them their style."""


def place(state: State, day: int, kind: int, fit: Fit) -> bool:
    """Put a send of that type on the day; False where it fits nowhere."""
    for minute in candidates(state, day, kind, fit):
        if fit.allows(day, minute, kind):
            put(state, day, (minute, kind, first_style(state.problem, kind), 0))
            return True
    return False


def first_style(problem: Problem, kind: int) -> int:
    """The style of a new send."""
    return UNDECIDED if problem.rotated[kind] else problem.fixed[kind]


def put(state: State, day: int, send: Send) -> None:
    """Add a send to a day."""
    sends = list(state.days[day].sends)
    insort(sends, send)
    state.swap(day, Day(state.problem, day, sends, state.days[day].strategy))


def remove(state: State, day: int, send: Send) -> None:
    """Take a send from a day."""
    sends = [other for other in state.days[day].sends if other != send]
    state.swap(day, Day(state.problem, day, sends, state.days[day].strategy))


def candidates(state: State, day: int, kind: int, fit: Fit) -> list[int]:
    """Spaced minutes by what they earn, dearest first: seeded wishes, and the first minutes that neighbours leave."""
    problem, timing = state.problem, state.problem.timing
    minutes = [send[0] for send in state.days[day].sends]
    group = timing.group[kind]
    earns_followup = problem.followup_units[kind] if problem.takes_followup[kind] else 0
    found: list[tuple[int, int]] = []
    for stretch in problem.clock.stretches_on[day]:
        start = timing.start[stretch]
        first = bisect_left(minutes, start)
        end = problem.clock.stretches[stretch].end
        held = minutes[first : bisect_left(minutes, end)]
        key = (stretch * POSITIONS + len(held)) * GROUPS + group
        table = timing.table(key)
        asked = [minute for _, minute in timing.peaks(key)]
        asked += _edges(state, start, end, held, fit)
        for minute in asked:
            if not fit.spaced(minute):
                continue
            units = table[minute - start]
            if earns_followup and problem.followups.choices(minute):
                units += earns_followup
            found.append((-units, minute))
    found.sort()
    return [minute for _, minute in found]


def _edges(state: State, start: int, end: int, held: list[int], fit: Fit) -> list[int]:
    """The nearest open minutes at the ends of a stretch and at the least distance from what stands near it."""
    near = state.times.regular
    at = bisect_left(near, start)
    around = [*near[max(0, at - 1) : at], *held, *near[at + len(held) : at + len(held) + 1]]
    wanted = [(start, 1), (end - 1, -1)]
    spacing = fit.needed[start]
    wanted += [(minute + spacing, 1) for minute in around] + [(minute - spacing, -1) for minute in around]
    edges = []
    for minute, step in wanted:
        while start <= minute < end and not fit.is_open[minute]:
            minute += step
        if start <= minute < end:
            edges.append(minute)
    return edges
