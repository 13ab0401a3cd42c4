"""The search: a greedy plan, annealed, then improved by parts; beside it prices, and a bound for the whole.

While local search moves the sends of the first plan about, the linear relaxation prices the rows that tie days
together. Then parts of the plan are solved anew on the model, while beside it every day is solved for itself at these
prices and the whole model best bound first. The two sides run in threads that cannot see each other; each is a chain of
steps under deterministic budgets, so that the outcome does not depend on the machine's load or number of cores.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from ..errors import NoPlanError
from ..model.capacity import unplaceable
from .bounding import bound_by_days, prove
from .compose import ceiling
from .decode import Decision, decode
from .decomposition import Decomposition
from .draft import WeekDraft
from .encode import encode
from .improvement import Found, Improvement, attempt
from .local.search import LocalSearch
from .neighbourhoods import decided_sends, neighbourhoods, refilled, settled_sends
from .progress import Cancellation, Progress, Reporter
from .runner import PATROL, WORST, Runner, Solution

T = TypeVar("T")
Effort = Literal["quick", "standard", "thorough"]
FIRST_PLAN_WORK = 10.0
"""Deterministic time for a first plan where local search has none."""
REFILLING_WORK = 0.5
"""Deterministic time for finding room for a send that is missing on a day."""
SETTLING_WORK = 1.0
"""Deterministic time for the last look at strategies and bookkeeping, so that every unit is counted; it takes 0.01."""


@dataclass(frozen=True)
class Budget:
    """Moves of local search for each day and squared number of its sends, and deterministic time (one to two seconds
    of a core each) to improve and to bound.

    A bound of 0 leaves it at the linear relaxation's.
    """

    moves: int
    improve: float
    bound: float


BUDGETS: dict[Effort, Budget] = {
    "quick": Budget(moves=18, improve=0.3, bound=0.0),
    "standard": Budget(moves=36, improve=3.2, bound=3.0),
    "thorough": Budget(moves=120, improve=25.0, bound=25.0),
}
MOST_DAYS = 14
"""Days at most for which moves are counted: a plan of four weeks has no time for more."""
MOVE_WORK, ADOPTING = 1 / 35_000, 0.05
"""Deterministic time that is charged for a move of local search, and for putting its plan into the model."""
FIRST_PART = 0.25
"""Share of the improvement budget after which the bound is looked at, when a gap would be good enough."""
PROVING_SHARE = 0.3
"""Share of the bound's budget that must be left for a proof of the whole model: with less it beats no bound by days."""


@dataclass(frozen=True)
class Outcome:
    """What a search found; `value` and `bound` in objective units, `work` in deterministic time."""

    solution: Solution
    value: int
    bound: int
    reproducible: bool
    work: float
    solves: int


def search(
    draft: WeekDraft,
    budget: Budget,
    deadline: float | None = None,
    cancellation: Cancellation | None = None,
    report: Callable[[Progress], None] = lambda _: None,
    gap: float = 0.0,
) -> Outcome | None:
    """Find a good plan and a bound; None when the model is infeasible.

    `deadline` is a `time.monotonic()` moment; `gap` is the share of |value| at which the plan is good enough. Whatever
    ended the search, strategies and bookkeeping are settled last.

    Raises
    ------
    NoPlanError
        When limits or a cancellation came before a first plan.
    """
    cancellation = cancellation or Cancellation()
    thread = ThreadPoolExecutor(1)
    try:
        with Runner(deadline, cancellation) as runner, Runner(deadline, cancellation) as beside:
            outcome = _Search(draft, budget, runner, beside, Reporter(report), thread, gap).run()
            runner.look_at_the_clock()
            cut = runner.cut or beside.cut
    finally:
        thread.shutdown(wait=False)
    if outcome is None:
        return None
    settled = _settled(draft, Found(outcome.solution, outcome.value))
    return replace(
        outcome,
        solution=settled.solution,
        value=settled.value,
        bound=max(settled.value, outcome.bound),
        reproducible=not cut,
    )


def _settled(draft: WeekDraft, plan: Found) -> Found:
    """The plan with strategies and bookkeeping at their best; nothing stops it, it takes milliseconds."""
    with Runner(None, Cancellation()) as last:
        answer = attempt(last, settled_sends(draft), plan.solution, SETTLING_WORK)
    return Found(answer.solution, answer.value) if answer.solution else plan


def _moves(draft: WeekDraft, budget: Budget) -> int:
    """A full day has more places to try for each of its sends: twice the sends earn by four times the moves."""
    days = draft.week.days
    squares = sum(draft.week.quotas[day].total ** 2 for day in days) / len(days)
    return round(budget.moves * squares * min(len(days), MOST_DAYS))


class _Search:
    """One search: `runner` for what improves, `beside` for what bounds."""

    def __init__(
        self,
        draft: WeekDraft,
        budget: Budget,
        runner: Runner,
        beside: Runner,
        reporter: Reporter,
        thread: ThreadPoolExecutor,
        gap: float,
    ) -> None:
        self._draft = draft
        self._budget = budget
        self._runner = runner
        self._beside = beside
        self._reporter = reporter
        self._thread = thread
        self._gap = gap
        self._local = LocalSearch(draft.week)
        self._moves = _moves(draft, budget)
        self._round = 0

    def run(self) -> Outcome | None:
        """The best plan and a bound. How far the other side came when the plan is good enough is not counted."""
        work = self._budget.improve
        plan = self._begin()
        if plan is None:
            return None
        self._reporter.tell("first plan", value=plan.value)
        reading = self._thread.submit(Decomposition, self._draft)
        pricing = self._thread.submit(self._priced, reading)
        bounding = self._thread.submit(lambda: self._bounded(reading.result(), pricing.result()))
        plan, bound = self._refilled(self._annealed(plan)), ceiling(self._draft)
        days = self._awaited(reading)
        if days is not None and self._gap:
            bound = self._awaited(pricing) or bound
        if days is None or self._good_enough(plan.value, bound):
            self._beside.enough()
            return self._outcome(plan, bound, counted=False)
        climb = self._climb(days, plan)
        plan, spent = self._improved(days, climb, plan, work * FIRST_PART if self._gap else work, bound)
        proved = None if self._good_enough(plan.value, bound) else self._awaited(bounding)
        if proved is None:
            self._beside.enough()
            return self._outcome(plan, bound, counted=False)
        bound, other = proved
        plan = max(plan, other or plan, key=lambda found: found.value)
        if not self._good_enough(plan.value, bound):
            plan, _ = self._improved(days, climb, plan, work - spent, bound)
        return self._outcome(plan, bound, counted=True)

    def _outcome(self, plan: Found, bound: int, counted: bool) -> Outcome:
        runners = (self._runner, self._beside) if counted else (self._runner,)
        work, solves = sum(runner.work for runner in runners), sum(runner.solves for runner in runners)
        return Outcome(plan.solution, plan.value, bound, True, round(work, 6), solves)

    def _awaited(self, future: Future[T]) -> T | None:
        """What the other side found; None when the search is stopped before: the simplex method cannot be."""
        while not future.done():
            if self._runner.stopped:
                return None
            wait((future,), PATROL)
        return future.result()

    def _priced(self, reading: Future[Decomposition]) -> int:
        """The bound by the linear relaxation."""
        days = reading.result()
        if not self._beside.stopped:
            days.price(self._beside.seconds_left)
        bound = min(ceiling(self._draft), days.relaxed_bound()) if days.complete else ceiling(self._draft)
        self._reporter.tell("proving", bound=bound)
        return bound

    def _bounded(self, days: Decomposition, bound: int) -> tuple[int, Found | None]:
        """The bound by days, and where all are proved with work to spare, by the whole model; and a plan it met."""
        by_days = bound_by_days(days, self._budget.bound, self._beside, self._reporter)
        if by_days is None:
            return bound, None
        bound, left = min(bound, by_days.bound), self._budget.bound - by_days.work
        if left < PROVING_SHARE * self._budget.bound or self._beside.stopped:
            return bound, None
        proof = prove(self._draft, left, self._beside, self._reporter)
        size = len(self._draft.model.proto.variables)
        met = Found(proof.solution[:size], proof.value) if proof.solution else None
        return bound if proof.bound is None else min(bound, proof.bound), met

    def _good_enough(self, value: int, bound: int) -> bool:
        return bound - value <= self._gap * abs(value)

    def _begin(self) -> Found | None:
        """The greedy plan, or where the model refuses it, any plan that the solver finds; None when there is none."""
        plan = self._adopted(self._local.first(str(self._runner.seed)))
        if plan is None:
            solution = _first_plan(self._draft, self._runner)
            plan = None if solution is None else _settled(self._draft, Found(solution, WORST))
        return plan

    def _adopted(self, decision: Decision) -> Found | None:
        """A decision put into the model, with the best strategies and bookkeeping; None when the model refuses it."""
        values = encode(self._draft, decision)
        if values is None:
            return None
        with Runner(None, Cancellation()) as sure:  # not stopped by anything: it takes milliseconds
            answer = sure.solve(decided_sends(self._draft, values), SETTLING_WORK)
        return Found(answer.solution, answer.value) if answer.solution else None

    def _annealed(self, plan: Found) -> Found:
        """The plan, or a better one that local search finds from it."""
        found = self._adopted(
            self._local.annealed(
                decode(self._draft, plan.solution),
                self._moves,
                str(self._runner.seed),
                lambda: not self._runner.stopped,
                lambda units: self._reporter.tell("improving", value=units),
            )
        )
        return plan if found is None or found.value <= plan.value else found

    def _refilled(self, plan: Found) -> Found:
        """Days that miss more sends than arithmetic demands, planned anew, in the end with the days around them."""
        for day, least in enumerate(unplaceable(self._draft.week)):
            for near in (0, 1, 2):
                if self._missing(plan, day) <= least or self._runner.stopped:
                    break
                part = refilled(self._draft, day, least, near)
                answer = attempt(self._runner, part, plan.solution, REFILLING_WORK, "satisfy")
                if answer.solution:
                    settled = _settled(self._draft, Found(answer.solution, WORST))
                    plan = max(plan, settled, key=lambda found: found.value)
        return plan

    def _missing(self, plan: Found, day: int) -> int:
        """Sends that a plan misses on a day."""
        return sum(plan.solution[amount.index] for (on, _), amount in self._draft.shortfalls.items() if on == day)

    def _climb(self, days: Decomposition, plan: Found) -> Improvement:
        return Improvement(self._runner, neighbourhoods(self._draft, days, plan.solution), self._reporter)

    def _improved(
        self, days: Decomposition, climb: Improvement, plan: Found, budget: float, bound: int
    ) -> tuple[Found, float]:
        """The plan improved by parts; where none gains any more, from other plans too. And the work it took."""

        def enough(value: int) -> bool:
            return self._good_enough(value, bound)

        plan, spent = climb.improve(plan, budget, enough)
        while spent < budget and not self._runner.stopped and not enough(plan.value):
            self._round += 1
            other = self._another(plan)
            spent += self._moves * MOVE_WORK + ADOPTING
            if other is not None:
                way = self._climb(days, other)
                other, used = way.improve(other, budget - spent, enough)
                spent += used
                plan, climb = (other, way) if other.value > plan.value else (plan, climb)
            climb.deepen()
            plan, used = climb.improve(plan, budget - spent, enough)
            spent += used
        return plan, spent

    def _another(self, plan: Found) -> Found | None:
        """Another plan to climb from, by turns a new one and one near the best; None when the model refuses it."""
        seed, goes_on = f"{self._runner.seed} {self._round}", lambda: not self._runner.stopped
        if self._round % 2:
            new = self._adopted(self._local.annealed(self._local.first(seed), self._moves, seed, goes_on))
            return new and self._refilled(new)
        return self._adopted(self._local.shaken(decode(self._draft, plan.solution), self._moves, seed, goes_on))


def _first_plan(draft: WeekDraft, runner: Runner) -> Solution | None:
    """Any plan that misses no more sends than arithmetic demands; else one that misses as few as can be found."""
    model = draft.model.clone()
    model.clear_objective()
    for day, least in enumerate(unplaceable(draft.week)):
        model.add(sum(missing for (on, _), missing in draft.shortfalls.items() if on == day) == least)
    answer = runner.solve(model, FIRST_PLAN_WORK, "satisfy")
    if not answer.solution and not runner.stopped:
        model = draft.model.clone()
        model.clear_objective()
        model.minimize(sum(draft.shortfalls.values()))
        answer = runner.solve(model, FIRST_PLAN_WORK)
    if answer.infeasible:
        return None
    if not answer.solution:
        when = "the search was stopped" if runner.stopped else "the work limit was reached"
        raise NoPlanError(f"{when} before a first plan was found")
    return answer.solution
