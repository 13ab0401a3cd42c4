"""What a method told on its way, kept small and judged afterwards, so that judging costs it no time."""

from __future__ import annotations

import math
import time

from schedsolve.model.week import Week
from schedsolve.solver.decode import Decision

from .evaluator import Evaluation, evaluate

EARLIEST = 0.01
"""Seconds below which moments are not told apart."""
STEP = 1.03
"""Of plans whose times differ by less than this factor the last is kept: 300 in a minute at most."""


class Record:
    """The plans of one run and their moments."""

    def __init__(self, begun: float) -> None:
        self.begun = begun
        self._kept: list[tuple[float, Decision]] = []
        self._steps: list[int] = []

    def found(self, decision: Decision) -> None:
        """Take a plan that the method thinks better than the last. The very first stays whatever follows."""
        at = time.monotonic() - self.begun
        step = int(math.log(max(at, EARLIEST) / EARLIEST, STEP))
        if len(self._kept) > 1 and self._steps[-1] == step:
            self._kept.pop()
            self._steps.pop()
        self._kept.append((at, decision))
        self._steps.append(step)

    def judged(self, week: Week) -> list[tuple[float, Evaluation]]:
        """Every plan kept, with its moment, as the judge sees it."""
        return [(at, evaluate(week, decision)) for at, decision in self._kept]

    def last(self, week: Week) -> list[tuple[float, Evaluation]]:
        """The last plan alone, if there is one."""
        return [(at, evaluate(week, decision)) for at, decision in self._kept[-1:]]
