"""A plan as data, solved for one week and valued on others: the same sends, under other rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...constraints.audit import audit
from ...constraints.daily_quota import DailyQuota
from ...errors import AuditError
from ...model.week import Week
from ...solver.decode import Decision, decode
from ...solver.draft import WeekDraft
from ...solver.lacking import falling_short
from ...solver.progress import Cancellation, Progress
from ...solver.search import BUDGETS, Effort, search
from ..finish import finish
from ..scoring import score_units
from ..timetables import timetable_of

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Valuation:
    """Units by preference, and the sends that are missing from the quotas."""

    units: Mapping[str, int]
    missing: int

    @property
    def value(self) -> int:
        """Their sum: the objective."""
        return sum(self.units.values())


@dataclass(frozen=True)
class Solved:
    """A plan of a week, its valuation there, and a bound on all plans, in units."""

    plan: Data
    valuation: Valuation
    bound: int
    reproducible: bool


def solved(
    draft: WeekDraft, effort: Effort, cancellation: Cancellation | None, report: Callable[[Progress], None]
) -> Solved | None:
    """A plan and a bound for a drafted week; None when it is infeasible.

    Raises
    ------
    NoPlanError
        When no plan was found within the effort.
    AuditError
        When the plan fails the audit, or the solver's value is not the plan's: a bug.
    """
    outcome = search(draft, BUDGETS[effort], None, cancellation, report)
    if outcome is None:
        return None
    plan = _data(draft.week, decode(draft, outcome.solution))
    valuation = valued(draft.week, plan)
    if valuation is None or valuation.value != outcome.value:
        fault = "breaks a rule" if valuation is None else "has another value than the solver tells"
        raise AuditError(f"a plan {fault} (seed {draft.week.scenario.seed}); please report this")
    return Solved(plan, valuation, outcome.bound, outcome.reproducible)


def valued(week: Week, plan: Data) -> Valuation | None:
    """What a plan is worth in a week; None when it breaks one of its rules."""
    table = timetable_of(week, plan)
    if audit(table).violations:
        return None
    return Valuation(score_units(table), sum(shortfall.count for shortfall in table.short_of(DailyQuota.id)))


def _data(week: Week, decision: Decision) -> Data:
    """The parts of a plan that the audit reads; which rules bind a shortfall is not asked."""
    finished = finish(week, decision, dict.fromkeys(falling_short(week, decision), (DailyQuota.id,)))
    parts = {"days": finished.days, "items": finished.items, "pins": finished.pins, "shortfalls": finished.shortfalls}
    return {name: [part.model_dump(mode="json") for part in group] for name, group in parts.items()}
