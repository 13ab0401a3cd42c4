"""Plans to start from: a greedy one, annealed ones, and for want of these any plan that the solver finds.

Local search decides when what is sent; the model has the last word on it, and adds the best strategies and bookkeeping.
"""

from __future__ import annotations

from collections.abc import Collection

from ..errors import NoPlanError
from ..model.capacity import unplaceable
from .decode import Decision, decode
from .draft import WeekDraft
from .encode import encode
from .improvement import Found, attempt
from .local.search import LocalSearch
from .neighbourhoods import decided_sends, refilled, settled_sends
from .progress import Cancellation, Reporter
from .runner import WORST, Runner, Solution, seed

FIRST_PLAN_WORK = 10.0
"""Deterministic time for a first plan where local search has none."""
REFILLING_WORK = 0.5
"""Deterministic time for finding room for a send that is missing on a day."""
SETTLING_WORK = 1.0
"""Deterministic time for the last look at strategies and bookkeeping, so that every unit is counted; it takes 0.01."""


class Starts:
    """Where a search can start: `moves` of local search lead to each plan but the first."""

    def __init__(self, draft: WeekDraft, runner: Runner, reporter: Reporter, local: LocalSearch, moves: int) -> None:
        self._draft = draft
        self._runner = runner
        self._reporter = reporter
        self._moves = moves
        self._local = local
        self._round = 0

    def first(self) -> Found | None:
        """The greedy plan, or where the model refuses it, any plan that the solver finds; None when there is none."""
        plan = self._adopted(self._local.first(seed()))
        if plan is None:
            solution = _first_plan(self._draft, self._runner)
            plan = None if solution is None else settled(self._draft, Found(solution, WORST))
        return plan

    def _adopted(self, decision: Decision) -> Found | None:
        return adopted(self._draft, decision)

    def annealed(self, plan: Found) -> Found:
        """The plan, or a better one that local search finds from it."""
        found = self._adopted(
            self._local.annealed(
                decode(self._draft, plan.solution),
                self._moves,
                seed(),
                lambda: not self._runner.stopped,
                lambda units: self._reporter.tell("improving", value=units),
            )
        )
        return plan if found is None or found.value <= plan.value else found

    def refilled(self, plan: Found) -> Found:
        """The plan with its short days filled up, as far as they can be."""
        return filled_up(self._draft, self._runner, plan, self._draft.week.days)

    def another(self, best: Found) -> Found | None:
        """One more plan, by turns a new one and one near the best; None when the model refuses it."""
        self._round += 1
        chance, goes_on = f"{seed()} {self._round}", lambda: not self._runner.stopped
        if self._round % 2:
            new = self._adopted(self._local.annealed(self._local.first(chance), self._moves, chance, goes_on))
            return new and self.refilled(new)
        return self._adopted(self._local.shaken(decode(self._draft, best.solution), self._moves, chance, goes_on))


def filled_up(draft: WeekDraft, runner: Runner, plan: Found, days: Collection[int]) -> Found:
    """Days that miss more sends than arithmetic demands, planned anew, in the end with the days around them."""
    for day, least in enumerate(unplaceable(draft.week)):
        for near in (0, 1, 2) if day in days else ():
            if _missing(draft, plan, day) <= least or runner.stopped:
                break
            part = refilled(draft, day, least, near)
            answer = attempt(runner, part, plan.solution, REFILLING_WORK, "satisfy")
            if answer.solution:
                filled = settled(draft, Found(answer.solution, WORST))
                plan = max(plan, filled, key=lambda found: found.value)
    return plan


def _missing(draft: WeekDraft, plan: Found, day: int) -> int:
    """Sends that a plan misses on a day."""
    return sum(plan.solution[amount.index] for (on, _), amount in draft.shortfalls.items() if on == day)


def adopted(draft: WeekDraft, decision: Decision) -> Found | None:
    """A decision put into a model, with the best strategies and bookkeeping; None when the model refuses it."""
    values = encode(draft, decision)
    if values is None:
        return None
    with Runner(None, Cancellation()) as sure:  # not stopped by anything: it takes milliseconds
        answer = sure.solve(decided_sends(draft, values), SETTLING_WORK)
    return Found(answer.solution, answer.value) if answer.solution else None


def settled(draft: WeekDraft, plan: Found) -> Found:
    """The plan with strategies and bookkeeping at their best; nothing stops it, it takes milliseconds."""
    with Runner(None, Cancellation()) as last:
        answer = attempt(last, settled_sends(draft), plan.solution, SETTLING_WORK)
    return Found(answer.solution, answer.value) if answer.solution else plan


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
