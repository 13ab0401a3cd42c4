"""The audit: every rule looks at a finished plan, whoever made it. No solver is involved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Literal

from ..model.timetable import Send, Timetable
from ..model.week import Week
from . import RULES, rules_of
from .blackout import Blackout
from .rule import Rule, Violation

Verdict = Literal["passed", "passed_with_warnings", "failed"]


@dataclass(frozen=True)
class AuditReport:
    """What the audit found.

    `checked` names the rules that were applied; `skipped` those that were not, each with the reason.
    `duration_ms` is wall-clock time.
    """

    violations: tuple[Violation, ...]
    checked: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    duration_ms: float

    @property
    def verdict(self) -> Verdict:
        """Violations of high severity fail a plan, others warn."""
        if any(violation.severity == "high" for violation in self.violations):
            return "failed"
        return "passed_with_warnings" if self.violations else "passed"


def audit(plan: Timetable, rules: Sequence[Rule] | None = None) -> AuditReport:
    """Apply the given rules, or those that the plan's scenario leaves on.

    A rule that needs what the plan does not tell is skipped by name, not broken.
    """
    started = perf_counter()
    skipped = []
    if rules is None:
        rules = rules_of(plan.week)
        on = {rule.id for rule in rules}
        asked = [rule for rule in RULES if rule.concerns(plan.week)]
        skipped = [(rule.id, "switched off in the scenario") for rule in asked if rule.id not in on]
    absent = {need: reason for need, (lacks, reason) in _NEEDS.items() if lacks(plan)}
    violations: list[Violation] = []
    checked = []
    for rule in rules:
        reasons = [absent[need] for need in rule.needs if need in absent]
        if reasons:
            skipped.append((rule.id, "; ".join(reasons)))
            continue
        violations.extend(rule.violations(plan))
        checked.append(rule.id)
    return AuditReport(tuple(violations), tuple(checked), tuple(skipped), (perf_counter() - started) * 1000)


def contradictions(week: Week) -> list[Violation]:
    """What the locks break among themselves, so that no plan around them can mend it.

    History is left aside; a lock inside a blackout is no contradiction of locks.
    """
    return [fault for fault in faults_of_locks(replace(week, past=())) if fault.rule != Blackout.id]


def faults_of_locks(week: Week, rules: Sequence[Rule] | None = None) -> list[Violation]:
    """What the locks break with history and the clock, so that sends around them cannot mend it.

    `rules` are the week's monotone rules, for callers that ask often.
    """
    plan = Timetable(week, tuple(_locked_send(week, place) for place in range(len(week.locks))))
    rules = [rule for rule in rules_of(week) if rule.monotone] if rules is None else rules
    return [fault for rule in rules for fault in rule.violations(plan)]


def _locked_send(week: Week, place: int) -> Send:
    lock = week.locks[place]
    return Send(
        id=f"lock_{lock.index}",
        minute=lock.minute,
        day=week.horizon.day_of(lock.minute),
        clock=week.horizon.clock(lock.minute),
        type_key=lock.send_type.key,
        send_type=lock.send_type,
        style=lock.style,
        locked=True,
    )


def _without_days(plan: Timetable) -> bool:
    return all(record.strategy is None and record.pattern is None for record in plan.days)


def _without_strategies(plan: Timetable) -> bool:
    return all(plan.strategy(day) is None for day in plan.week.days)


def _without_metadata(plan: Timetable) -> bool:
    return bool(plan.regular) and not any(send.metadata_known for send in plan.regular)


def _without_pins(plan: Timetable) -> bool:
    return plan.pins is None


def _without_styles(plan: Timetable) -> bool:
    return plan.bare and bool(plan.ppv) and not any(send.style or send.style_text for send in plan.sends)


def _without_expiry(plan: Timetable) -> bool:
    return bool(plan.sends) and not any(send.expiry_known for send in plan.sends)


def _without_campaigns(plan: Timetable) -> bool:
    return bool(plan.sends) and not any(send.campaign_known for send in plan.sends)


_NEEDS: Mapping[str, tuple[Callable[[Timetable], bool], str]] = {
    "days": (_without_days, "the plan tells neither strategy nor rotation pattern of any day"),
    "strategies": (_without_strategies, "the plan tells no day's strategy"),
    "metadata": (_without_metadata, "no send tells how its minute came about"),
    "pins": (_without_pins, "the plan tells nothing of pins"),
    "styles": (_without_styles, "no send tells its style"),
    "expiry": (_without_expiry, "no send tells its expiry"),
    "campaigns": (_without_campaigns, "no send tells its campaign"),
}
