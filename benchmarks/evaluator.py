"""The one judge of all methods: rules and score of a decided week, by code that no solver uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from schedsolve.constraints.audit import audit
from schedsolve.model.week import Week
from schedsolve.pipeline.finish import finish
from schedsolve.pipeline.scoring import score_units
from schedsolve.pipeline.timetables import timetable_of
from schedsolve.solver.decode import Decision
from schedsolve.solver.lacking import falling_short


@dataclass(frozen=True)
class Evaluation:
    """What a plan is worth: `units` by preference (thousandths of a point), broken rules by id, missing sends."""

    units: Mapping[str, int]
    violations: Mapping[str, int]
    missing: int

    @property
    def value(self) -> int:
        """All units together: the objective."""
        return sum(self.units.values())

    @property
    def valid(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.violations


def evaluate(week: Week, decision: Decision) -> Evaluation:
    """Finish a decision into a plan, as every plan of ours is, and let audit and score read it.

    Every shortfall is declared as bound by `daily-quota`: what really binds it is not asked here.
    """
    finished = finish(week, decision, dict.fromkeys(falling_short(week, decision), ("daily-quota",)))
    parts = {"days": finished.days, "items": finished.items, "pins": finished.pins, "shortfalls": finished.shortfalls}
    table = timetable_of(week, {name: [part.model_dump(mode="json") for part in row] for name, row in parts.items()})
    broken = Counter(violation.rule for violation in audit(table).violations)
    return Evaluation(score_units(table), dict(sorted(broken.items())), sum(decision.missing.values()))
