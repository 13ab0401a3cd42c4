"""Holding a rule's two halves against each other: fix a schedule in the model, and ask the audit about the same one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar

from schedsolve.constraints import RULES, Rule, rules_of
from schedsolve.constraints.draft import FollowupVar, Slot
from schedsolve.model.catalog import Category
from schedsolve.model.rule_settings import Rules
from schedsolve.model.timetable import DayRecord, Missing, Send, Timetable
from schedsolve.model.week import Week
from schedsolve.solver.compose import draft_rules
from schedsolve.solver.draft import WeekDraft


def only(*rules: str, **settings: dict[str, object]) -> dict[str, dict[str, object]]:
    """Rule settings that leave on just the named rules; keywords (underscores for hyphens) give their parameters."""
    changed = {name.replace("_", "-"): value for name, value in settings.items()}
    off: dict[str, dict[str, object]] = {
        str(field.alias): {"enabled": False} for field in Rules.model_fields.values() if field.alias not in rules
    }
    return {**off, **changed}


def disagreements(week: Week, plans: Iterable[Timetable]) -> tuple[list[str], int, int]:
    """Schedules on which model and audit differ, and how many both accept and both refuse."""
    draft = draft_rules(week)
    rules = rules_of(week)
    different, accepted, refused = [], 0, 0
    for plan in plans:
        posted, audited = holds_in_model(draft, plan), not _broken(rules, plan)
        if posted != audited:
            sends = ", ".join(f"{s.minute} {s.type_key} {s.style or ''}".strip() for s in plan.sends)
            different.append(f"model {posted}, audit {audited}: {sends}")
        accepted += posted and audited
        refused += not posted and not audited
    return different, accepted, refused


def _broken(rules: Sequence[Rule], plan: Timetable) -> bool:
    return any(next(iter(rule.violations(plan)), None) is not None for rule in rules)


def holds_in_model(draft: WeekDraft, plan: Timetable) -> bool:
    """Whether the model can be completed once every slot, followup and strategy is fixed to the plan's."""
    fixings = _fixings(draft, plan)
    if fixings is None:
        return False
    model = draft.model.clone()
    for variable, value in fixings:
        model.add(variable == value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return status == cp_model.OPTIMAL


def _fixings(draft: WeekDraft, plan: Timetable) -> list[tuple[IntVar, int]] | None:
    """What the plan means for the model's variables; None when it has no place for a send."""
    fixings: list[tuple[IntVar, int]] = []
    slot_of: dict[str, Slot] = {}
    rows: dict[tuple[int, int], list[Slot]] = {}
    for slot in draft.slots:
        rows.setdefault((slot.segment.start, slot.segment.end), []).append(slot)
    for (start, end), slots in rows.items():
        sends = [send for send in plan.regular if start <= send.minute < end]
        if len(sends) > len(slots):
            return None
        for slot, send in zip(slots, sends, strict=False):
            if send.type_key not in slot.kinds:
                return None
            slot_of[send.id] = slot
            fixings += [(slot.used, 1), (slot.start, send.minute), (slot.kinds[send.type_key], 1)]
            if (send.type_key, send.style) in slot.looks:
                fixings.append((slot.looks[send.type_key, send.style], 1))  # type: ignore[index]
        fixings += [(slot.used, 0) for slot in slots[len(sends) :]]
    if len(slot_of) < len(plan.regular):
        return None
    followups = _followup_fixings(draft, plan, slot_of)
    if followups is None:
        return None
    campaigns = _campaign_fixings(draft, plan)
    if campaigns is None:
        return None
    strategies = [
        (literal, int(key == plan.strategy(day)))
        for day in range(len(plan.days))
        for key, literal in draft.strategy(day).items()
    ]
    return [*fixings, *followups, *strategies, *campaigns]


def _campaign_fixings(draft: WeekDraft, plan: Timetable) -> list[tuple[IntVar, int]] | None:
    carried = [(send.day, send.campaign_type) for send in plan.sends if send.campaign_type is not None]
    if len(set(carried)) < len(carried) or not set(carried) <= set(draft.campaigns):
        return None
    return [(literal, int(key in carried)) for key, literal in draft.campaigns.items()]


def _followup_fixings(draft: WeekDraft, plan: Timetable, slot_of: dict[str, Slot]) -> list[tuple[IntVar, int]] | None:
    wanted = {send.parent: send for send in plan.followups}
    if len(wanted) < len(plan.followups):
        return None
    fixings: list[tuple[IntVar, int]] = []
    met = 0
    parents = {slot: parent for parent, slot in slot_of.items()}
    for followup in draft.followups:
        send = wanted.get(_parent_id(followup, parents))
        if send is None or send.timing_adjusted != followup.late:
            fixings.append((followup.present, 0))
            continue
        fixings += [(followup.present, 1), (followup.start, send.minute)]
        met += 1
    return fixings if met == len(plan.followups) else None


def _parent_id(followup: FollowupVar, parents: dict[Slot, str]) -> str | None:
    if followup.slot is not None:
        return parents.get(followup.slot)
    return f"history_{followup.past.index}" if followup.past else None


def every_subset(sends: Sequence[Send], week: Week, most: int) -> Iterator[Timetable]:
    """All schedules of up to `most` of the given sends, with honest shortfalls, the empty one first."""
    for size in range(most + 1):
        for chosen in combinations(sorted(sends, key=lambda send: send.minute), size):
            yield declared(Timetable(week, chosen))


def declared(plan: Timetable) -> Timetable:
    """The plan with a declared shortfall for each (day, category) below its quota, and each range below its low end."""
    week = plan.week
    missing = []
    for day in week.days:
        for category in Category:
            placed = sum(send.category is category for send in plan.on_day(day))
            if placed < week.quotas[day].of(category):
                missing.append(Missing(day, category, week.quotas[day].of(category) - placed, ("blackout",)))
        for rule, category, asked in (
            ("ppv-range", Category.REVENUE, week.ppv_range),
            ("bump-range", Category.ENGAGEMENT, week.bump_range),
        ):
            rows = [send.send_type for send in plan.on_day(day) if send.send_type]
            placed = sum(row.ppv if rule == "ppv-range" else row.bump for row in rows)
            low = min(asked.low, week.quotas[day].of(category)) if asked else 0
            if placed < low:
                missing.append(Missing(day, category, low - placed, ("blackout",), rule))
    return replace(plan, shortfalls=tuple(missing))


def with_strategies(plan: Timetable, strategies: Sequence[str]) -> Timetable:
    """The plan with a strategy per day."""
    return replace(plan, days=tuple(DayRecord(strategy) for strategy in strategies))


__all__ = ["RULES", "declared", "disagreements", "every_subset", "holds_in_model", "only", "with_strategies"]
