"""The whole way: scenario -> week -> model -> decision -> plan -> audit."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ..constraints.audit import audit
from ..errors import AuditError, NoPlanError
from ..model.plan import Plan, PlanWarning, ScenarioStamp, Timings
from ..model.scenario import Scenario
from ..model.week import Week
from ..solver.binding import binding_rules
from ..solver.compose import compose
from ..solver.conflict import reasons_for_infeasibility
from ..solver.decode import decode
from ..solver.progress import Cancellation, Progress, relative_gap
from ..solver.search import BUDGETS, Effort, Outcome, greeted, search
from .finish import Finished, finish
from .prepare import prepare
from .report import told
from .scoring import points, score_units
from .summary import balance_warnings, scaling_notes, summarise
from .timetables import timetable_of

NAMED_VERSIONS = ("schedsolve", "ortools", "numpy")


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
    if not gap >= 0:
        raise ValueError(f"a gap is a share of the value, 0 or more; found {gap}")
    begun = time.monotonic()
    if seed is not None:
        scenario = scenario.model_copy(update={"seed": seed})
    week = prepare(scenario)
    run = _Run(week, effort, begun)
    report = run.watching(progress)
    local = greeted(week, report)
    draft = compose(week)
    deadline = None if time_limit is None else begun + time_limit
    run.size = (len(draft.model.proto.variables), len(draft.model.proto.constraints))
    try:
        outcome = search(draft, BUDGETS[effort], deadline, cancellation, report, gap, local)
    except NoPlanError as error:
        return run.without_plan("unknown", [PlanWarning(code="no-plan", message=str(error))])
    if outcome is None:
        reasons = reasons_for_infeasibility(week)
        return run.without_plan("infeasible", [PlanWarning(code="infeasible", message=text) for text in reasons])
    decision = decode(draft, outcome.solution)
    return run.audited(finish(week, decision, binding_rules(week, decision.missing)), outcome)


class _Run:
    """What one solve carries along for its plan."""

    def __init__(self, week: Week, effort: Effort, begun: float) -> None:
        self.week = week
        self.effort = effort
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

    def audited(self, finished: Finished, outcome: Outcome) -> Plan:
        """The plan, once the audit has passed it and found the same value as the solver."""
        fields = self._fields(finished, "optimal" if outcome.value >= outcome.bound else "feasible", outcome)
        data = Plan.model_validate(fields).to_dict()
        table = timetable_of(self.week, data)
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
        fields["warnings"] = (*fields["warnings"], *scaling_notes(self.week), *balance_warnings(table))
        fields["summary"] = summarise(table)
        fields["audit"] = told(report)
        fields["score"] = {rule: points(value) for rule, value in units.items()}
        return Plan.model_validate(fields)

    def _fields(self, finished: Finished, status: str, outcome: Outcome | None) -> dict[str, Any]:
        scenario = self.week.scenario
        notices = tuple(PlanWarning(code=notice.code, message=notice.message) for notice in self.week.notices)
        return {
            "scenario": ScenarioStamp(name=scenario.name, sha256=fingerprint(scenario)),
            "creator_id": scenario.creator.id,
            "seed": scenario.seed,
            "effort": self.effort,
            "status": status,
            "objective": outcome and points(outcome.value),
            "bound": outcome and points(outcome.bound),
            "gap": outcome and round(relative_gap(outcome.value, outcome.bound), 6),
            "reproducible": outcome.reproducible if outcome else status == "infeasible",
            "versions": {name: _version(name) for name in NAMED_VERSIONS},
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
            "audit": None,
            "score": {},
        }


def _version(name: str) -> str:
    """The installed version, or `unknown` for a package that runs from its source alone."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def fingerprint(scenario: Scenario) -> str:
    """SHA-256 of a scenario's content in canonical form, seed included; layout and comments do not matter."""
    return sha256(scenario.model_dump_json(by_alias=True).encode()).hexdigest()
