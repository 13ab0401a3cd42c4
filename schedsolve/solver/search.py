"""The search: a first plan, improvement by parts of the same model, and a bound for the whole of it.

Improvement and bound run side by side in two threads that cannot see each other; each is a chain of one-worker solves
under deterministic budgets, so that the outcome does not depend on the machine's load.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from ..errors import NoPlanError
from ..model.capacity import unplaceable
from .compose import ceiling
from .draft import WeekDraft
from .neighbourhoods import Neighbourhood, neighbourhoods, settled_sends
from .progress import Cancellation, Progress, Reporter
from .runner import Answer, Runner, Solution

Effort = Literal["quick", "standard", "thorough"]
FIRST_PLAN_WORK = 10.0
"""Deterministic time for a first plan; it usually takes 0.1."""
SETTLING_WORK = 1.0
"""Deterministic time for the last look at strategies and bookkeeping, so that every unit is counted; it takes 0.01."""
LEAST_WORK = 0.001
"""Deterministic time that an attempt is charged at least, so that a budget always ends."""


@dataclass(frozen=True)
class Budget:
    """Deterministic time, a few seconds of one core each: for improvement, and for the bound."""

    improve: float
    bound: float


BUDGETS: dict[Effort, Budget] = {
    "quick": Budget(improve=0.8, bound=0.8),
    "standard": Budget(improve=4.0, bound=4.0),
    "thorough": Budget(improve=20.0, bound=20.0),
}


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
) -> Outcome | None:
    """Find a good plan and a bound; None when the model is infeasible.

    `deadline` is a `time.monotonic()` moment. Whatever ended the search, strategies and bookkeeping are settled last.

    Raises
    ------
    NoPlanError
        When limits or a cancellation came before a first plan.
    """
    reporter = Reporter(report)
    with ThreadPoolExecutor(1) as side, Runner(deadline, cancellation or Cancellation()) as runner:
        first = _first_plan(draft, runner)
        if first is None:
            return None
        begin = _part(draft, runner, settled_sends(draft), first, SETTLING_WORK)
        if begin.solution:
            first = begin.solution
            reporter.tell("first plan", value=begin.value)
        opening = (runner.work, runner.solves)
        proving = side.submit(_prove, draft, runner, budget, reporter)
        solution, value = _improve(draft, runner, budget, first, begin.value, reporter)
        proof = proving.result()
        if proof.optimal or proof.value > value:
            solution, value = proof.solution, proof.value
    with Runner(None, Cancellation()) as last:  # not stopped by anything: it takes milliseconds
        settled = _part(draft, last, settled_sends(draft), solution, SETTLING_WORK)
    value = settled.value
    work, solves = runner.work, runner.solves
    if proof.optimal:  # what improvement had done by then depends on the machine's load, and its plan is not used
        work, solves = opening[0] + proof.work, opening[1] + 1
    bound = max(value, ceiling(draft) if proof.bound is None else proof.bound)
    return Outcome(settled.solution, value, bound, not runner.cut, round(work + last.work, 6), solves + last.solves)


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


def _improve(
    draft: WeekDraft, runner: Runner, budget: Budget, best: Solution, value: int, reporter: Reporter
) -> tuple[Solution, int]:
    """Take the neighbourhoods in order, then always the one that last gained most per work, until the budget ends.

    One that gained nothing rests until something else has changed the plan.
    """
    parts = neighbourhoods(draft)
    promise = {turn: 0.0 if part.spare else float("inf") for turn, part in enumerate(parts)}
    resting: set[int] = set()
    spent = 0.0
    while spent < budget.improve and len(resting) < len(parts) and not runner.stopped:
        turn = max((n for n in range(len(parts)) if n not in resting), key=lambda n: (promise[n], -n))
        limit = min(budget.improve * parts[turn].share, budget.improve - spent)
        answer = _part(draft, runner, parts[turn], best, limit)
        spent += max(answer.work, LEAST_WORK)
        gained = max(0, answer.value - value)
        if gained:
            best, value = answer.solution, answer.value
            resting.clear()
            reporter.tell("improving", value=value)
        if answer.optimal or not gained:
            resting.add(turn)
        promise[turn] = gained / max(answer.work, LEAST_WORK)
    return best, value


def _part(draft: WeekDraft, runner: Runner, part: Neighbourhood, incumbent: Solution, limit: float) -> Answer:
    """Solve the model with everything outside the neighbourhood fixed."""
    model = draft.model.clone()
    variables = model.proto.variables
    for variable in part.fixed(incumbent):
        domain = variables[variable.index].domain
        domain.clear()
        domain.extend([incumbent[variable.index]] * 2)
    return runner.solve(model, limit, hint=incumbent)


def _prove(draft: WeekDraft, runner: Runner, budget: Budget, reporter: Reporter) -> Answer:
    """A bound for the whole model. A proof of optimality settles the search.

    No hint: following one costs half of a standard budget (a bound of 5.1 % instead of 2.7 % above the best plan).
    """
    proof = runner.solve(
        draft.model.clone(),
        budget.bound,
        "bound",
        on_bound=lambda bound: reporter.tell("proving", bound=int(bound)),
    )
    if proof.optimal:
        runner.enough()
    return proof
