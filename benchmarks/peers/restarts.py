"""The greedy pipeline again and again with other seeds, keeping the best plan: planning by fresh attempts."""

from __future__ import annotations

import time
from itertools import count
from random import Random

from schedsolve.model.week import Week
from schedsolve.solver.local.decision import decision_of
from schedsolve.solver.local.greedy import SPREAD, greedy_state
from schedsolve.solver.local.problem import Problem

from .peer import Found

SPREADS = (1.0, 0.5, 2.0, 0.25, 0.0)
"""Scales of the noise, as parts of the greedy method's own, that attempts take in turn."""


class Restarts:
    """Greedy plans until the time is over. `attempts` ends it earlier."""

    name = "restarts"

    def __init__(self, attempts: int | None = None) -> None:
        self._attempts = attempts

    def run(self, week: Week, seconds: float, seed: int, found: Found) -> int | None:
        """Tell each plan that breaks fewer rules than those before, or as few and is worth more; nothing is proved."""
        until = time.monotonic() + seconds
        problem = Problem(week)
        best: tuple[int, int] | None = None
        longest = 0.0
        for attempt in count():
            begun = time.monotonic()
            if attempt and (begun + longest > until or attempt == self._attempts):
                break
            chance = Random(seed) if attempt == 0 else Random(f"{seed} {attempt}")
            state = greedy_state(problem, chance, SPREAD * SPREADS[attempt % len(SPREADS)], until)
            reached = (-state.faults, state.units)
            if best is None or reached > best:
                best = reached
                found(decision_of(problem, state.days))
            longest = max(longest, time.monotonic() - begun)
        return None
