"""What validation said of a week, as far as keeping it depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..model.validation_report import ValidationReport
from .errors import ValidationRejectedError

LEAST_SCORE = 70


@dataclass(frozen=True)
class Verdict:
    """Status, score (0-100), number of errors and the whole report as plain data."""

    status: Literal["approved", "needs_review", "rejected"]
    score: int
    errors: int = 0
    report: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, report: ValidationReport) -> Verdict:
        """What a validation report says."""
        return cls(report.status, report.score, report.summary.errors, report.model_dump(mode="json"))

    def require_keepable(self) -> None:
        """Raise ValidationRejectedError unless the week may be kept: no error, and a score of 70 at least."""
        if self.errors or self.score < LEAST_SCORE or self.status == "rejected":
            raise ValidationRejectedError(
                f"the week is {self.status} with a score of {self.score} and {self.errors} errors; "
                f"it is kept only without errors and from {LEAST_SCORE} on: see the report, and plan it again"
            )
