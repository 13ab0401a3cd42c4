"""A first plan in one pass over the week, each choice made once and kept.

Locks stand first. Day by day, types are drawn for the quotas; the dearest sends take their first free preferred place,
others what is left; a type that fits nowhere is swapped for another. Then styles follow the pattern, minutes take
their seeded jitter, and parents get their followups. What finds no place is missing: hard rules stay hard.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from .day import Day
from .greedy_counts import wanted_sends
from .greedy_finish import add_followups, follow_pattern, settle_minutes
from .greedy_fit import Fit
from .greedy_places import UNDECIDED, place
from .greedy_repair import drop_faults, fill, make_room, mend, place_any, widen_types
from .greedy_strategies import drawn_strategies
from .greedy_types import Draw
from .problem import CATEGORIES, NO_STYLE, Problem
from .state import State

SPREAD = 1000.0
"""Scale of the seeded noise in the draw of types, in units: a point beside worths of 9 to 40."""


def greedy_state(
    problem: Problem,
    chance: Random,
    spread: float = SPREAD,
    until: float = math.inf,
    loosen: Callable[[State, Draw], None] | None = None,
) -> State:
    """A greedy plan; after `until` (monotonic clock) no more room is made for missing sends.

    `spread` is the scale of the noise in the draw of types, in units. `loosen` may place what is missing by rules of
    its own.
    """
    state = State(problem, drawn_strategies(problem))
    _lock(state)
    draw, fit = Draw(state, chance, spread), Fit(state, until=until)
    wanted = wanted_sends(problem)
    for day in range(problem.days):
        _fill_day(state, day, wanted, draw, fit)
    fill(state, draw, fit)
    mend(state, draw, fit)
    widen_types(state)
    follow_pattern(state)
    settle_minutes(state)
    drop_faults(state)
    if loosen is not None:
        loosen(state, draw)
    add_followups(state)
    return state


def _lock(state: State) -> None:
    problem = state.problem
    for day, locks in enumerate(problem.locks):
        sends = [
            (minute, kind, UNDECIDED if style == NO_STYLE and problem.rotated[kind] else style, followup)
            for minute, kind, style, followup in locks
        ]
        state.swap(day, Day(problem, day, sends, state.days[day].strategy))


def _fill_day(state: State, day: int, wanted: list[list[int]], draw: Draw, fit: Fit) -> None:
    problem = state.problem
    days = [d for d in problem.weeks[problem.week_of[day]] if d >= day]
    left = [sum(wanted[d][category] for d in days) for category in range(len(CATEGORIES))]
    chosen: list[int] = []
    for category in range(len(CATEGORIES)):
        for _ in range(wanted[day][category]):
            kind = draw.draw(day, category, chosen, left)
            if kind is not None:
                chosen.append(kind)
            left[category] -= 1
    chosen.sort(key=lambda kind: (problem.category[kind], not problem.ppv[kind], -problem.worth[kind]))
    waiting = [kind for kind in chosen if not place(state, day, kind, fit)]
    for kind in waiting:
        if not place(state, day, kind, fit):
            _swap_type(state, day, problem.category[kind], draw, fit)


def _swap_type(state: State, day: int, category: int, draw: Draw, fit: Fit) -> None:
    """Another type of the category in place of one that fits nowhere, else another send makes room."""
    if not place_any(state, day, category, draw, fit):
        make_room(state, day, category, draw, fit)
