"""The search: a first plan, improvement by parts of the same model, and a bound for the whole of it.

Improvement and bound run side by side in two threads that cannot see each other; each is a chain of one-worker solves
under deterministic budgets, so that the outcome does not depend on the machine's load. Cancelling or a wall-clock limit
cuts both, and the outcome then says that it is not reproducible.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar

from ..errors import NoPlanError
from ..model.capacity import unplaceable
from .draft import WeekDraft
from .neighbourhoods import Neighbourhood, Solution, everything, neighbourhoods

Effort = Literal["quick", "standard", "thorough"]
Status = Literal["optimal", "feasible", "infeasible", "unknown"]
ENOUGH = 1e-9


@dataclass(frozen=True)
class Budget:
    """Deterministic time (the solver's own unit, roughly a second of one core) for each of the two threads.

    `step` is what one improvement may use at most, times the neighbourhood's share.
    """

    improve: float
    bound: float
    step: float


BUDGETS: dict[Effort, Budget] = {
    "quick": Budget(improve=1.0, bound=1.0, step=0.1),
    "standard": Budget(improve=4.0, bound=4.0, step=0.3),
    "thorough": Budget(improve=24.0, bound=24.0, step=1.0),
}


@dataclass(frozen=True)
class Progress:
    """How far a solve is: values in points, `gap` as a share of |value|, None while unknown."""

    phase: str
    value: float | None
    bound: float | None
    gap: float | None
    seconds: float


@dataclass
class Cancellation:
    """Ends a solve early from another thread or a signal handler; the best plan so far is returned."""

    _event: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the solve to end."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether someone asked."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait up to some seconds for someone to ask."""
        return self._event.wait(seconds)


@dataclass(frozen=True)
class Outcome:
    """What a search found; `value` and `bound` in objective units."""

    status: Status
    solution: tuple[int, ...]
    value: int
    bound: int
    reproducible: bool
    deterministic_time: float
    solves: int


class Search:
    """One search over one draft."""

    def __init__(
        self,
        draft: WeekDraft,
        budget: Budget,
        deadline: float | None,
        cancellation: Cancellation,
        report: Callable[[Progress], None],
    ) -> None:
        self.draft = draft
        self.budget = budget
        self.deadline = deadline
        self.cancellation = cancellation
        self._report = report
        self._begun = time.monotonic()
        self._lock = threading.Lock()
        self._running: set[cp_model.CpSolver] = set()
        self._finished = threading.Event()
        self._proved = threading.Event()
        self._value: int | None = None
        self._bound: int | None = None
        self._cut = False
        self._spent = 0.0
        self._solves = 0

    # -- the whole -----------------------------------------------------------------------------------------------

    def run(self) -> Outcome | None:
        """Search; None when the model is infeasible.

        Raises
        ------
        NoPlanError
            When limits or a cancellation came before a first plan.
        """
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        try:
            first = self._first()
            if first is None:
                return None
            return self._improve_and_bound(first)
        finally:
            self._finished.set()
            watch.join()

    def _improve_and_bound(self, first: Solution) -> Outcome:
        improved: list[tuple[Solution, int]] = []
        improver = threading.Thread(target=lambda: improved.append(self._improve(first)), daemon=True)
        improver.start()
        proof = self._prove(first)
        if proof.status == cp_model.OPTIMAL:
            self._proved.set()
        improver.join()
        solution, value = improved[0]
        if proof.status == cp_model.OPTIMAL:
            solution, value = proof.solution, proof.value
        elif proof.value > value:
            solution, value = proof.solution, proof.value
        bound = max(min(proof.bound, self._trivial_bound()), value)
        return Outcome(
            "optimal" if value >= bound else "feasible",
            tuple(solution),
            value,
            bound,
            not self._cut,
            round(self._spent, 6),
            self._solves,
        )

    def _trivial_bound(self) -> int:
        return 2**60

    # -- phases --------------------------------------------------------------------------------------------------

    def _first(self) -> Solution | None:
        """A first complete plan: without objective and without more missing sends than arithmetic demands."""
        model = self.draft.model.clone()
        model.clear_objective()
        for day, least in enumerate(unplaceable(self.draft.week)):
            missing = [amount for (on, _), amount in self.draft.shortfalls.items() if on == day]
            model.add(sum(missing) == least)
        answer = self._solve(model, 20.0, "first plan", linearize=0, presolve=False)
        if answer.status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return answer.solution
        if self._stopped:
            raise NoPlanError("stopped before a first plan was found")
        model = self.draft.model.clone()
        model.clear_objective()
        answer = self._solve(model, 60.0, "first plan", linearize=1, presolve=True)
        if answer.status == cp_model.INFEASIBLE:
            return None
        if not answer.solution:
            raise NoPlanError(
                "no plan was found within the limits; a higher effort or time limit may find one"
            )
        return answer.solution

    def _improve(self, first: Solution) -> tuple[Solution, int]:
        """Walk through the neighbourhoods: one round in order, then by what each has gained, until the budget ends."""
        begin = self._part(everything(self.draft), first, 1.0)
        best, value = (begin.solution, begin.value) if begin.solution else (first, -(2**60))
        spent = begin.deterministic_time
        parts = neighbourhoods(self.draft)
        promise = dict.fromkeys(range(len(parts)), float("inf"))
        settled: set[int] = set()
        while spent < self.budget.improve and len(settled) < len(parts):
            if self._stopped or self._proved.is_set():
                break
            turn = max((n for n in range(len(parts)) if n not in settled), key=lambda n: (promise[n], -n))
            limit = min(self.budget.step * parts[turn].share, self.budget.improve - spent)
            answer = self._part(parts[turn], best, limit)
            spent += max(answer.deterministic_time, ENOUGH)
            gained = answer.value - value if answer.solution else 0
            if gained > 0:
                best, value = answer.solution, answer.value
                settled.clear()
                self._tell("improving", value=value)
            if gained <= 0 or answer.status == cp_model.OPTIMAL:
                settled.add(turn)
            promise[turn] = gained / max(answer.deterministic_time, ENOUGH)
        return best, value

    def _part(self, part: Neighbourhood, incumbent: Solution, limit: float) -> Answer:
        model = self.draft.model.clone()
        variables = model.proto.variables
        for variable in part.fixed(incumbent):
            domain = variables[variable.index].domain
            domain.clear()
            domain.extend([incumbent[variable.index]] * 2)
        return self._solve(model, limit, part.name, hint=incumbent)

    def _prove(self, first: Solution) -> Answer:
        """A bound for the whole model: a tree search on the linear relaxation."""
        return self._solve(self.draft.model.clone(), self.budget.bound, "bound", hint=first, tree=True)

    # -- one solve -----------------------------------------------------------------------------------------------

    def _solve(
        self,
        model: cp_model.CpModel,
        limit: float,
        name: str,
        hint: Solution | None = None,
        linearize: int = 2,
        presolve: bool = True,
        tree: bool = False,
    ) -> Answer:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = 1
        parameters.random_seed = 1
        parameters.linearization_level = linearize
        parameters.cp_model_presolve = presolve
        parameters.max_deterministic_time = limit
        if not linearize:
            parameters.cp_model_probing_level = 0
        if tree:
            parameters.optimize_with_lb_tree_search = True
            solver.best_bound_callback = lambda bound: self._tell("proving", bound=int(bound))
        if self.deadline is not None:
            parameters.max_time_in_seconds = max(0.01, self.deadline - time.monotonic())
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
                self._solves += 1
        response = solver.response_proto
        with self._lock:
            self._spent += response.deterministic_time
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Answer(
            status,
            tuple(response.solution) if found else (),
            round(response.objective_value) if found else -(2**60),
            _floor(response.best_objective_bound),
            response.deterministic_time,
        )

    # -- stopping and telling ------------------------------------------------------------------------------------

    @property
    def _stopped(self) -> bool:
        if self.cancellation.cancelled or (self.deadline is not None and time.monotonic() >= self.deadline):
            self._cut = True
        return self._cut

    def _watch(self) -> None:
        """Stop running solves when asked to; a stop is lost on a solve that has not started, so it is repeated."""
        while not self._finished.wait(0.05):
            if self._stopped or self._proved.is_set():
                with self._lock:
                    running = list(self._running)
                for solver in running:
                    solver.stop_search()

    def _tell(self, phase: str, value: int | None = None, bound: int | None = None) -> None:
        with self._lock:
            self._value = value if value is not None else self._value
            self._bound = bound if bound is not None else self._bound
            value, bound = self._value, self._bound
        gap = None if value is None or bound is None else relative_gap(value, bound)
        self._report(
            Progress(
                phase,
                None if value is None else value / 1000,
                None if bound is None else bound / 1000,
                gap,
                time.monotonic() - self._begun,
            )
        )


@dataclass(frozen=True)
class Answer:
    """The outcome of one solve."""

    status: int
    solution: Solution
    value: int
    bound: int
    deterministic_time: float


def _floor(bound: float) -> int:
    """A bound on a whole-number objective, rounded down with room for floating point."""
    return int(bound + 1e-6) if bound > 0 else -int(-bound - 1e-6 + 1)


def relative_gap(value: int, bound: int) -> float:
    """(bound - value) / |value|; 0 when they meet."""
    if bound <= value:
        return 0.0
    return (bound - value) / max(1, abs(value))


__all__: Sequence[str] = [
    "BUDGETS",
    "Budget",
    "Cancellation",
    "Effort",
    "Outcome",
    "Progress",
    "Search",
    "Status",
]
_ = IntVar
