"""The search: a first plan, prices, a plan built by them, improvement by parts, and a bound for the whole.

While the first plan is improved day by day, the linear relaxation prices the rows that tie days together. By these
prices a second plan is built, and beside it every day is solved to the end for the bound. Then parts of the better plan
are improved while the whole model is searched best bound first. The two sides run in threads that cannot see each
other; each is a chain of one-worker solves under deterministic budgets, so that the outcome does not depend on the
machine's load or number of cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from ..errors import NoPlanError
from ..model.capacity import unplaceable
from .compose import ceiling
from .decomposition import Decomposition
from .draft import WeekDraft
from .neighbourhoods import Neighbourhood, first_neighbourhoods, neighbourhoods, refilled, settled_sends
from .progress import Cancellation, Progress, Reporter
from .runner import PATROL, Answer, Method, Runner, Solution

Effort = Literal["quick", "standard", "thorough"]
FIRST_PLAN_WORK = 10.0
"""Deterministic time for a first plan; it usually takes 0.1."""
REFILLING_WORK = 0.5
"""Deterministic time for finding room for a send that is missing on a day."""
SETTLING_WORK = 1.0
"""Deterministic time for the last look at strategies and bookkeeping, so that every unit is counted; it takes 0.01."""
LEAST_WORK = 0.001
"""Deterministic time that an attempt is charged at least, so that a budget always ends."""


@dataclass(frozen=True)
class Budget:
    """Deterministic time, one to two seconds of one core each: for improvement, and for the bound.

    A bound of 0 leaves it at the linear relaxation's.
    """

    improve: float
    bound: float


BUDGETS: dict[Effort, Budget] = {
    "quick": Budget(improve=1.6, bound=0.0),
    "standard": Budget(improve=6.0, bound=6.0),
    "thorough": Budget(improve=30.0, bound=30.0),
}
WARM_UP = 0.1
"""Share of the improvement budget for days of the first plan, while prices are worked out."""
BUILDING = 0.8
"""Share of the improvement budget that the plan built by prices may take."""
BUILDING_DAY = 0.3
"""Deterministic time for a day of that plan: more is better spent on improving it."""
DIRECT = 0.5
"""Share of a day's first budget for solving it; what is not proved then is bounded best bound first."""


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
            runner.look_at_the_clock()
    finally:
        side.shutdown(wait=False)
    with Runner(None, Cancellation()) as last:  # not stopped by anything: it takes milliseconds
        settled = _attempt(last, settled_sends(draft), best.solution, SETTLING_WORK)
    if not settled.solution:
        settled = replace(settled, solution=best.solution, value=best.value)
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
        runner = self._runner
        pricing = self._side.submit(Decomposition, self._draft, runner.seconds_left, lambda: runner.stopped)
        plan, spent = self._improve(first_neighbourhoods(self._draft), plan, budget.improve * WARM_UP)
        days = self._priced(pricing)
        bound = ceiling(self._draft)
        if days is None or not days.complete:
            return plan, bound, self._runner.work, self._runner.solves
        bound = min(bound, days.relaxed_bound())
        self._reporter.tell("proving", bound=bound)
        bounding = self._side.submit(self._bound_by_days, days)
        plan, used = self._build(days, plan)
        spent += used
        by_days = bounding.result()
        bound = bound if by_days is None else min(bound, by_days[0])
        work, solves = self._runner.work, self._runner.solves
        if self._good_enough(plan.value, bound) or self._runner.stopped:
            return plan, bound, work, solves
        left = budget.bound - by_days[1] if by_days else 0.0
        proving = self._side.submit(self._prove, left)
        plan, _ = self._improve(neighbourhoods(self._draft, days), plan, budget.improve - spent, bound)
        if self._good_enough(plan.value, bound):  # how far the other side came by now depends on the machine's load
            self._runner.enough()
            proving.result()
            return plan, bound, work, solves
        proof = proving.result()
        if proof is not None:
            if proof.value > plan.value:
                plan = _Plan(proof.solution[: len(plan.solution)], proof.value)
            bound = bound if proof.bound is None else min(bound, proof.bound)
        return plan, bound, self._runner.work, self._runner.solves

    def _priced(self, pricing: Future[Decomposition]) -> Decomposition | None:
        """The decomposition, or None when the search is stopped before it comes: the simplex method cannot be."""
        while not pricing.done():
            if self._runner.stopped:
                return None
            wait((pricing,), PATROL)
        return pricing.result()

    def _good_enough(self, value: int, bound: int) -> bool:
        return bound - value <= self._gap * abs(value)

    def _bound_by_days(self, days: Decomposition) -> tuple[int, float] | None:
        """The bound by days and the work it took; None when a day was stopped before it had one.

        Days that are not proved are tried again with twice the work while the budget lasts.
        """
        if not self._budget.bound:
            return None
        most: dict[int, int] = {}
        spent, limit, unproved = 0.0, self._budget.bound / len(days.days), list(days.days)
        with ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1)) as pool:
            while unproved and not self._runner.stopped:
                answers = list(pool.map(partial(self._bound_day, days, limit), unproved, [not most] * len(unproved)))
                for day, (bound, work, _) in zip(unproved, answers, strict=True):
                    spent += work
                    if bound is not None:
                        most[day] = min(bound, most.get(day, bound))
                if len(most) < len(days.days):
                    return None
                self._reporter.tell("proving", bound=days.bound(most))
                unproved = [day for day, answer in zip(unproved, answers, strict=True) if not answer[2]]
                limit *= 2
                if spent + limit * len(unproved) > self._budget.bound:
                    break
        return (days.bound(most), spent) if most else None

    def _bound_day(self, days: Decomposition, limit: float, day: int, first: bool) -> tuple[int | None, float, bool]:
        """What a day can earn at most, the work to find that, and whether it is proved."""
        if self._runner.stopped:
            return None, 0.0, False
        part, bounds, work = days.alone(day), [], 0.0
        if first:
            answer = self._runner.solve(part.model.clone(), DIRECT * limit)
            if answer.optimal:
                return answer.bound, answer.work, True
            bounds, work, limit = [answer.bound], answer.work, (1 - DIRECT) * limit
        answer = self._runner.solve(part.model, limit, "bound")
        found = [bound for bound in (*bounds, answer.bound) if bound is not None]
        return min(found, default=None), work + answer.work, answer.optimal

    def _build(self, days: Decomposition, plan: _Plan) -> tuple[_Plan, float]:
        """A plan built by prices, if it is better, and the work it took."""
        limit = min(BUILDING_DAY, self._budget.improve * BUILDING / len(days.days))
        built, used = days.build(self._runner, limit, plan.solution)
        if built is not None:
            settled = _attempt(self._runner, settled_sends(self._draft), built, SETTLING_WORK)
            if settled.solution:
                second, filling = self._refill(_Plan(settled.solution, settled.value))
                used += filling
                if second.value > plan.value:
                    plan = second
                    self._reporter.tell("improving", value=plan.value)
        return plan, used

    def _refill(self, plan: _Plan) -> tuple[_Plan, float]:
        """Days that were left short because the others used up the types they needed, planned anew; and the work."""
        spent = 0.0
        for day, least in enumerate(unplaceable(self._draft.week)):
            missing = sum(
                plan.solution[amount.index] for (on, _), amount in self._draft.shortfalls.items() if on == day
            )
            if missing > least and not self._runner.stopped:
                answer = _attempt(
                    self._runner, refilled(self._draft, day, least), plan.solution, REFILLING_WORK, "satisfy"
                )
                spent += answer.work
                if answer.solution:
                    settled = _attempt(self._runner, settled_sends(self._draft), answer.solution, SETTLING_WORK)
                    if settled.value > plan.value:
                        plan = _Plan(settled.solution, settled.value)
        return plan, spent

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
        """A bound for the whole model.

        No hint: following one costs half of a standard budget (a bound of 5.1 % instead of 2.7 % above the best plan).
        It does not stop the other side when it proves its own plan: which of two best plans comes out must not depend
        on who was first.
        """
        if limit <= 0:
            return None
        return self._runner.solve(
            self._draft.tight.clone(),
            limit,
            "bound",
            on_bound=lambda bound: self._reporter.tell("proving", bound=int(bound)),
        )


def _attempt(
    runner: Runner, part: Neighbourhood, solution: Solution, limit: float, method: Method = "optimise"
) -> Answer:
    """Solve a part; the answer's solution is one of the whole model."""
    excerpt = part.excerpt(solution)
    answer = runner.solve(excerpt.model, limit, method, hint=excerpt.narrowed(solution))
    return replace(answer, solution=excerpt.merged(solution, answer.solution)) if answer.solution else answer
