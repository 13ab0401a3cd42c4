"""The eight modules in their order: from figures of a creator to the volume of a week, and the trail to it."""

from __future__ import annotations

from ...errors import VolumeError
from ...model.catalog import PageType
from ...model.volume import Source, VolumeResult
from .base_tier import config_of, tier_of, type_limits
from .checkpoint import volume_faults
from .inputs import VolumeInputs
from .prediction import Recorder, prediction_of
from .saturation import priority_shift
from .sizing import Size, computed, degraded
from .stocking import captions, contents, kept
from .trail import Trail
from .weekdays import weekly_distribution


def volume_of(inputs: VolumeInputs, record: Recorder | None = None) -> VolumeResult:
    """The volume of a creator's week.

    Parameters
    ----------
    inputs
        What is known. Whatever is missing has a default; the more is missing, the lower the confidence.
    record
        Keeps the prediction where `inputs.track_prediction` asks for one.

    Raises
    ------
    VolumeError
        When the fans are negative or the page is none, or when the volume does not hold together.
    """
    if not isinstance(inputs.page_type, PageType):
        raise VolumeError([f"page type: found {inputs.page_type!r}, expected paid or free"])
    if inputs.fan_count is not None:
        try:
            tier_of(inputs.fan_count)
        except ValueError as error:
            raise VolumeError([str(error)]) from None
    trail = Trail()
    try:
        size = computed(inputs, trail)
    except (ArithmeticError, ValueError) as error:
        trail = Trail()
        trail.warnings.append(f"the figures make no volume ({error}): the fallback is used")
        size = degraded(inputs, trail)
    result = _assembled(inputs, size, trail, record)
    faults = volume_faults(result, inputs.page_type)
    if faults:
        raise VolumeError(faults)
    return result


def _assembled(inputs: VolumeInputs, size: Size, trail: Trail, record: Recorder | None) -> VolumeResult:
    """Modules 6 to 8, and the result."""
    quota, style = size.quota, size.base.style
    limits = type_limits(inputs.page_type, inputs.catalog)
    final = config_of(size.base.tier, quota, style, limits)
    distribution = weekly_distribution(quota.total, size.multipliers)
    content = contents(inputs, quota, trail)
    short = captions(inputs, quota, trail)
    prediction = prediction_of(inputs, final, distribution) if inputs.track_prediction else None
    number = kept(prediction, quota, trail, record)
    fused = size.fused
    return VolumeResult(
        base_config=config_of(size.base.tier, size.base.quota, style, limits),
        final_config=final,
        weekly_distribution=distribution,
        dow_multipliers_used={day: round(float(m), 6) for day, m in enumerate(size.multipliers)},
        content_allocations=content,
        fused_saturation=round(fused.saturation, 6),
        fused_opportunity=round(fused.opportunity, 6),
        divergence_detected=fused.divergence,
        confidence_score=size.confidence,
        message_count=inputs.messages or 0,
        elasticity_capped=size.capped,
        adjustments_applied=tuple(trail.applied),
        caption_warnings=tuple(warning.message for warning in short),
        prediction_id=number,
        volume_level=size.base.tier,
        revenue_per_day=quota.revenue,
        engagement_per_day=quota.engagement,
        retention_per_day=quota.retention,
        calculation_source=size.source,
        data_source=_data_source(inputs, size.source),
        priority_shift=priority_shift(fused.saturation, fused.opportunity),
        requires_caption_review=any(warning.needs_review for warning in short),
        prediction=prediction,
        trail=tuple(trail.steps),
        warnings=tuple(trail.warnings),
    )


def _data_source(inputs: VolumeInputs, source: Source) -> str:
    """Where the figures come from that decided the quotas."""
    if source != "optimized":
        return {"stated": "scenario", "base_tier": "volume_level", "fan_estimate": "fan_count"}.get(source, "none")
    if any(horizon.messages for horizon in inputs.performance.horizons.values()):
        return "volume_performance_tracking"
    return "performance_scores" if inputs.trends_known else "fan_count"
