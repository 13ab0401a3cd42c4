"""Working a standing plan over: the past fixed, moves paid and counted, from the old plan upwards, with a bound.

The start is the old plan itself with all that can stay; parts of it are then solved anew like any other plan's. Beside
it runs the bound, of the value less what moves cost. Both sides have deterministic budgets.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Self

from ortools.sat.python.cp_model import CpModel

from ..errors import InfeasibleError, NoPlanError
from ..model.capacity import unplaceable
from ..model.catalog import Category
from ..model.week import Week
from .binding import binding_rules
from .bounding import bound_by_days, prove
from .campaign_binding import Wanting, campaign_binding
from .churn import Churn, post_churn
from .compose import ceiling, compose
from .contradictions import contradicting
from .decode import Decision, decode
from .decomposition import Decomposition
from .draft import WeekDraft
from .encode import encode
from .excerpt import Excerpt
from .frozen import freeze, hold
from .improvement import Found, Improvement, attempt
from .lacking import Counts, Key
from .neighbourhoods import Neighbourhood, decided_sends, neighbourhoods
from .progress import Cancellation, Reporter
from .runner import PATROL, WORST, Runner, Solution
from .search import PROVING_SHARE, Budget
from .standing import Standing
from .starts import FIRST_PLAN_WORK, SETTLING_WORK, filled_up, settled

ADDING_WORK = 1.0
"""Deterministic time for adding what is missing around all sends that stay."""
MISSED = 100
"""Moves that a missing send is worth while a first plan is looked for."""


@dataclass(frozen=True)
class Limits:
    """What a move costs (units), and how many there may be; None for any number."""

    move_cost: int
    max_moves: int | None


@dataclass(frozen=True)
class Reworked:
    """What was found: `value` in units without what the `churn` moves cost; `bound` is one of the value less that."""

    decision: Decision
    value: int
    churn: int
    bound: int
    reproducible: bool
    work: float
    solves: int


class Rework:
    """One standing plan, its model and its runners: `start` and then `finish`, inside a `with`."""

    def __init__(
        self,
        week: Week,
        standing: Standing,
        limits: Limits,
        reporter: Reporter,
        deadline: float | None = None,
        cancellation: Cancellation | None = None,
    ) -> None:
        self._standing = standing
        self._limits = limits
        self._reporter = reporter
        cancellation = cancellation or Cancellation()
        self._runner, self._beside = Runner(deadline, cancellation), Runner(deadline, cancellation)
        self._thread = ThreadPoolExecutor(1)
        self.draft, self._churn = _drafted(week, standing, limits.move_cost)
        if limits.max_moves is not None:
            self._churn.limit(self.draft, limits.max_moves)

    def __enter__(self) -> Self:
        self._runner.__enter__()
        self._beside.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._beside.enough()
        self._thread.shutdown(wait=False)
        self._beside.__exit__(None, None, None)
        self._runner.enough()
        self._runner.__exit__(None, None, None)

    def start(self) -> Found:
        """The old plan with all that can stay, and what is missing added where there is room.

        Raises
        ------
        InfeasibleError
            When no plan holds the past, the rules and the limit of moves.
        NoPlanError
            When none was found within the limits.
        """
        plan = self._unchanged() or self._rescued()
        self._reporter.tell("first plan", value=plan.value)
        days = range(max(0, self._standing.begun - 1), len(self.draft.week.days))
        if self._misses(plan, days):
            answer = attempt(self._runner, self._additions, plan.solution, ADDING_WORK)
            if answer.solution and answer.value > plan.value:
                plan = Found(answer.solution, answer.value)
            plan = filled_up(self.draft, self._runner, plan, days)
            self._reporter.tell("first plan", value=plan.value)
        return plan

    def missing(self, plan: Found) -> dict[tuple[int, Category], int]:
        """Sends missing in a plan, by day and category."""
        amounts = ((key, plan.solution[amount.index]) for key, amount in self.draft.shortfalls.items())
        return {key: amount for key, amount in amounts if amount}

    def _misses(self, plan: Found, days: range) -> bool:
        least, missing = unplaceable(self.draft.week), self.missing(plan)
        return any(sum(missing.get((day, kind), 0) for kind in Category) > least[day] for day in days)

    def finish(self, plan: Found, budget: Budget) -> Reworked:
        """A plan improved within the budget, and a bound."""
        days = Decomposition(self.draft)
        bounding = self._thread.submit(self._bounded, days, budget)
        plan = settled(self.draft, self._improved(days, plan, budget.improve))
        bound = self._awaited(bounding)
        self._runner.look_at_the_clock()
        churn = self._churn.of(plan.solution)
        return Reworked(
            decode(self.draft, plan.solution, self._standing.carried),
            plan.value + self._limits.move_cost * churn,
            churn,
            max(bound, plan.value),
            not (self._runner.cut or self._beside.cut),
            round(self._runner.work + self._beside.work, 6),
            self._runner.solves + self._beside.solves,
        )

    def _unchanged(self) -> Found | None:
        """The old plan as it is; None when the model refuses it."""
        values = encode(self.draft, self._standing.decision)
        if values is None or hold(self.draft.model.clone(), values) is not None:
            return None
        with Runner(None, Cancellation()) as sure:  # not stopped by anything: it takes milliseconds
            answer = sure.solve(decided_sends(self.draft, values), SETTLING_WORK)
        return Found(answer.solution, answer.value) if answer.solution else None

    def _rescued(self) -> Found:
        """A plan near the old one, where that cannot stay as it is."""
        answer = self._runner.solve(self._near(self.draft, self._churn, MISSED), FIRST_PLAN_WORK)
        if answer.solution:
            return settled(self.draft, Found(answer.solution, WORST))
        if not answer.infeasible:
            when = "the search was stopped" if self._runner.stopped else "the work limit was reached"
            raise NoPlanError(f"{when} before a first plan was found")
        raise self._no_plan()

    def _near(self, draft: WeekDraft, churn: Churn, missed: int) -> CpModel:
        """The model with another aim: few moves, and fewer missing sends where one counts as `missed` moves."""
        model = draft.model.clone()
        model.clear_objective()
        model.maximize(sum(churn.literals()) - missed * sum(draft.shortfalls.values()))
        for variable, value in (encode(draft, self._standing.decision) or {}).items():
            model.add_hint(model.get_int_var_from_proto_index(variable), value)
        return model

    def _no_plan(self) -> InfeasibleError:
        """Why there is none: too few moves allowed, or the rules."""
        most = self._limits.max_moves
        if most is not None:
            draft, churn = _drafted(self.draft.week, self._standing, self._limits.move_cost)
            answer = self._runner.solve(self._near(draft, churn, 0), FIRST_PLAN_WORK)
            if answer.solution:
                least = churn.of(answer.solution)
                proved = "" if answer.optimal else " (the least that was found)"
                return InfeasibleError(
                    [
                        f"at most {most} of the sends to come may be moved or dropped, but the changes force "
                        f"{least} of them{proved}: allow {least} moves, or take a change back"
                    ]
                )
        return InfeasibleError(
            [
                "no plan holds what has gone out, the locks, the approved sends and the changes",
                *contradicting(self.draft.week),
            ]
        )

    @property
    def _additions(self) -> Neighbourhood:
        """All kept sends held, everything else of the future free."""

        def excerpt(solution: Solution) -> Excerpt:
            model = self.draft.model.clone()
            kept = self._churn.literals()
            hold(model, {literal.index: 1 for literal in kept if solution[literal.index]})
            return Excerpt(model, tuple(range(len(model.proto.variables))))

        return Neighbourhood("additions", ADDING_WORK, excerpt, self.draft.week.days)

    def _improved(self, days: Decomposition, plan: Found, budget: float) -> Found:
        """The plan improved by its parts that are still to come, again and deeper until the budget is spent."""
        first, touched = max(0, self._standing.begun - 1), self._standing.touched
        open_ = (
            part for part in neighbourhoods(self.draft, days, plan.solution) if any(day >= first for day in part.days)
        )
        parts = [*sorted(open_, key=lambda part: bool(touched) and touched.isdisjoint(part.days)), self._additions]
        climb = Improvement(self._runner, parts, self._reporter)
        spent, rests = 0.0, False
        while spent < budget and not self._runner.stopped:
            plan, used = climb.improve(plan, budget - spent, lambda _: False)
            if not used and rests:
                break
            spent, rests = spent + used, not used
            climb.deepen()
        return plan

    def _bounded(self, days: Decomposition, budget: Budget) -> int:
        """A bound by the linear relaxation, by days, and with work to spare by the whole model."""
        bound = ceiling(self.draft)
        if self._beside.stopped:
            return bound
        days.price(self._beside.seconds_left)
        if days.complete:
            bound = min(bound, days.relaxed_bound())
        self._reporter.tell("proving", bound=bound)
        by_days = bound_by_days(days, budget.bound, self._beside, self._reporter)
        left = budget.bound
        if by_days is not None:
            bound, left = min(bound, by_days.bound), left - by_days.work
        if not budget.bound or left < PROVING_SHARE * budget.bound or self._beside.stopped:
            return bound
        proof = prove(self.draft, left, self._beside, self._reporter)
        return bound if proof.bound is None else min(bound, proof.bound)

    def _awaited(self, bounding: Future[int]) -> int:
        """The bound; when stopped, the best one told by then: the simplex method cannot be."""
        while not bounding.done():
            if self._runner.stopped:
                return self._reporter.bound or ceiling(self.draft)
            wait((bounding,), PATROL)
        return bounding.result()


def _drafted(week: Week, standing: Standing, move_cost: int) -> tuple[WeekDraft, Churn]:
    made: list[Churn] = []

    def amend(draft: WeekDraft) -> None:
        freeze(draft, standing)
        made.append(post_churn(draft, standing, move_cost))

    return compose(week, amend), made[0]


def binding_rules_now(week: Week, standing: Standing, limits: Limits, short: Counts) -> dict[Key, tuple[str, ...]]:
    """For every shortfall the rules that bind it, given what has gone out and how many moves are allowed."""
    return binding_rules(week, short, _given(standing, limits))


def campaign_binding_now(
    week: Week, standing: Standing, limits: Limits, decision: Decision
) -> dict[Wanting, tuple[str, ...]]:
    """For every family that runs too seldom the rules that bind it, given the same."""
    return campaign_binding(week, decision, _given(standing, limits))


def _given(standing: Standing, limits: Limits) -> Callable[[WeekDraft], None]:
    """What holds besides the rules."""

    def amend(draft: WeekDraft) -> None:
        freeze(draft, standing)
        churn = post_churn(draft, standing, 0)
        if limits.max_moves is not None:
            churn.limit(draft, limits.max_moves)

    return amend
