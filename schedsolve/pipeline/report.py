"""An audit report as part of a plan."""

from __future__ import annotations

from ..constraints.audit import AuditReport
from ..model.plan import Audit, AuditViolation, SkippedRule


def told(report: AuditReport) -> Audit:
    """The same findings in the plan's fields."""
    return Audit(
        verdict=report.verdict,
        violations=tuple(
            AuditViolation(
                rule=violation.rule,
                subject=violation.subject,
                amount=violation.amount,
                message=violation.message,
                severity=violation.severity,
            )
            for violation in report.violations
        ),
        checked=report.checked,
        skipped=tuple(SkippedRule(rule=rule, reason=reason) for rule, reason in report.skipped),
        duration_ms=round(report.duration_ms, 3),
    )
