"""The same CP-SAT model without our search: one solve with the solver's default parameters."""

from __future__ import annotations

import math
import time

from ortools.sat.python import cp_model

from schedsolve.model.week import Week
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import decode
from schedsolve.solver.draft import WeekDraft

from .peer import Found

CORES = 2
"""Workers by default: those that every method in the comparison may use."""
ROUNDING = 1e-6
"""Bounds are told in floating point; a whole number missed by less than this is meant."""


class Plain:
    """What CP-SAT does with the model when it is left alone."""

    name = "plain CP-SAT"

    def __init__(self, workers: int = CORES) -> None:
        self._workers = workers

    def run(self, week: Week, seconds: float, seed: int, found: Found) -> int | None:
        """Solve the whole model once and tell each better plan; the least bound told, in units."""
        deadline = time.monotonic() + seconds
        draft = compose(week)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self._workers
        solver.parameters.random_seed = seed % 2**31
        solver.parameters.catch_sigint_signal = False
        solver.parameters.max_time_in_seconds = max(0.01, deadline - time.monotonic())
        bounds: list[float] = []  # without a solution the response's own bound is a meaningless 0
        solver.best_bound_callback = bounds.append
        status = solver.solve(draft.model, _Teller(draft, found))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            bounds.append(solver.best_objective_bound)
        return math.floor(min(bounds) + ROUNDING) if bounds else None


class _Teller(cp_model.CpSolverSolutionCallback):
    """Decodes every improving solution as it comes."""

    def __init__(self, draft: WeekDraft, found: Found) -> None:
        super().__init__()
        self._draft = draft
        self._found = found

    def on_solution_callback(self) -> None:
        self._found(decode(self._draft, self.response_proto.solution))
