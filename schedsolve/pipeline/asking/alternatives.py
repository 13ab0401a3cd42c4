"""Different good plans of a week: a pool of them, and from it the set whose members are farthest apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ...model.alternatives import Alternative, Alternatives
from ...model.difference import distance
from ...model.plan import Item, Plan
from ...model.scenario import Scenario
from ...solver import improvement
from ...solver.decode import decode
from ...solver.lacking import falling_short
from ...solver.progress import Cancellation, Progress, Reporter
from ...solver.runner import Runner
from ...solver.search import BUDGETS, Effort, Outcome, moves_of
from ...solver.variants import Variants
from ..auditing import Making
from ..finish import finish
from ..planner import Found, solved
from ..scoring import points

MOST = 20
"""Alternatives at most."""
SPARE = 3
"""Plans in the pool beyond those asked for."""
MOST_MOVES = 36
"""Moves of local search for a start, at most, for each day and squared number of its sends."""
WORK_SHARE, LEAST_WORK, MOST_WORK = 0.1, 0.3, 2.0
"""Share of the effort's improvement budget for one plan of the pool, and its limits, in deterministic time."""


def alternatives(
    scenario: Scenario,
    count: int = 5,
    within: float = 0.01,
    *,
    effort: Effort = "standard",
    seed: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancellation: Cancellation | None = None,
) -> Alternatives:
    """The best plan, and other good ones that differ from it and from each other as much as can be.

    Parameters
    ----------
    scenario
        What to plan.
    count
        How many alternatives, 1 to 20. There may be fewer within `within`; the answer says so.
    within
        Share of the best plan's |value| that an alternative may be worth less, 0 to 1.
    effort, seed, progress, cancellation
        As for `solve`. The pool is searched with the search's own chances: the objective stays the same.

    Raises
    ------
    ScenarioError
        When the scenario contradicts itself.
    InfeasibleError, NoPlanError
        When there is no plan at all.
    ValueError
        When `count` or `within` makes no sense.
    """
    if not 1 <= count <= MOST:
        raise ValueError(f"from 1 to {MOST} alternatives can be asked for, found {count}")
    if not 0 <= within <= 1:
        raise ValueError(f"within is a share of the value, 0 to 1; found {within}")
    cancellation = cancellation or Cancellation()
    first = solved(scenario, effort=effort, seed=seed, progress=progress, cancellation=cancellation)
    first.plan.raise_for_status()
    assert first.found is not None
    pool = _Pool(first.found, effort, within, progress, cancellation)
    pool.grow(count + SPARE)
    return _chosen(pool, first.plan, first.making, count, within)


class _Pool:
    """Good plans of a week, found one after the other."""

    def __init__(
        self,
        found: Found,
        effort: Effort,
        within: float,
        progress: Callable[[Progress], None] | None,
        cancellation: Cancellation,
    ) -> None:
        self.draft, self._local, self._outcome = found.draft, found.local, found.outcome
        self._budget = BUDGETS[effort]
        self._within = within
        self._reporter = Reporter(progress or (lambda _: None))
        self._cancellation = cancellation
        self.tried = 0
        self.best = improvement.Found(found.outcome.solution, found.outcome.value)
        self.others: tuple[improvement.Found, ...] = ()

    def grow(self, size: int) -> None:
        """So many more plans, or fewer when cancelled."""
        work = min(MOST_WORK, max(LEAST_WORK, WORK_SHARE * self._budget.improve))
        moves = moves_of(self.draft, min(MOST_MOVES, self._budget.moves))
        with Runner(None, self._cancellation) as runner:
            variants = Variants(self.draft, self.best, self._local, moves, work, self._within, runner)
            while self.tried < size and not runner.stopped:
                self._reporter.tell(f"plan {self.tried + 1}/{size}", value=variants.best.value)
                variants.grow()
                self.tried += 1
            self.best, self.others = variants.best, variants.others
            self._outcome = replace(
                self._outcome,
                reproducible=self._outcome.reproducible and not runner.cut,
                work=round(self._outcome.work + runner.work, 6),
                solves=self._outcome.solves + runner.solves,
            )

    def outcome(self, plan: improvement.Found) -> Outcome:
        """The outcome of the whole search, with one of its plans; the bound holds for all."""
        bound = max(self._outcome.bound, self.best.value)
        return replace(self._outcome, solution=plan.solution, value=plan.value, bound=bound)


def _chosen(pool: _Pool, first: Plan, making: Making, count: int, within: float) -> Alternatives:
    """The farthest set of the pool, audited."""
    making.receipt = making.receipt.model_copy(update={"made_by": "alternatives"})
    found = (pool.best, *pool.others)
    items = [_items(making, pool, plan) for plan in found]
    order = farthest(items, count)
    outcomes = [pool.outcome(found[place]) for place in order]
    plans = [making.audited(decode(pool.draft, outcome.solution), outcome) for outcome in outcomes]
    if points(pool.best.value) == first.objective and plans[0].items == first.items:
        plans[0] = first
    table = [[distance(one.items, other.items) for other in plans] for one in plans]
    best = pool.best.value
    others = [
        Alternative(
            number=number,
            value=points(outcomes[number].value),
            loss=points(best - outcomes[number].value),
            loss_share=round((best - outcomes[number].value) / max(1, abs(best)), 6),
            from_best=table[number][0],
            nearest=min(away for place, away in enumerate(table[number]) if place != number),
            plan=plans[number],
        )
        for number in range(1, len(plans))
    ]
    reproducible = outcomes[0].reproducible
    return Alternatives(
        asked=count,
        within=within,
        best=plans[0],
        alternatives=tuple(others),
        distances=tuple(map(tuple, table)),
        tried=pool.tried,
        reproducible=reproducible,
        message=_message(len(others), count, within, pool.tried, reproducible),
    )


def _items(making: Making, pool: _Pool, plan: improvement.Found) -> Sequence[Item]:
    decision = decode(pool.draft, plan.solution)
    return finish(making.week, decision, dict.fromkeys(falling_short(making.week, decision), ())).items


def farthest(plans: Sequence[Sequence[Item]], count: int) -> list[int]:
    """Places of the first plan and up to `count` others, each the farthest from all before it.

    Among equally far ones the one with the greatest sum of distances wins, then the earlier one. A plan that differs
    from one before it in no send is left out.
    """
    order = [0]
    away = [distance(plans[0], plan) for plan in plans]
    total = list(away)
    while len(order) <= count:
        left = [place for place in range(len(plans)) if place not in order and away[place]]
        if not left:
            break
        order.append(max(left, key=lambda place: (away[place], total[place], -place)))
        for place, plan in enumerate(plans):
            step = distance(plans[order[-1]], plan)
            away[place], total[place] = min(away[place], step), total[place] + step
    return order


def _message(found: int, asked: int, within: float, tried: int, reproducible: bool) -> str:
    parts = []
    if found < asked:
        told = f"only {found}" if found else "none"
        parts.append(f"{asked} asked for, {told} found within {100 * within:g}%")
        parts.append(f"{tried} plans were tried; a greater --within or --effort may find more")
    if not reproducible:
        parts.append("the search was cut short, so that another run may give another set")
    return "; ".join(parts)
