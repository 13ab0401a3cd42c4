"""Auditing a plan against a scenario, whoever made the plan. The solver takes no part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..constraints.audit import audit
from ..errors import Problem, ScenarioError
from ..model.plan import CheckReport, Plan
from ..model.scenario import Scenario
from .load import as_plan
from .prepare import prepare
from .report import told
from .scoring import points, score_units
from .timetables import timetable_of


def check(scenario: Scenario, plan: Plan | Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> CheckReport:
    """Audit a plan: the engine's own, its plain data, or a bare list of items.

    Raises
    ------
    ScenarioError
        When the scenario contradicts itself, or the plan cannot be read.
    """
    week = prepare(scenario)
    data = plan.to_dict() if isinstance(plan, Plan) else as_plan(plan if isinstance(plan, dict) else list(plan))
    try:
        table = timetable_of(week, data)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ScenarioError("plan", [Problem(f"cannot be read: {error}")]) from None
    report = audit(table)
    units = score_units(table)
    objective = points(sum(units.values()))
    claim = data.get("objective")
    stated = claim if isinstance(claim, int | float) and not isinstance(claim, bool) else None
    return CheckReport(
        items=len(table.sends),
        audit=told(report),
        score={rule: points(value) for rule, value in units.items()},
        objective=objective,
        stated_objective=None if stated is None or abs(stated) > 1e15 else float(stated),
        score_agrees=None if stated is None else abs(stated - objective) < 1e-6,
        notes=table.notes,
    )
