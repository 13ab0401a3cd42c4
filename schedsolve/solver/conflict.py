"""Why a week has no plan: what arithmetic tells, then which single rule, if loosened, would make one possible."""

from __future__ import annotations

from ..constraints import rules_of
from ..model.capacity import day_capacity
from ..model.week import Week
from .compose import draft_rules
from .loosening import loosened
from .progress import Cancellation
from .runner import Runner

EFFORT = 0.5
"""Deterministic time for one question."""


def reasons_for_infeasibility(week: Week) -> list[str]:
    """Sentences in the operator's words; at least one."""
    reasons = [*_locks_in_blackouts(week), *_closed_days(week), *_crowded_days(week)]
    if reasons:
        return reasons
    culprits = [rule.id for rule in rules_of(week) if _feasible(loosened(week, rule.id))]
    if culprits:
        return [f"a plan exists only if one of these rules is loosened: {', '.join(culprits)}"]
    return ["several rules contradict each other, and no single one is the cause"]


def _feasible(week: Week) -> bool:
    with Runner(None, Cancellation()) as runner:
        return bool(runner.solve(draft_rules(week).model, EFFORT, "satisfy").solution)


def _locks_in_blackouts(week: Week) -> list[str]:
    rules = week.scenario.rules
    if not (rules.lock.enabled and rules.blackout.enabled):
        return []
    return [
        f"on {week.horizon.local(lock.minute):%a %d %b} the lock of {lock.send_type.key} at "
        f"{week.horizon.local(lock.minute):%H:%M} and the blackout {week.horizon.local(span.start):%d %b %H:%M} to "
        f"{week.horizon.local(span.end):%d %b %H:%M} cannot both hold"
        for lock in week.locks
        for span in week.blackouts
        if span.start <= lock.minute < span.end
    ]


def _closed_days(week: Week) -> list[str]:
    if not week.scenario.rules.day_nonempty.enabled:
        return []
    return [
        f"{week.date(day):%a %d %b} must carry at least one of its {week.quotas[day].total} sends (day-nonempty), but "
        f"no minute is left open by {' and '.join(day_capacity(week, day).binding)}; give that day a total of 0"
        for day in week.days
        if week.quotas[day].total and not day_capacity(week, day).most
    ]


def _crowded_days(week: Week) -> list[str]:
    if not week.scenario.rules.daily_quota.enabled:
        return []
    found = []
    for day in week.days:
        start, end = week.horizon.day_start(day), week.horizon.day_start(day + 1)
        locks = [lock for lock in week.locks if start <= lock.minute < end]
        for category in {lock.send_type.category for lock in locks}:
            count = sum(lock.send_type.category is category for lock in locks)
            if count > week.quotas[day].of(category):
                found.append(
                    f"{week.date(day):%a %d %b} has {count} {category} locks, and its {category} quota is "
                    f"{week.quotas[day].of(category)} (daily-quota)"
                )
    return sorted(found)
