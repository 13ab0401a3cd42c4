"""The solve of a run: allocation, timing and followups in one model, and the ladder where there is no plan."""

from __future__ import annotations

from collections.abc import Callable

from ..model.plan import Plan
from ..model.scenario import Scenario
from .run import StageRun

MADE = ("optimal", "feasible")


def planned(scenario: Scenario, solve: Callable[[Scenario], Plan], stage: StageRun) -> Plan:
    """The plan; where there is none, that of the ladder, which loosens spacing and avoid hours step by step.

    Raises
    ------
    InfeasibleError, NoPlanError
        When the ladder does not help either.
    """
    plan = solve(scenario)
    if plan.status not in MADE:
        told = "; ".join(warning.message for warning in plan.warnings) or plan.status
        plan = solve(scenario.model_copy(update={"on_conflict": "ladder"}))
        stage.recovering("no_free_slot", told, plan.status in MADE)
        plan.raise_for_status()
    for step in plan.relaxations:
        stage.metrics.setdefault("relaxed", []).append(step.rule)
    stage.metrics |= {
        "covers": ["allocation", "targeting", "timing", "followups"],
        "status": plan.status,
        "gap": plan.gap,
        "items": len(plan.items),
        "shortfalls": len(plan.shortfalls),
    }
    return plan
