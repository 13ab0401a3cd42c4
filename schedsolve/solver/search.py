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

from ..model.week import Week
from .bounding import bound_by_days, prove
from .compose import ceiling
from .decomposition import Decomposition
from .draft import WeekDraft
from .improvement import Found, Improvement
from .local.search import LocalSearch
from .neighbourhoods import neighbourhoods
from .progress import Cancellation, Progress, Reporter
from .runner import PATROL, Runner, Solution, seed
from .starts import Starts, settled

T = TypeVar("T")
Effort = Literal["quick", "standard", "thorough"]


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
FAR, CLOSED = 0.04, 4.0
"""A gap to the plan that improvement starts from is wide from this share, and this many times what days leave open."""
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


def greeted(week: Week, report: Callable[[Progress], None]) -> LocalSearch:
    """Local search with its first plan, which is told at once: before the model is built, which takes longer."""
    local, reporter = LocalSearch(week), Reporter(report)
    local.first(seed(), lambda units: reporter.tell("first plan", value=units))
    return local


def search(
    draft: WeekDraft,
    budget: Budget,
    deadline: float | None = None,
    cancellation: Cancellation | None = None,
    report: Callable[[Progress], None] = lambda _: None,
    gap: float = 0.0,
    local: LocalSearch | None = None,
) -> Outcome | None:
    """Find a good plan and a bound; None when the model is infeasible.

    `deadline` is a `time.monotonic()` moment; `gap` is the share of |value| at which the plan is good enough; `local`
    is what `greeted` gave. Whatever ended the search, strategies and bookkeeping are settled last.

    Raises
    ------
    NoPlanError
        When limits or a cancellation came before a first plan.
    """
    cancellation = cancellation or Cancellation()
    thread = ThreadPoolExecutor(1)
    try:
        with Runner(deadline, cancellation) as runner, Runner(deadline, cancellation) as beside:
            local = local or LocalSearch(draft.week)
            outcome = _Search(draft, budget, runner, beside, Reporter(report), thread, gap, local).run()
            runner.look_at_the_clock()
            cut = runner.cut or beside.cut
    finally:
        thread.shutdown(wait=False)
    if outcome is None:
        return None
    plan = settled(draft, Found(outcome.solution, outcome.value))
    return replace(
        outcome,
        solution=plan.solution,
        value=plan.value,
        bound=max(plan.value, outcome.bound),
        reproducible=not cut,
    )


def moves_of(draft: WeekDraft, each: int) -> int:
    """Moves of local search for a plan, at so many for each day and squared number of its sends.

    A full day has more places to try for each of its sends: twice the sends earn by four times the moves.
    """
    days = draft.week.days
    squares = sum(draft.week.quotas[day].total ** 2 for day in days) / len(days)
    return round(each * squares * min(len(days), MOST_DAYS))


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
        local: LocalSearch,
    ) -> None:
        self._draft = draft
        self._budget = budget
        self._runner = runner
        self._beside = beside
        self._reporter = reporter
        self._thread = thread
        self._gap = gap
        self._moves = moves_of(draft, budget.moves)
        self._local = local
        self._starts = Starts(draft, runner, reporter, local, self._moves)

    def run(self) -> Outcome | None:
        """The best plan and a bound. How far the other side came when the plan is good enough is not counted."""
        work = self._budget.improve
        plan = self._starts.first()
        if plan is None:
            return None
        if not self._local.told:
            self._reporter.tell("first plan", value=plan.value)
        reading = self._thread.submit(Decomposition, self._draft)
        pricing = self._thread.submit(self._priced, reading)
        started: Future[int] = Future()
        bounding = self._thread.submit(lambda: self._bounded(reading.result(), pricing.result(), started))
        plan, bound = self._starts.refilled(self._starts.annealed(plan)), ceiling(self._draft)
        started.set_result(plan.value)
        days = self._awaited(reading, self._runner)
        if days is not None and self._gap:
            bound = self._awaited(pricing, self._runner) or bound
        if days is None or self._good_enough(plan.value, bound):
            self._beside.enough()
            return self._outcome(plan, bound, counted=False)
        climb = self._climb(days, plan)
        plan, spent = self._improved(days, climb, plan, work * FIRST_PART if self._gap else work, bound)
        proved = None if self._good_enough(plan.value, bound) else self._awaited(bounding, self._runner)
        if proved is None:
            self._beside.enough()
            return self._outcome(plan, bound, counted=False)
        bound, other = proved
        plan = max(plan, other or plan, key=lambda found: found.value)
        if not self._good_enough(plan.value, bound):
            plan, _ = self._improved(days, climb, plan, work - spent, bound)
        return self._outcome(plan, bound, counted=True)

    def _outcome(self, plan: Found, bound: int, counted: bool) -> Outcome:
        """The plan and the bound; of a search that was stopped, whatever bound was told by then."""
        if self._runner.stopped:
            bound = min(bound, self._reporter.bound or bound)
        runners = (self._runner, self._beside) if counted else (self._runner,)
        work, solves = sum(runner.work for runner in runners), sum(runner.solves for runner in runners)
        return Outcome(plan.solution, plan.value, bound, True, round(work, 6), solves)

    def _awaited(self, future: Future[T], runner: Runner) -> T | None:
        """What the other side found; None when this side is stopped before: the simplex method cannot be."""
        while not future.done():
            if runner.stopped:
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

    def _bounded(self, days: Decomposition, bound: int, started: Future[int]) -> tuple[int, Found | None]:
        """The bound by days, and where these leave work to spare, by the whole model; and a plan it met.

        Where days that are all but proved leave a wide gap to the plan that improvement starts from, the prices are
        poor: the whole model then gets a budget of its own (10-heavy-history: 1,692 instead of 1,790 points).
        """
        by_days = bound_by_days(days, self._budget.bound, self._beside, self._reporter)
        if by_days is None:
            return bound, None
        bound, left = min(bound, by_days.bound), self._budget.bound - by_days.work
        start = self._awaited(started, self._beside)
        if start is not None and bound - start > max(FAR * abs(start), CLOSED * by_days.open):
            left = self._budget.bound
        if left < PROVING_SHARE * self._budget.bound or self._beside.stopped:
            return bound, None
        proof = prove(self._draft, left, self._beside, self._reporter)
        size = len(self._draft.model.proto.variables)
        met = Found(proof.solution[:size], proof.value) if proof.solution else None
        return bound if proof.bound is None else min(bound, proof.bound), met

    def _good_enough(self, value: int, bound: int) -> bool:
        return bound - value <= self._gap * abs(value)

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
            other = self._starts.another(plan)
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
