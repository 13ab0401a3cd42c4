"""The audit's violations as checks: which check tells which rule's violations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from ...constraints.audit import AuditReport
from ...constraints.rule import Violation
from ...model.catalog import TARGETS
from ...model.timetable import Timetable
from .check import Flaw, Found
from .schedule import Schedule

ANY_RULE = "hard_rule_broken"
"""The check of rules that no other check tells."""
RULE_CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "required-fields": "required_field_missing",
        "known-type": "unknown_reference",
        "page-type": "page_type_mismatch",
        "target-required": "required_target_violated",
        "target-page": "channel_target_mismatch",
        "followup-target": "required_target_violated",
        "time-conflict": "timing_conflict",
        "min-spacing": "spacing_violated",
        "followup-clearance": "spacing_violated",
        "same-type-gap": "same_type_gap_violated",
        "avoid-hours": "avoid_hours_violated",
        "type-diversity": "diversity_floor",
        "weekly-cap": "weekly_cap_exceeded",
        "day-nonempty": "empty_day",
        "no-repeat-type": "consecutive_same_type",
        "style-back-to-back": "same_style_repeat",
        "style-am-pm": "same_style_repeat",
        "followup-linked": "followup_parent_invalid",
        "followup-eligible": "followup_parent_invalid",
        "followup-window": "followup_window",
        "followup-late": "followup_window",
        "followup-daily-limit": "followup_daily_limit",
        "expiry-set": "expiry_wrong",
        "pin-limit": "pin_limit",
        "pin-duration": "pin_limit",
        "pin-type": "pin_limit",
        "round-minute": "round_minute",
        "daily-quota": "daily_quota_missed",
        "category-balance": "category_balance",
        "strategy-variety": "strategy_variation",
        "strategy-repeat": "strategy_variation",
        "block-limit": "block_density",
        "clock-repeat": "time_repeated",
        "variation-metadata": "variation_incomplete",
        "jitter-range": "variation_incomplete",
    }
)
"""The check of a rule; rules that are not named are told by `hard_rule_broken`."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_of(violation: Violation, table: Timetable) -> str:
    """The check that tells a violation; a rule about several things at once is told by more than one."""
    send = table.by_id.get(violation.subject)
    if violation.rule == "target-page" and send is not None:
        target = TARGETS.get(send.target or "")
        if target is None:
            return "unknown_reference"
        page = table.week.scenario.creator.page_type
        return "channel_target_mismatch" if page in target.pages else "page_type_mismatch"
    if violation.rule == "followup-target" and send is not None and not send.followup:
        return "followup_parent_invalid"
    if violation.rule == "daily-quota" and send is not None:
        return ANY_RULE
    return RULE_CHECKS.get(violation.rule, ANY_RULE)


def by_check(report: AuditReport, table: Timetable) -> dict[str, tuple[Violation, ...]]:
    """The audit's violations by check, each in the order found."""
    groups: dict[str, list[Violation]] = {}
    for violation in report.violations:
        groups.setdefault(check_of(violation, table), []).append(violation)
    return {check: tuple(violations) for check, violations in groups.items()}


def unable(report: AuditReport, table: Timetable) -> dict[str, str]:
    """Checks whose rules could not be applied for want of what the plan tells, with the reason."""
    reasons: dict[str, dict[str, None]] = {}
    for rule, reason in report.skipped:
        if table.week.scenario.rules.of(rule).enabled:
            reasons.setdefault(RULE_CHECKS.get(rule, ANY_RULE), {})[f"{rule}: {reason}"] = None
    return {check: "; ".join(told) for check, told in reasons.items()}


def told_by_rules(check: str) -> Callable[[Schedule], Found]:
    """The function of a check that tells what the audit found, and nothing else."""

    def find(schedule: Schedule) -> Found:
        flaws = tuple(rule_flaws(schedule, check))
        return Found(flaws, len(flaws), max(len(flaws), len(schedule.items)), unchecked=schedule.unable.get(check, ""))

    return find


def rule_flaws(schedule: Schedule, check: str) -> Iterator[Flaw]:
    """The audit's violations of a check's rules as flaws."""
    for violation in schedule.broken.get(check, ()):
        subject = violation.subject
        day = _DATE.match(subject) if ".." not in subject else None
        held = subject in schedule.table.by_id
        yield Flaw(
            violation.message,
            items=(subject,) if held else (),
            date=day[0] if day and not held else None,
            value=violation.amount,
            origin=violation.rule,
        )
