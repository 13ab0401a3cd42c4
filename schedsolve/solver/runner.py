"""Running one-worker solves that can be stopped: by their deterministic budget, by the clock, or by someone.

Only the deterministic budget leaves a solve reproducible; the other two mark the run as cut.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from ortools.sat.python import cp_model

from .progress import Cancellation

Solution = Sequence[int]
Method = Literal["satisfy", "optimise", "bound", "explain"]
WORST = -(2**60)
SEED = 1
PATROL = 0.05
"""Seconds between two looks at clock and cancellation."""


def seed() -> str:
    """The seed of every choice of the search's own; the scenario's seed is another one."""
    return str(SEED)


@dataclass(frozen=True)
class Answer:
    """The outcome of one solve; `value` is WORST without a solution, `bound` is None when none was proved."""

    status: cp_model.CpSolverStatus
    solution: Solution
    value: int
    bound: int | None
    work: float
    """Deterministic time used."""
    core: Sequence[int] = ()
    """Of an infeasible model, assumptions that suffice for it."""

    @property
    def optimal(self) -> bool:
        """Whether the solution is proven to be the best."""
        return self.status == cp_model.OPTIMAL

    @property
    def infeasible(self) -> bool:
        """Whether no solution exists."""
        return self.status == cp_model.INFEASIBLE


class Runner:
    """A context in which solves run; leaving it ends the patrol that stops them."""

    def __init__(self, deadline: float | None, cancellation: Cancellation) -> None:
        self._deadline = deadline
        self._cancellation = cancellation
        self._lock = threading.Lock()
        self._running: set[cp_model.CpSolver] = set()
        self._over = threading.Event()
        self._enough = threading.Event()
        self._patrol = threading.Thread(target=self._watch, name="schedsolve patrol", daemon=True)
        self.cut = False
        self.work = 0.0
        self.solves = 0

    def __enter__(self) -> Self:
        self._patrol.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:  # an error here must not wait for a solve elsewhere
            self.enough()
            while self._running:
                time.sleep(PATROL)
        while self.stopped and self._running:
            time.sleep(PATROL)
        self._over.set()
        self._patrol.join()

    def enough(self) -> None:
        """Stop everything else because the outcome is settled, which does not make it less reproducible."""
        self._enough.set()

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the deadline; None without one."""
        return None if self._deadline is None else max(0.01, self._deadline - time.monotonic())

    def look_at_the_clock(self) -> None:
        """Note a deadline that passed inside the last solve."""
        self.cut = self.cut or (self.stopped and not self._enough.is_set())

    @property
    def stopped(self) -> bool:
        """Whether nothing new should begin."""
        late = self._deadline is not None and time.monotonic() >= self._deadline
        if (late or self._cancellation.cancelled) and not self._enough.is_set():
            self.cut = True
        return self.cut or self._enough.is_set()

    def solve(
        self,
        model: cp_model.CpModel,
        limit: float,
        method: Method = "optimise",
        hint: Solution | None = None,
        on_bound: Callable[[float], None] | None = None,
    ) -> Answer:
        """Solve with one worker within `limit` deterministic time; `hint` holds a value for every variable.

        `satisfy` looks for any solution at once, `optimise` for the best, `bound` walks the tree best bound first, and
        `explain` asks whether the model's assumptions can hold together. Once stopped, nothing is found.
        """
        if self.stopped:
            return Answer(cp_model.UNKNOWN, (), WORST, None, 0.0)
        solver = cp_model.CpSolver()
        self._configure(solver, limit, method)
        bounds: list[float] = []  # without a solution the response's own bound may be a meaningless 0

        def note(bound: float) -> None:
            bounds.append(bound)
            if on_bound is not None:
                on_bound(bound)

        if method in ("optimise", "bound"):
            solver.best_bound_callback = note
        if hint is not None:
            model.clear_hints()
            model.proto.solution_hint.vars.extend(range(len(hint)))
            model.proto.solution_hint.values.extend(hint)
        with self._lock:
            self._running.add(solver)
        try:
            status = solver.solve(model)
        finally:
            with self._lock:
                self._running.discard(solver)
        response = solver.response_proto
        with self._lock:
            self.work += response.deterministic_time
            self.solves += 1
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        if found:
            bounds.append(response.best_objective_bound)
        return Answer(
            status,
            tuple(response.solution) if found else (),
            round(response.objective_value) if found else WORST,
            _whole(min(bounds)) if bounds else None,
            response.deterministic_time,
            tuple(response.sufficient_assumptions_for_infeasibility),
        )

    def _configure(self, solver: cp_model.CpSolver, limit: float, method: Method) -> None:
        parameters = solver.parameters
        parameters.num_workers = 1
        parameters.catch_sigint_signal = False  # its handler aborts the process when two solves run at once
        parameters.random_seed = SEED
        parameters.max_deterministic_time = limit
        if self.seconds_left is not None:
            parameters.max_time_in_seconds = self.seconds_left
        if method == "satisfy":  # a first plan in 0.1 s instead of 0.6 s with presolve and linear relaxation
            parameters.cp_model_presolve = False
            parameters.linearization_level = 0
            parameters.cp_model_probing_level = 0
        elif (
            method == "explain"
        ):  # presolve may name foreign literals (ortools #5141); the relaxation finds what counts
            parameters.cp_model_presolve = False
            parameters.linearization_level = 2
        else:  # the linear relaxation proves what the default cannot
            parameters.linearization_level = 2
            parameters.optimize_with_lb_tree_search = method == "bound"
            parameters.max_presolve_iterations = 1  # bounds 0.1 to 1.8 % lower after the same work
        if method == "optimise":  # parts are small: a lighter presolve still leaves time for 0.6 to 18 % better plans
            parameters.cp_model_probing_level = 0
            parameters.symmetry_level = 0
            parameters.cut_level = 0  # a crowded week: 11 % better than with cuts

    def _watch(self) -> None:
        """Stop what runs when asked; a stop is lost on a solve that has not begun to search, so it is repeated."""
        while not self._over.wait(PATROL):
            if self.stopped:
                with self._lock:
                    running = list(self._running)
                for solver in running:
                    solver.stop_search()


def _whole(bound: float) -> int:
    """The largest whole number an objective can reach under a bound told in floating point."""
    return math.floor(bound + 1e-6)
