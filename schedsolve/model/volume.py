"""How many sends a week should carry and why: what the volume stage tells. Fields are only ever added."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .plan_part import PlanPart, PlanWarning

Source = Literal["optimized", "base_tier", "fan_estimate", "minimum_safe", "stated"]
Shift = Literal["revenue", "engagement", "balanced"]


class TypeLimit(PlanPart):
    """Most sends of a type in a day and in a week; None for no limit of its own."""

    per_day: int | None = None
    per_week: int | None = None


class VolumeConfig(PlanPart):
    """Sends a day by category, and how many of them are pay-per-view and bumps.

    Ranges hold both ends and are None where no content style gives them.
    """

    tier: str
    revenue_per_day: int
    engagement_per_day: int
    retention_per_day: int
    ppv_per_day: int
    bump_per_day: int
    ppv_range: tuple[int, int] | None = None
    bump_range: tuple[int, int] | None = None
    type_limits: dict[str, TypeLimit] = Field(default_factory=dict)

    @property
    def per_day(self) -> int:
        """Sends a day."""
        return self.revenue_per_day + self.engagement_per_day + self.retention_per_day


class VolumeStep(PlanPart):
    """What one module did: whether it changed anything, the quotas after it, and why, in a sentence."""

    module: str
    applied: bool
    quotas: tuple[int, int, int]
    note: str


class Prediction(PlanPart):
    """What a week was expected to bring, kept to be held against what it brought. Revenue is money a day."""

    creator_id: str
    week_start: str
    tier: str
    revenue_per_day: int
    engagement_per_day: int
    retention_per_day: int
    weekly_distribution: dict[int, int]
    predicted_revenue_per_day: float


class VolumeResult(PlanPart):
    """The volume of a week, with the trail that led to it.

    `weekly_distribution` holds sends by weekday (0 = Monday) and sums to seven times the final sends a day.
    `content_allocations` splits the revenue sends of a day over contents; empty where no contents are known.
    `adjustments_applied` names what worked on real data or changed something, in order.
    """

    base_config: VolumeConfig
    final_config: VolumeConfig
    weekly_distribution: dict[int, int]
    dow_multipliers_used: dict[int, float]
    content_allocations: dict[str, int]
    fused_saturation: float
    fused_opportunity: float
    divergence_detected: bool
    confidence_score: float
    message_count: int
    elasticity_capped: bool
    adjustments_applied: tuple[str, ...]
    caption_warnings: tuple[str, ...]
    prediction_id: int | None
    volume_level: str
    revenue_per_day: int
    engagement_per_day: int
    retention_per_day: int
    calculation_source: Source
    data_source: str
    priority_shift: Shift
    requires_caption_review: bool
    prediction: Prediction | None
    trail: tuple[VolumeStep, ...]
    warnings: tuple[str, ...]


class DayVolume(PlanPart):
    """One day of the plan: its quotas after all, and how many of them should be pay-per-view and bumps."""

    date: str
    revenue: int
    engagement: int
    retention: int
    ppv: int
    bumps: int


class VolumeReport(PlanPart):
    """The volume of a scenario's week, day by day, with what the reader should know.

    `confidence` has drawn the days' quotas down already; `type_weights` are the factors on the worth of send types.
    """

    scenario: str
    sha256: str
    result: VolumeResult
    days: tuple[DayVolume, ...]
    type_weights: dict[str, float]
    warnings: tuple[PlanWarning, ...]
