"""A rejected schedule, told as an error to whoever asked for it."""

from __future__ import annotations

from collections import Counter

from ...model.failure import ErrorCode, ErrorResponse, Recovery, Resolution
from ...model.failure_table import FAILURES
from ...model.validation_report import ValidationReport

_INCOMPLETE = "required_field_missing"


def rejection(report: ValidationReport, *, generation_id: str, creator_id: str, timestamp: str) -> ErrorResponse | None:
    """The error that a report amounts to; None unless it rejects.

    Items that only lack required fields have a code of their own: filling these in is all there is to do.
    """
    if report.status != "rejected":
        return None
    errors = Counter(finding.type for finding in report.errors)
    incomplete = set(errors) == {_INCOMPLETE}
    row = FAILURES[_INCOMPLETE if incomplete else "score_rejected"]
    found = ", ".join(f"{name} {count}" for name, count in errors.items()) or "warnings alone"
    counts = report.summary
    return ErrorResponse(
        error_code=ErrorCode.MISSING_REQUIRED_FIELDS if incomplete else ErrorCode.VALIDATION_REJECTED,
        error_message=f"validation rejects the schedule with {report.score} of 100: {found}",
        severity=row.severity,
        stage=row.stage,
        generation_id=generation_id,
        creator_id=creator_id,
        timestamp=timestamp,
        details={"score": report.score, "errors": dict(errors), "warnings": counts.warnings},
        partial_result={"items_created": counts.total_items},
        recovery=Recovery(attempted=False),
        resolution=Resolution(action=row.recovery if incomplete else "mend what the report names, then solve again"),
        recommendations=tuple(advice.message for advice in report.recommendations),
    )
