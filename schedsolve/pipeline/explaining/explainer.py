"""Why a scenario has no plan, or falls short, and what would change that: `explain`."""

from __future__ import annotations

import time
from collections.abc import Callable

from ...model.climb import loosest
from ...model.explanation import Explanation
from ...model.plan import PlanWarning
from ...model.scenario import Scenario
from ...solver.conflicts import UndecidedError
from ...solver.contradictions import conflicts_of
from ...solver.progress import Cancellation, Progress
from ...solver.runner import Runner
from ...solver.shortage import shortage, with_ranges
from ..fingerprint import stamp
from ..prepare import prepare
from .purchase import lacks_of, purchases_of
from .repair import Repair

MOST_FIXES = 8
"""Fixes offered at most."""


def explain(
    scenario: Scenario,
    *,
    fixes: int = MOST_FIXES,
    progress: Callable[[Progress], None] | None = None,
    cancellation: Cancellation | None = None,
) -> Explanation:
    """Say why a scenario has no plan, or none without missing sends, and what would change that.

    With `on_conflict: ladder` the question is what stands in the way on the ladder's last step.

    Parameters
    ----------
    scenario
        What to explain. Locks may contradict each other, which `solve` refuses.
    fixes
        Fixes wanted at most.
    progress
        Called with a `Progress` when a phase begins and as it goes on: conflicts, fixes, room.
    cancellation
        Ends the search early when cancelled; what was found by then is returned with a warning.

    Raises
    ------
    ScenarioError
        When the scenario cannot be read as a week at all.
    """
    begun = time.monotonic()

    def tell(phase: str) -> None:
        if progress is not None:
            progress(Progress(phase, None, None, None, time.monotonic() - begun))

    with Runner(None, cancellation or Cancellation()) as runner:
        explanation = _explained(scenario, fixes, runner, tell)
        if runner.stopped:
            stopped = PlanWarning(code="stopped", message="the search was stopped: conflicts or fixes may be missing")
            explanation = explanation.model_copy(update={"warnings": (*explanation.warnings, stopped)})
    return explanation


def _explained(scenario: Scenario, fixes: int, runner: Runner, tell: Callable[[str], None]) -> Explanation:
    week = loosest(prepare(scenario, agreeing=False))
    tell("conflicts")
    short = shortage(week, runner, thorough=False)  # a plan is found sooner than the absence of conflicts is proven
    try:
        found = () if short else conflicts_of(week, runner)
    except UndecidedError:
        message = "whether the rules can hold together was not settled within the budget"
        warning = PlanWarning(code="undecided", message=message)
        return Explanation(scenario=stamp(scenario), outlook="unknown", warnings=(warning,))
    if found:
        repair = Repair(scenario, lambda other: conflicts_of(loosest(other), runner, 1), runner, lambda: tell("fixes"))
        offered = repair.fixes(found[0], fixes)
        return Explanation(scenario=stamp(scenario), outlook="infeasible", conflicts=found, fixes=offered)
    tell("room")
    short = short or shortage(week, runner)
    if short is None:
        warning = PlanWarning(code="undecided", message="the rules can hold, but no plan was found within the budget")
        return Explanation(scenario=stamp(scenario), outlook="unknown", warnings=(warning,))
    short = with_ranges(week, short, runner)
    lacks = lacks_of(week, short)
    purchases, untried = purchases_of(scenario, week, lacks, short, runner, lambda: tell("room"))
    warnings = [PlanWarning(code="untried", message=f"{untried} more changes were not tried: the budget was spent")]
    return Explanation(
        scenario=stamp(scenario),
        outlook="short" if lacks else "complete",
        missing=short.total,
        missing_proven=short.proven,
        lacking=sum(short.lacking.values()),
        lacks=lacks,
        purchases=purchases,
        warnings=tuple(warnings if untried else ()),
    )
