"""The whole way: scenario -> week -> model -> decision -> plan -> audit."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ..constraints.audit import audit
from ..errors import AuditError, NoPlanError
from ..model.plan import Plan, PlanWarning, Timings
from ..model.scenario import Scenario
from ..model.week import Week
from ..solver.binding import binding_rules
from ..solver.compose import compose
from ..solver.conflicts import UndecidedError
from ..solver.decode import decode
from ..solver.ladder import Climb, climb, climbed, lowest
from ..solver.progress import Cancellation, Progress, relative_gap
from ..solver.runner import Runner
from ..solver.search import BUDGETS, Effort, Outcome, greeted, search
from .explainer import conflicts_of
from .fingerprint import stamp
from .finish import Finished, finish
from .prepare import prepare
from .relaxing import ladder_warnings, relaxations
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
    base = prepare(scenario)
    week, taken = _laddered(base, cancellation)
    run = _Run(base, week, taken, effort, begun)
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
        return run.without_plan("infeasible", [PlanWarning(code="infeasible", message=text) for text in _reasons(week)])
    decision = decode(draft, outcome.solution)
    return run.audited(finish(week, decision, binding_rules(week, decision.missing)), outcome)


def _laddered(base: Week, cancellation: Cancellation | None) -> tuple[Week, Climb | None]:
    """The week on the steps of the ladder that it needs; where none helps, on the last one."""
    if base.scenario.on_conflict == "fail":
        return base, None
    with Runner(None, cancellation or Cancellation()) as runner:
        taken = climb(base, runner)
    return (lowest(base), None) if taken is None else (climbed(base, taken), taken)


def _reasons(week: Week) -> list[str]:
    """Minimal conflicts in words."""
    with Runner(None, Cancellation()) as runner:
        try:
            return [conflict.message for conflict in conflicts_of(week, runner)]
        except UndecidedError:
            return ["the rules contradict each other; which of them was not settled within the budget"]


class _Run:
    """What one solve carries along for its plan."""

    def __init__(self, base: Week, week: Week, taken: Climb | None, effort: Effort, begun: float) -> None:
        self.base = base
        self.week = week
        self.taken = taken
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
        fields["warnings"] = (*fields["warnings"], *scaling_notes(self.week), *balance_warnings(table))
        fields["summary"] = summarise(table)
        fields["audit"] = told(report)
        fields["score"] = {rule: points(value) for rule, value in units.items()}
        return Plan.model_validate(fields)

    def _fields(self, finished: Finished, status: str, outcome: Outcome | None) -> dict[str, Any]:
        scenario = self.week.scenario
        notices = tuple(PlanWarning(code=notice.code, message=notice.message) for notice in self.week.notices)
        return {
            "scenario": stamp(scenario),
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
