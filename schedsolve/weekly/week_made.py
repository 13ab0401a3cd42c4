"""A week that was made: its plan, the verdict on it, and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..model.failure import ErrorResponse
from ..model.plan import Plan
from ..model.validation_report import ValidationReport

REJECTED = "rejected"


@dataclass(frozen=True)
class WeekMade:
    """What a run gives back.

    Attributes
    ----------
    status
        `approved`, `needs_review`, `rejected` (not kept), or what a kept week has become since.
    schedule_id, version
        None for a rejected week.
    degraded
        Whether fallbacks were used; `degradations` tells which, in a sentence each.
    replayed
        Whether the same request was answered before, and nothing was done now.
    response
        The error that a rejection amounts to, or what is wrong with a degraded week; None for a sound one.
    """

    plan: Plan
    report: ValidationReport
    generation_id: str
    status: str
    schedule_id: str | None
    version: int | None
    degraded: bool = False
    degradations: tuple[str, ...] = ()
    replayed: bool = False
    response: ErrorResponse | None = None

    @property
    def creator_id(self) -> str:
        """Whose week it is."""
        return self.plan.creator_id

    @property
    def week_start(self) -> date:
        """Its first day."""
        return date.fromisoformat(self.plan.days[0].date)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know, of the plan and of its validation; each sentence once."""
        told = [warning.message for warning in self.plan.warnings] + [found.message for found in self.report.warnings]
        return tuple(dict.fromkeys(told))

    def to_dict(self) -> dict[str, Any]:
        """The run's result as plain data, its items included."""
        items = self.plan.items
        followups = self.plan.summary.followups if self.plan.summary else None
        return {
            "success": self.status != REJECTED,
            "schedule_id": self.schedule_id,
            "version": self.version,
            "creator_id": self.creator_id,
            "week_start": self.week_start.isoformat(),
            "generation_id": self.generation_id,
            "replayed": self.replayed,
            "degraded_mode": self.degraded,
            "summary": {
                "total_items": len(items),
                "by_category": self.report.breakdown.by_category,
                "by_day": self.report.breakdown.by_day,
                "followups_generated": followups.generated if followups else 0,
                "followups_skipped_limit": followups.skipped_limit if followups else 0,
                "followups_skipped_timing": followups.skipped_timing if followups else 0,
            },
            "validation": {
                "status": self.report.status,
                "score": self.report.score,
                "errors": self.report.summary.errors,
                "warnings": self.report.summary.warnings,
                "infos": self.report.summary.infos,
            },
            "status": self.status,
            "degradations": list(self.degradations),
            "warnings": list(self.warnings),
            "recommendations": [advice.message for advice in self.report.recommendations],
            "error": None if self.response is None else self.response.model_dump(mode="json"),
            "items": [item.model_dump(mode="json") for item in items],
        }
