"""The search: a first plan, prices, a plan built by them, improvement by parts, and a bound for the whole.

While the first plan is improved day by day, the linear relaxation prices the rows that tie days together. By these prices
a second plan is built, and beside it every day is solved to the end for the bound. Then parts of the better plan are
improved while the whole model with these bounds as cuts is searched best bound first. The two sides run in threads that
cannot see each other; each is a chain of one-worker solves under deterministic budgets, so that the outcome does not
depend on the machine's load or number of cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from ..errors import NoPlanError
from ..model.capacity import unplaceable
from .compose import ceiling
from .decomposition import Decomposition
from .draft import WeekDraft
from .excerpt import Excerpt
from .neighbourhoods import Neighbourhood, first_neighbourhoods, neighbourhoods, settled_sends
from .progress import Cancellation, Progress, Reporter
from .runner import PATROL, Answer, Runner, Solution

Effort = Literal["quick", "standard", "thorough"]
_T = TypeVar("_T")
FIRST_PLAN_WORK = 10.0
"""Deterministic time for a first plan; it usually takes 0.1."""
SETTLING_WORK = 1.0
"""Deterministic time for the last look at strategies and bookkeeping, so that every unit is counted; it takes 0.01."""
LEAST_WORK = 0.001
"""Deterministic time that an attempt is charged at least, so that a budget always ends."""


@dataclass(frozen=True)
class Budget:
    """Deterministic time, one to two seconds of one core each: for improvement, and for the bound."""

    improve: float
    bound: float


BUDGETS: dict[Effort, Budget] = {
    "quick": Budget(improve=0.8, bound=0.8),
    "standard": Budget(improve=5.0, bound=5.0),
    "thorough": Budget(improve=25.0, bound=25.0),
}
WARM_UP = 0.1
"""Share of the improvement budget for days of the first plan, while prices are worked out."""
BUILDING = 0.4
"""Share of the improvement budget for the plan that is built by prices."""
DAYS_PROOF = 1.0
"""Share of the bound's budget that all days together may use; what they leave goes to the whole model."""


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
    reporter = Reporter(report)
    side = ThreadPoolExecutor(1)
    try:
        with Runner(deadline, cancellation or Cancellation()) as runner:
            begin = _begin(draft, runner)
            if begin is None:
                return None
            reporter.tell("first plan", value=begin.value)
            best, bound, work, solves = _Search(draft, budget, runner, reporter, side, gap).run(begin)
    finally:
        side.shutdown(wait=False)
    with Runner(None, Cancellation()) as last:  # not stopped by anything: it takes milliseconds
        settled = _attempt(last, settled_sends(draft), best.solution, SETTLING_WORK)
    bound = max(settled.value, bound)
    work = round(work + last.work, 6)
    return Outcome(settled.solution, settled.value, bound, not runner.cut, work, solves + last.solves)


def _begin(draft: WeekDraft, runner: Runner) -> Answer | None:
    first = _first_plan(draft, runner)
    if first is None:
        return None
    settled = _attempt(runner, settled_sends(draft), first, SETTLING_WORK)
    return settled if settled.solution else replace(settled, solution=first)


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


@dataclass(frozen=True)
class _Plan:
    """A solution of the whole model and its value."""

    solution: Solution
    value: int


class _Search:
    """One search after its first plan."""

    def __init__(
        self,
        draft: WeekDraft,
        budget: Budget,
        runner: Runner,
        reporter: Reporter,
        side: ThreadPoolExecutor,
        gap: float,
    ) -> None:
        self._draft = draft
        self._budget = budget
        self._runner = runner
        self._reporter = reporter
        self._side = side
        self._gap = gap

    def run(self, begin: Answer) -> tuple[_Plan, int, float, int]:
        """The best plan, a bound, and the work and solves that are sure to be the same every time."""
        plan, budget = _Plan(begin.solution, begin.value), self._budget
        pricing = self._side.submit(Decomposition, self._draft, self._runner.seconds_left)
        plan, spent = self._improve(first_neighbourhoods(self._draft), plan, budget.improve * WARM_UP)
        days = self._awaited(pricing)
        bound = ceiling(self._draft)
        if days is None or not days.complete:
            return plan, bound, self._runner.work, self._runner.solves
        bound = min(bound, days.relaxed_bound())
        self._reporter.tell("proving", bound=bound)
        bounding = self._side.submit(self._bound_by_days, days)
        plan, used = self._build(days, plan)
        spent += used
        by_days = self._awaited(bounding)
        bound = bound if by_days is None else min(bound, by_days[0])
        work, solves = self._runner.work, self._runner.solves
        if self._good_enough(plan.value, bound) or self._runner.stopped:
            return plan, bound, work, solves
        left = self._budget.bound - (by_days[1] if by_days else self._budget.bound)
        proving = self._side.submit(self._prove, max(left, 0.0))
        plan, _ = self._improve(neighbourhoods(self._draft, days), plan, budget.improve - spent, bound)
        if self._good_enough(plan.value, bound):  # how far the other side came by now depends on the machine's load
            self._runner.enough()
            proving.result()
            return plan, bound, work, solves
        proof = proving.result()
        if proof is not None and proof.optimal:  # what improvement had done by then depends on the load as well
            return _Plan(proof.solution, proof.value), proof.value, work + proof.work, solves + 1
        if proof is not None:
            if proof.value > plan.value:
                plan = _Plan(proof.solution, proof.value)
            bound = bound if proof.bound is None else min(bound, proof.bound)
        return plan, bound, self._runner.work, self._runner.solves

    def _awaited(self, future: Future[_T]) -> _T | None:
        """The other side's result, or None when the search is stopped before it comes."""
        while not future.done():
            if self._runner.stopped:
                return None
            wait((future,), PATROL)
        return future.result()

    def _good_enough(self, value: int, bound: int) -> bool:
        return bound - value <= self._gap * abs(value)

    def _bound_by_days(self, days: Decomposition) -> tuple[int, float] | None:
        """The bound by days and the work it took."""
        limit = self._budget.bound * DAYS_PROOF / len(days.days)
        works: list[float] = []

        def solve(part: Excerpt) -> Answer:
            answer = self._runner.solve(part.model, limit)
            works.append(answer.work)
            return answer

        with ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1)) as pool:
            bound = days.bound(solve, pool.map)
        if bound is None:
            return None
        self._reporter.tell("proving", bound=bound)
        return bound, sum(sorted(works))

    def _build(self, days: Decomposition, plan: _Plan) -> tuple[_Plan, float]:
        """A plan built by prices, if it is better, and the work it took."""
        limit = self._budget.improve * BUILDING / len(days.days)
        built, used = days.build(self._runner, limit, plan.solution)
        if built is not None:
            settled = _attempt(self._runner, settled_sends(self._draft), built, SETTLING_WORK)
            if settled.solution and settled.value > plan.value:
                plan = _Plan(settled.solution, settled.value)
                self._reporter.tell("improving", value=plan.value)
        return plan, used

    def _improve(
        self, parts: Sequence[Neighbourhood], plan: _Plan, budget: float, bound: int | None = None
    ) -> tuple[_Plan, float]:
        """Take the neighbourhoods in order, then always the one that last gained most per work, until the budget ends.

        One that gained nothing rests until something else has changed the plan.
        """
        promise = {turn: 0.0 if part.spare else float("inf") for turn, part in enumerate(parts)}
        resting: set[int] = set()
        spent = 0.0
        while spent < budget and len(resting) < len(parts) and not self._runner.stopped:
            turn = max((n for n in range(len(parts)) if n not in resting), key=lambda n: (promise[n], -n))
            limit = min(self._budget.improve * parts[turn].share, budget - spent)
            answer = _attempt(self._runner, parts[turn], plan.solution, limit)
            work = max(answer.work, LEAST_WORK)
            spent += work
            gained = max(0, answer.value - plan.value)
            if gained:
                plan = _Plan(answer.solution, answer.value)
                resting.clear()
                self._reporter.tell("improving", value=plan.value)
                if bound is not None and self._good_enough(plan.value, bound):
                    break
            if answer.optimal or not gained:
                resting.add(turn)
            promise[turn] = gained / work
        return plan, spent

    def _prove(self, limit: float) -> Answer | None:
        """A bound for the whole model. A proof of optimality settles the search.

        No hint: following one costs half of a standard budget (a bound of 5.1 % instead of 2.7 % above the best plan).
        """
        if limit <= 0:
            return None
        proof = self._runner.solve(
            self._draft.model.clone(),
            limit,
            "bound",
            on_bound=lambda bound: self._reporter.tell("proving", bound=int(bound)),
        )
        if proof.optimal:
            self._runner.enough()
        return proof


def _attempt(runner: Runner, part: Neighbourhood, solution: Solution, limit: float) -> Answer:
    """Solve a part; the answer's solution is one of the whole model."""
    excerpt = part.excerpt(solution)
    answer = runner.solve(excerpt.model, limit, hint=excerpt.narrowed(solution))
    return replace(answer, solution=excerpt.merged(solution, answer.solution)) if answer.solution else answer
