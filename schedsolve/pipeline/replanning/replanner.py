"""Replanning: an old plan, what has changed since, and a new plan that keeps the past and moves little."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ...constraints.preference import POINT
from ...errors import Problem, ScenarioError
from ...model.changes import Changes
from ...model.climb import Climb
from ...model.difference import Change, Difference, difference
from ...model.plan import Plan, PlanWarning, Receipt
from ...model.replanned import MadeUp, Replanned
from ...model.scenario import Scenario
from ...model.week import Week
from ...solver.improvement import Found
from ...solver.lacking import Key, asked, falling_short
from ...solver.progress import Cancellation, Progress, Reporter, relative_gap
from ...solver.rework import Limits, Rework, Reworked, binding_rules_now, campaign_binding_now
from ...solver.search import BUDGETS, Effort, Outcome
from ..auditing import Making
from ..fingerprint import fingerprint
from ..finish import finish, utc
from ..prepare import prepare
from ..relaxing import relaxed
from ..scoring import points, score_units
from ..timetables import timetable_of
from .carried import carried_over
from .changed import Changed, apply_changes, as_changes, stating
from .churned import churned
from .making_up import Cell, make_up
from .standing_plan import StandingPlan, as_standing, check_past, minute_of_now

MOVE_COST = 10.0
"""Points that a move must gain to be worth it: as many as a pay-per-view send loses between its best hour and none."""
MOST_COST = 1000.0
"""Points for a move at most: half of what a missing send costs, so that moving is always better than missing one."""


def replan(
    scenario: Scenario,
    plan: Plan | Mapping[str, Any],
    now: datetime | str,
    changes: Changes | Mapping[str, Any] | None = None,
    *,
    max_moves: int | None = None,
    move_cost: float = MOVE_COST,
    effort: Effort = "standard",
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancellation: Cancellation | None = None,
) -> Replanned:
    """Bring a plan in line with changes, without touching what is past.

    Parameters
    ----------
    scenario
        What the plan answers; draws go on with the plan's own seed.
    plan
        A plan of `solve` or of an earlier `replan`, or its plain data.
    now
        Everything before this moment stays; without an offset it is the creator's local time.
    changes
        New blackouts, quotas and locks; sends that are approved, cancelled or failed.
    max_moves
        Sends to come, followups included, that may be moved or dropped at most; those that the changes make
        impossible are not counted.
    move_cost
        Points that each such move must gain at least, 0 to 1000.
    effort, time_limit, progress, cancellation
        As for `solve`; progress tells the value less what moves cost.

    Raises
    ------
    ScenarioError
        When scenario, plan or changes cannot be used, or do not go together.
    InfeasibleError
        When no plan holds the changes, or none within `max_moves`: the least number of moves is told.
    NoPlanError
        When none was found within the limits.
    ValueError
        When `now` is after the plan, or a number makes no sense.
    """
    if max_moves is not None and max_moves < 0:
        raise ValueError(f"max_moves is a number of sends, 0 or more; found {max_moves}")
    if not (math.isfinite(move_cost) and 0 <= move_cost <= MOST_COST):
        raise ValueError(f"move_cost is a number of points from 0 to {MOST_COST:g}; found {move_cost}")
    begun = time.monotonic()
    scenario = _with_seed_of(plan, scenario)
    base = prepare(scenario)
    week = _relaxed(base, plan)
    moment = minute_of_now(week.horizon, datetime.fromisoformat(now) if isinstance(now, str) else now)
    old = as_standing(week, plan)
    check_past(base, old, moment)
    other = old.plan.scenario.sha256 != fingerprint(scenario)
    if week.quotas != base.quotas:
        scenario = stating(scenario, week.quotas)
    changed = apply_changes(scenario, week, old, as_changes(changes), moment)
    limits = Limits(round(move_cost * POINT), max_moves)
    deadline = None if time_limit is None else begun + time_limit
    cancellation = cancellation or Cancellation()
    given = _Given(old, changed, limits, effort, moment)
    receipt = Receipt(made_by="replan", gap=0.0, time_limit=time_limit)
    taken = Climb(week.steps, {}, 0, True) if scenario.on_conflict == "ladder" else None
    run = Making(changed.week, effort, begun, receipt, taken=taken)
    reporter = Reporter(run.watching(progress))
    making = as_changes(changes).make_up
    answer = _Search(given, reporter, deadline, cancellation).run(making)
    new = _told(given, answer, run)
    if other:
        new = _warned(new, "other-scenario", "the old plan was made for another scenario, or for another state of it")
    for slot in answer.not_made_up:
        new = _warned(new, "not-made-up", f"{slot} failed, and no later day has room to make up for it")
    return _result(given, answer, new, score_units(timetable_of(base, old.plan.to_dict())))


@dataclass(frozen=True)
class _Given:
    """What a search works from."""

    old: StandingPlan
    changed: Changed
    limits: Limits
    effort: Effort
    now: int


@dataclass(frozen=True)
class _Answer:
    """What it found, for which scenario; and the days on which failed sends are made up."""

    found: Reworked
    scenario: Scenario
    week: Week
    made_up: tuple[MadeUp, ...]
    size: tuple[int, int]

    @property
    def not_made_up(self) -> list[str]:
        """Failed sends without a day."""
        return [entry.slot_id for entry in self.made_up if entry.date is None]


class _Search:
    """Finds the days that can make up for failed sends, then a plan."""

    def __init__(self, given: _Given, reporter: Reporter, deadline: float | None, cancellation: Cancellation) -> None:
        self._given = given
        self._reporter = reporter
        self._deadline = deadline
        self._cancellation = cancellation

    def run(self, making_up: bool) -> _Answer:
        """The best plan within the budget. A quota that cannot be filled is not raised: another day's is."""
        given, changed = self._given, self._given.changed
        places = given.old.place_of
        failed = [slot for slot in changed.failed if slot in places] if making_up else []
        categories = [given.old.sends[places[slot]].category for slot in failed]
        spare = self._missing_without(changed) if failed else 0
        full: set[Cell] = set()
        while True:
            quotas, taken = make_up(changed.week, categories, given.now, self._gone(), given.old.plan.shortfalls, full)
            scenario, week = changed.with_quotas(quotas)
            with self._rework(week) as rework:
                start = rework.start()
                missing = rework.missing(start)
                raised = [(day, kind) for day, kind in zip(taken, categories, strict=True) if day is not None]
                short = [cell for cell in raised if cell in missing]
                if not short and raised and sum(missing.values()) > spare:
                    short = raised[-1:]
                if short and not self._cancellation.cancelled:
                    full.update(short)
                    continue
                return self._finished(rework, start, scenario, week, self._days(failed, taken))

    def _finished(
        self, rework: Rework, start: Found, scenario: Scenario, week: Week, made_up: tuple[MadeUp, ...]
    ) -> _Answer:
        proto = rework.draft.model.proto
        size = (len(proto.variables), len(proto.constraints))
        found = rework.finish(start, BUDGETS[self._given.effort])
        return _Answer(found, scenario, week, made_up, size)

    def _rework(self, week: Week) -> Rework:
        given = self._given
        return Rework(week, given.changed.standing, given.limits, self._reporter, self._deadline, self._cancellation)

    def _missing_without(self, changed: Changed) -> int:
        """Sends missing anyway, when nothing is made up."""
        with self._rework(changed.week) as rework:
            return sum(rework.missing(rework.start()).values())

    def _gone(self) -> list[int]:
        sends = self._given.old.decision.sends
        return [
            sum(send.day == day and send.minute < self._given.now for send in sends)
            for day in self._given.changed.week.days
        ]

    def _days(self, failed: list[str], taken: tuple[int | None, ...]) -> tuple[MadeUp, ...]:
        week = self._given.changed.week
        return tuple(
            MadeUp(slot_id=slot, date=None if day is None else week.date(day).isoformat())
            for slot, day in zip(failed, taken, strict=True)
        )


def _relaxed(base: Week, plan: Plan | Mapping[str, Any]) -> Week:
    """The week on the steps of the ladder that the plan took: what was loosened for it stays so."""
    data = plan.to_dict() if isinstance(plan, Plan) else plan
    declared = data.get("relaxations") or ()
    try:
        return relaxed(base, declared)
    except (ValueError, TypeError, AttributeError) as error:
        raise ScenarioError("plan", [Problem(str(error), "relaxations")]) from None


def _with_seed_of(plan: Plan | Mapping[str, Any], scenario: Scenario) -> Scenario:
    """The scenario with the seed under which the plan was made: its draws are the plan's."""
    seed = plan.seed if isinstance(plan, Plan) else plan.get("seed")
    if not isinstance(seed, int) or isinstance(seed, bool) or seed == scenario.seed:
        return scenario
    return scenario.model_copy(update={"seed": seed})


def _told(given: _Given, answer: _Answer, run: Making) -> Plan:
    """The audited plan."""
    week, found, now = answer.week, answer.found, given.now
    run.week, run.base, run.size = week, replace(week, steps={}), answer.size
    of_campaigns = campaign_binding_now(week, given.changed.standing, given.limits, found.decision)
    finished = finish(week, found.decision, _binding(given, answer), of_campaigns)
    past = [item for item, send in zip(given.old.sends, given.old.decision.sends, strict=True) if send.minute < now]
    past += [
        item
        for item, followup in zip(given.old.followups, given.old.decision.followups, strict=True)
        if followup.minute < now
    ]
    today = f"{week.horizon.local(max(now, 0)):%Y-%m-%d}"
    finished = carried_over(finished, given.old.plan, past, today, given.changed.ended)
    bound = _bound_of_plan(given, found)
    outcome = Outcome(
        (), found.value, found.value + 1 if bound is None else bound, found.reproducible, found.work, found.solves
    )
    plan = run.of_parts(finished, outcome)
    if bound is not None:
        return plan
    open_ = plan.model_copy(update={"bound": None, "gap": None})
    text = "no bound on this plan's value alone: what is proven is the value less the cost of moves"
    return _warned(open_, "bound-of-net", text)


def _bound_of_plan(given: _Given, found: Reworked) -> int | None:
    """What no plan within the limit of moves is worth more than; None where moves cost and are not limited."""
    limits: Limits = given.limits
    if limits.max_moves is None and limits.move_cost:
        return None
    moves = min(limits.max_moves or 0, given.changed.standing.planned)
    return max(found.value, found.bound + limits.move_cost * moves)


def _binding(given: _Given, answer: _Answer) -> dict[Key, tuple[str, ...]]:
    """The rules that bind each shortfall; one that the old plan had stays as it was told."""
    week, short = answer.week, falling_short(answer.week, answer.found.decision)
    told = {(entry.rule, entry.date, entry.category): entry for entry in given.old.plan.shortfalls}
    known: dict[Key, tuple[str, ...]] = {}
    for key, amount in short.items():
        ask = asked(week, key)
        entry = told.get((ask.rule, week.date(key[0]).isoformat(), ask.category))
        if entry is not None and (entry.wanted, entry.wanted - entry.placed) == (ask.wanted, amount):
            known[key] = entry.binding
    unknown = [key for key in short if key not in known]
    if unknown:
        found = binding_rules_now(week, given.changed.standing, given.limits, short)
        known |= {key: found[key] for key in unknown}
    return known


def _warned(plan: Plan, code: str, message: str) -> Plan:
    return plan.model_copy(update={"warnings": (*plan.warnings, PlanWarning(code=code, message=message))})


def _differences(given: _Given, new: Plan) -> Difference:
    """What differs between the plans; what was called off was dropped, whatever of its type is near."""
    old, ended = given.old.plan.items, given.changed.ended
    going_on = difference([item for item in old if item.slot_id not in ended], new.items)
    off = difference([item for item in old if item.slot_id in ended], [])
    return Difference(changes=tuple(sorted((*going_on.changes, *off.changes), key=_place)))


def _place(change: Change) -> tuple[str, str, str]:
    """By time, as differences are told."""
    here = change.old or change.new
    assert here is not None
    return here.scheduled_at_utc, change.fate, here.slot_id


def _result(given: _Given, answer: _Answer, new: Plan, before: Mapping[str, int]) -> Replanned:
    found, limits = answer.found, given.limits
    churn = churned(given.old.plan.items, new.items, utc(answer.week, given.now), given.changed.impossible)
    net = found.value - limits.move_cost * churn
    bound = max(net, found.bound)
    return Replanned(
        plan=new,
        difference=_differences(given, new),
        now=utc(answer.week, given.now),
        before=points(sum(before.values())),
        churn=churn,
        max_moves=limits.max_moves,
        move_cost=points(limits.move_cost),
        net=points(net),
        bound=points(bound),
        gap=round(relative_gap(net, bound), 6),
        impossible=given.changed.impossible,
        made_up=answer.made_up,
        scenario=answer.scenario,
    )
