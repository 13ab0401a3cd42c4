"""Simulated annealing over a whole week, as local-search planners do it, until the time is over.

It starts from the greedy plan. Each round after the first starts from the best plan, less hot. Rounds are counted in
moves, so that the clock alone decides when it all ends.
"""

from __future__ import annotations

import time
from random import Random

from schedsolve.constraints.preference import POINT
from schedsolve.model.week import Week
from schedsolve.solver.local.annealing import Annealing as Search
from schedsolve.solver.local.decision import decision_of
from schedsolve.solver.local.greedy import SPREAD, greedy_state
from schedsolve.solver.local.problem import Problem
from schedsolve.solver.local.state import State

from .peer import Found

FIRST_HOT, HOT = 5.0 * POINT, 3.0 * POINT
"""Temperatures at the start of the first round, and of the later ones."""
FIRST_ROUND, ROUND = 2500, 5000
"""Moves that the first round, and each later one, has for each day of the week."""
FIRST_MOST, MOST = 3000, 6000
"""And at most, for each second of the given time: long weeks should cool down before it is over."""
STARTS = 3
"""Greedy plans at most from which the best is taken as the start."""
REPORT = 1000
"""Moves between two reports of better plans."""


class Annealing:
    """The annealing planner. `moves` ends it after so many moves, where the time would leave room for more."""

    name = "annealing"

    def __init__(self, moves: int | None = None) -> None:
        self._moves = moves

    def run(self, week: Week, seconds: float, seed: int, found: Found) -> int | None:
        """Anneal until the time is over; nothing is proved."""
        until = time.monotonic() + seconds
        problem, chance = Problem(week), Random(seed)
        search = Search(_start(problem, chance, until), chance)
        told: tuple[int, int] | None = None
        checked = 0

        def tell() -> None:
            nonlocal told
            if search.best != told:
                told = search.best
                found(decision_of(problem, search.best_days))

        def goes_on() -> bool:
            nonlocal checked
            if search.made - checked >= REPORT:
                checked = search.made
                tell()
            return time.monotonic() < until and (self._moves is None or search.made < self._moves)

        tell()
        search.round(min(FIRST_ROUND * problem.days, int(FIRST_MOST * seconds)), FIRST_HOT, goes_on)
        while goes_on():
            search.restart()
            search.round(min(ROUND * problem.days, int(MOST * seconds)), HOT, goes_on)
        tell()
        return None


def _start(problem: Problem, chance: Random, until: float) -> State:
    """The greedy plan; where it misses sends that fit by arithmetic, the best of several."""
    lost = sum(max(0, sum(quota) - most) for quota, most in zip(problem.quota, problem.capacity, strict=True))
    best = greedy_state(problem, chance, SPREAD, until)
    for _ in range(STARTS - 1):
        if best.missing <= lost or time.monotonic() > until:
            break
        state = greedy_state(problem, chance, SPREAD, until)
        best = max(best, state, key=lambda state: (-state.faults, state.units))
    return best
