"""From a decision to an audited plan: the last steps of every way to make one."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ..constraints.audit import audit
from ..errors import AuditError
from ..model.climb import Climb
from ..model.plan import Plan, PlanWarning, Receipt, Timings
from ..model.volume import VolumeResult
from ..model.week import Week
from ..solver.binding import binding_rules
from ..solver.campaign_binding import campaign_binding
from ..solver.decode import Decision
from ..solver.lacking import falling_short
from ..solver.progress import Progress, relative_gap
from ..solver.search import Effort, Outcome
from .campaigns import break_warnings
from .fingerprint import stamp
from .finish import Finished, finish
from .mixing import mix_warnings, ratio_warnings
from .relaxing import ladder_warnings, relaxations
from .report import told
from .scoring import points, score_units
from .summary import balance_warnings, scaling_notes, summarise
from .timetables import timetable_of

NAMED_VERSIONS = ("schedsolve", "ortools", "numpy")


class Making:
    """What one solve carries along for its plans: `audited` makes one of a decision, `without_plan` one of none.

    `week` is solved; `base` is the week before the steps of the ladder in `taken`, against which plans are audited.
    """

    def __init__(
        self,
        week: Week,
        effort: Effort,
        begun: float,
        receipt: Receipt,
        base: Week | None = None,
        taken: Climb | None = None,
    ) -> None:
        self.week = week
        self.base = base or week
        self.taken = taken
        self.effort = effort
        self.receipt = receipt
        self.begun = begun
        self.first_plan: float | None = None
        self.size = (0, 0)

    def watching(self, progress: Callable[[Progress], None] | None) -> Callable[[Progress], None]:
        """The caller's callback, with the time of the first plan noted."""

        def report(event: Progress) -> None:
            if event.value is not None and self.first_plan is None:
                self.first_plan = time.monotonic() - self.begun
            if progress is not None:
                progress(event)

        return report

    def without_plan(self, status: str, warnings: list[PlanWarning]) -> Plan:
        """A plan without items."""
        empty = Finished((), (), (), (), tuple(warnings))
        return Plan.model_validate(self._fields(empty, status, None))

    def audited(self, decision: Decision, outcome: Outcome) -> Plan:
        """The plan of a decision, once the audit has passed it and found the same value as the solver.

        Raises
        ------
        AuditError
            When it has not: a bug.
        """
        binding = binding_rules(self.week, falling_short(self.week, decision))
        of_campaigns = campaign_binding(self.week, decision)
        return self.of_parts(finish(self.week, decision, binding, of_campaigns), outcome)

    def of_parts(self, finished: Finished, outcome: Outcome) -> Plan:
        """The same from a plan's parts. Raises AuditError."""
        fields = self._fields(finished, "optimal" if outcome.value >= outcome.bound else "feasible", outcome)
        if self.taken is not None:
            table = timetable_of(self.week, {"items": [item.model_dump(mode="json") for item in finished.items]})
            fields["relaxations"] = relaxations(self.base, self.taken, table, finished.shortfalls)
            fields["warnings"] = (*fields["warnings"], *ladder_warnings(self.taken))
        data = Plan.model_validate(fields).to_dict()
        table = timetable_of(self.base, data)
        report, units = audit(table), score_units(table)
        seed = self.week.scenario.seed
        if report.violations:
            first = report.violations[0]
            raise AuditError(f"the plan breaks {first.rule}: {first.message} (seed {seed}); please report this")
        if sum(units.values()) != outcome.value:
            raise AuditError(
                f"the audit counts {points(sum(units.values()))} points, the solver {points(outcome.value)} "
                f"(seed {seed}); please report this"
            )
        notes = (
            *scaling_notes(self.week),
            *balance_warnings(table),
            *ratio_warnings(table),
            *mix_warnings(table),
            *break_warnings(table),
        )
        fields["warnings"] = (*fields["warnings"], *notes)
        fields["summary"] = summarise(table)
        fields["audit"] = told(report)
        fields["score"] = {rule: points(value) for rule, value in units.items()}
        return Plan.model_validate(fields)

    def _fields(self, finished: Finished, status: str, outcome: Outcome | None) -> dict[str, Any]:
        scenario = self.week.scenario
        notices = tuple(PlanWarning(code=notice.code, message=notice.message) for notice in self.week.notices)
        return {
            "scenario": stamp(scenario, content=True),
            "creator_id": scenario.creator.id,
            "seed": scenario.seed,
            "effort": self.effort,
            "receipt": self.receipt,
            "status": status,
            "objective": outcome and points(outcome.value),
            "bound": outcome and points(outcome.bound),
            "gap": outcome and round(relative_gap(outcome.value, outcome.bound), 6),
            "reproducible": outcome.reproducible if outcome else status == "infeasible",
            "versions": versions(),
            "timings": Timings(
                deterministic_time=outcome.work if outcome else 0.0,
                solves=outcome.solves if outcome else 0,
                variables=self.size[0],
                constraints=self.size[1],
                wall_seconds=round(time.monotonic() - self.begun, 3),
                first_plan_seconds=self.first_plan and round(self.first_plan, 3),
            ),
            "days": finished.days,
            "items": finished.items,
            "pins": finished.pins,
            "shortfalls": finished.shortfalls,
            "relaxations": (),
            "warnings": (*notices, *finished.warnings),
            "summary": None,
            "volume": _computed(self.week),
            "audit": None,
            "score": {},
        }


def _computed(week: Week) -> VolumeResult | None:
    """How the quotas came about, unless the scenario states them all."""
    return None if week.volume is None or week.volume.calculation_source == "stated" else week.volume


def versions() -> dict[str, str]:
    """What the bytes of a plan may hang on: packages, Python, and the kind of machine."""
    return {
        **{name: _version(name) for name in NAMED_VERSIONS},
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
    }


def _version(name: str) -> str:
    """The installed version, or `unknown` for a package that runs from its source alone."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
