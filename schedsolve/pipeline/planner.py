"""The whole way: scenario -> week -> model -> decision -> plan -> audit."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..errors import NoPlanError
from ..model.plan import Plan, PlanWarning, Receipt
from ..model.scenario import Scenario
from ..model.week import Ban
from ..solver.compose import compose
from ..solver.contradictions import reasons
from ..solver.decode import decode
from ..solver.draft import WeekDraft
from ..solver.local.search import LocalSearch
from ..solver.progress import Cancellation, Progress
from ..solver.search import BUDGETS, Effort, Outcome, greeted, search
from .auditing import Making
from .laddering import laddered
from .prepare import prepare


@dataclass(frozen=True)
class Found:
    """What a solve found, for those who go on from there: its model and the local search, and the outcome."""

    draft: WeekDraft
    local: LocalSearch
    outcome: Outcome


@dataclass(frozen=True)
class Solved:
    """A plan and what it was made with; `found` is None when there is no plan."""

    plan: Plan
    making: Making
    found: Found | None


def solve(
    scenario: Scenario,
    *,
    effort: Effort = "standard",
    seed: int | None = None,
    time_limit: float | None = None,
    gap: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
    cancellation: Cancellation | None = None,
) -> Plan:
    """Plan a creator's week.

    Parameters
    ----------
    scenario
        What to plan.
    effort
        Deterministic budget of the search: "quick", "standard" or "thorough".
    seed
        Instead of the scenario's seed.
    time_limit
        Wall-clock guard in seconds. A plan that it cut short says `reproducible: false`.
    gap
        Share of |value|: a plan proven to be within it is good enough, and the search ends there.
    progress
        Called with a `Progress` as the search goes on, from the search's own threads.
    cancellation
        Ends the search early when cancelled; the best plan so far is returned.

    Returns
    -------
    Plan
        `status` is optimal, feasible, infeasible (warnings tell why) or unknown (nothing found within the limits).

    Raises
    ------
    ScenarioError
        When the scenario contradicts itself.
    ValueError
        When `gap` is negative.
    AuditError
        When the plan fails the audit: a bug.
    """
    return solved(
        scenario,
        effort=effort,
        seed=seed,
        time_limit=time_limit,
        gap=gap,
        progress=progress,
        cancellation=cancellation,
    ).plan


def solved(
    scenario: Scenario,
    *,
    effort: Effort = "standard",
    seed: int | None = None,
    time_limit: float | None = None,
    gap: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
    cancellation: Cancellation | None = None,
    bans: tuple[Ban, ...] = (),
) -> Solved:
    """The same as `solve`, with what the plan was made with; `bans` keep send types out of spans."""
    if not gap >= 0:
        raise ValueError(f"a gap is a share of the value, 0 or more; found {gap}")
    begun = time.monotonic()
    if seed is not None:
        scenario = scenario.model_copy(update={"seed": seed})
    base = prepare(scenario)
    week, taken = laddered(base, cancellation)
    week = replace(week, bans=bans)
    receipt = Receipt(made_by="why-not" if bans else "solve", gap=gap, time_limit=time_limit)
    making = Making(week, effort, begun, receipt, base, taken)
    report = making.watching(progress)
    local = greeted(week, report)
    draft = compose(week)
    deadline = None if time_limit is None else begun + time_limit
    making.size = (len(draft.model.proto.variables), len(draft.model.proto.constraints))
    try:
        outcome = search(draft, BUDGETS[effort], deadline, cancellation, report, gap, local)
    except NoPlanError as error:
        nothing = making.without_plan("unknown", [PlanWarning(code="no-plan", message=str(error))])
        return Solved(nothing, making, None)
    if outcome is None:
        warnings = [PlanWarning(code="infeasible", message=text) for text in reasons(week)]
        return Solved(making.without_plan("infeasible", warnings), making, None)
    plan = making.audited(decode(draft, outcome.solution), outcome)
    return Solved(plan, making, Found(draft, local, outcome))
