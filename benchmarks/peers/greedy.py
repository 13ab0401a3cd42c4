"""The greedy pipeline: one pass over the week, each choice made once and kept."""

from __future__ import annotations

import time
from random import Random

from schedsolve.model.week import Week
from schedsolve.solver.local.decision import decision_of
from schedsolve.solver.local.greedy import SPREAD, greedy_state
from schedsolve.solver.local.problem import Problem

from .greedy_ladder import loosen
from .peer import Found


class Greedy:
    """One greedy plan. With the ladder it would rather loosen spacing and avoided hours than leave a send out."""

    name = "greedy"

    def __init__(self, ladder: bool = False) -> None:
        self._ladder = ladder
        if ladder:
            self.name = "greedy+ladder"

    def run(self, week: Week, seconds: float, seed: int, found: Found) -> int | None:
        """Plan once and stop; nothing is proved."""
        until = time.monotonic() + seconds
        problem = Problem(week)
        state = greedy_state(problem, Random(seed), SPREAD, until, loosen if self._ladder else None)
        found(decision_of(problem, state.days))
        return None
