"""What a validation found: status, score and what cost it, findings, and what to do. Fields are only ever added."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from .plan_part import PlanPart
from .stage import Stage

FindingSeverity = Literal["error", "warning", "info"]
ValidationStatus = Literal["approved", "needs_review", "rejected"]
Bound = Literal["at least", "at most"]


class ReportPart(PlanPart):
    """Base of the report's parts: values are not coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Finding(ReportPart):
    """One place where a check is not clean.

    `type` is the check and `stage` the step it came from. `items` holds slot ids; `date` or `caption_id` stands where
    a day or a caption is the matter. `value` is what was found and `limit` what is allowed; for a broken rule `value`
    is by how much, in the rule's own unit. `origin` names the rule or the field that shows it.
    """

    type: str
    stage: Stage
    severity: FindingSeverity
    items: tuple[str, ...] = ()
    date: str | None = None
    caption_id: int | None = None
    value: float | None = None
    limit: float | None = None
    origin: str = ""
    message: str


class Loss(ReportPart):
    """What a check that is not clean costs: `points` = weight x share, where the share is 1 or affected / examined."""

    type: str
    weight: int = Field(ge=0)
    affected: int = Field(ge=0)
    examined: int = Field(ge=0)
    points: float = Field(ge=0)


class Unchecked(ReportPart):
    """A check that could not be applied, wholly or to some items, and why: a person must look."""

    type: str
    reason: str


class Counts(ReportPart):
    """The report in figures; findings are counted one by one."""

    total_items: int = Field(ge=0)
    errors: int = Field(ge=0)
    warnings: int = Field(ge=0)
    infos: int = Field(ge=0)


class Breakdown(ReportPart):
    """Items by category and by local date, followups included."""

    by_category: dict[str, int]
    by_day: dict[str, int]


class CategoryShare(ReportPart):
    """Share of a category in the regular sends, in percent, and the bound it must keep in every week of the plan."""

    category: str
    percent: float
    bound: Bound
    limit: float
    passed: bool


class VolumeMetadata(ReportPart):
    """How the quotas came about, in short."""

    confidence_score: float
    message_count: int
    adjustments_applied: tuple[str, ...]
    elasticity_capped: bool
    divergence_detected: bool
    dow_multipliers_used: dict[int, float]
    fused_saturation: float
    fused_opportunity: float
    prediction_id: int | None


class Gate(ReportPart):
    """A figure by which schedules are accepted. It costs no points; `value` is None where nothing tells it."""

    id: str
    figure: str
    value: float | None
    limit: float
    bound: Literal["above", "below"]
    passed: bool | None


class Recommendation(ReportPart):
    """What to do: `action` for programs, `about` the send type, medium or category, `count` how many are needed."""

    action: str
    about: str | None = None
    count: int | None = None
    message: str


class ValidationReport(ReportPart):
    """The verdict on a schedule, and everything it rests on."""

    status: ValidationStatus
    score: int = Field(ge=0, le=100)
    requires_caption_review: bool
    summary: Counts
    breakdown: Breakdown
    category_balance: tuple[CategoryShare, ...]
    volume_metadata: VolumeMetadata | None
    acceptance: tuple[Gate, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    infos: tuple[Finding, ...]
    losses: tuple[Loss, ...]
    unchecked: tuple[Unchecked, ...] = ()
    switched_off: tuple[str, ...] = Field(default=(), description="rules that the scenario switches off")
    recommendations: tuple[Recommendation, ...] = ()
