"""How grave a failure is, what it means at the end of a stage, and how it is told to whoever called."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, StrEnum
from functools import total_ordering
from typing import Any

from pydantic import ConfigDict, Field

from .plan_part import PlanPart
from .stage import Stage


@total_ordering
class Severity(Enum):
    """How grave a failure is, the mildest first.

    `low` repairs itself; `medium` takes a fallback and leaves the run degraded; `high` means that a stage cannot finish
    unless one recovery works; `critical` that the run cannot go on.
    """

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Its place, from 0 for the mildest."""
        return list(Severity).index(self)

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, Severity) else NotImplemented

    def __str__(self) -> str:
        return self.value


class Boundary(StrEnum):
    """What happens between two stages."""

    GO_ON = "go_on"
    DEGRADE = "degrade"
    RECOVER = "recover"
    ABORT = "abort"


def at_boundary(severities: Iterable[Severity], recovered: bool | None = None) -> Boundary:
    """What the failures of a stage come to: the worst of them decides.

    Parameters
    ----------
    severities
        Of everything that failed in the stage; none of them at all goes on.
    recovered
        Whether the one recovery that a `high` failure may try has worked; None before it was tried.
    """
    worst = max(severities, default=Severity.LOW)
    if worst is Severity.HIGH:
        return Boundary.RECOVER if recovered is None else Boundary.DEGRADE if recovered else Boundary.ABORT
    return {Severity.LOW: Boundary.GO_ON, Severity.MEDIUM: Boundary.DEGRADE, Severity.CRITICAL: Boundary.ABORT}[worst]


class ErrorCode(StrEnum):
    """What went wrong, for programs."""

    CREATOR_NOT_FOUND = "creator_not_found"
    VOLUME_CONFIG_MISSING = "volume_config_missing"
    SERVICE_UNAVAILABLE = "service_unavailable"
    OPERATION_TIMEOUT = "operation_timeout"
    UNKNOWN_ERROR = "unknown_error"
    UNKNOWN_ALLOCATION_ERROR = "unknown_allocation_error"
    UNKNOWN_CONTENT_ERROR = "unknown_content_error"
    UNKNOWN_ASSEMBLY_ERROR = "unknown_assembly_error"
    MANUAL_CAPTION_NEEDED = "manual_caption_needed"
    CAPTION_SHORTAGE_DEGRADED = "caption_shortage_degraded"
    VALIDATION_REJECTED = "validation_rejected"
    MISSING_REQUIRED_FIELDS = "missing_required_fields"
    DATABASE_SAVE_FAILED = "database_save_failed"
    IDEMPOTENCY_CONFLICT = "idempotency_conflict"


_UNKNOWN_CODES = {
    Stage.ALLOCATION: ErrorCode.UNKNOWN_ALLOCATION_ERROR,
    Stage.CONTENT_MATCHING: ErrorCode.UNKNOWN_CONTENT_ERROR,
    Stage.ASSEMBLY: ErrorCode.UNKNOWN_ASSEMBLY_ERROR,
}


def unknown_code(stage: Stage) -> ErrorCode:
    """The code of a failure that nobody foresaw."""
    return _UNKNOWN_CODES.get(stage, ErrorCode.UNKNOWN_ERROR)


class ResponsePart(PlanPart):
    """Base of an error response's parts: values are not coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Recovery(ResponsePart):
    """What was tried to mend it; `success` is None where nothing was."""

    attempted: bool
    action: str | None = None
    success: bool | None = None


class Resolution(ResponsePart):
    """What mends it for good, who can, how soon it matters, and how many of something are needed."""

    action: str
    contact: str | None = None
    priority: str | None = None
    count_needed: int | None = Field(default=None, ge=0)


class ErrorResponse(ResponsePart):
    """How a failed run is told; `success` is true for one that is finished but degraded.

    `timestamp` is ISO 8601 in UTC; `details` holds facts, `partial_result` what there is nevertheless.
    """

    success: bool = False
    error_code: ErrorCode
    error_message: str = Field(min_length=1)
    severity: Severity
    stage: Stage
    generation_id: str
    creator_id: str
    timestamp: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$")
    details: dict[str, Any] = Field(default_factory=dict)
    partial_result: dict[str, Any] = Field(default_factory=dict)
    recovery: Recovery
    resolution: Resolution
    recommendations: tuple[str, ...] = ()
