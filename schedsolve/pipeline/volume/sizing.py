"""Modules 1 to 5: how many sends a day, how far that is trusted, and how the week spreads them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...model.volume import Source
from ...model.week import Quota
from .base_tier import Base, base_of, on_page, tier_of
from .checkpoint import BASE_AUDIT
from .confidence import confidence_score, damped
from .elasticity import caps, elasticity
from .fallback import UNKNOWN_TIER, fallback
from .figures import CONFIDENCE_MISSING, FEW_MESSAGES, UNKNOWN, UNKNOWN_SCORE
from .horizon_fusion import Fused, fuse
from .inputs import VolumeInputs
from .saturation import adjustment
from .style_matrix import style_row
from .trail import Trail
from .weekdays import UNIFORM, Multipliers, weekday_multipliers


@dataclass(frozen=True)
class Size:
    """A day as sized so far: quotas, on what they rest, and how the week spreads them."""

    base: Base
    quota: Quota
    source: Source
    confidence: float
    fused: Fused
    multipliers: Multipliers = UNIFORM
    capped: bool = False


def computed(inputs: VolumeInputs, trail: Trail) -> Size:
    """Modules 1 to 5."""
    if not inputs.stated.missing:
        return _spread(inputs, _as_stated(inputs, trail), trail)
    if inputs.tier is not None or inputs.fan_count is None:
        return _spread(inputs, degraded(inputs, trail), trail)
    size = _base(inputs, inputs.fan_count, trail)
    size = _adjusted(inputs, size, trail)
    size = _overlaid(inputs, size, trail)
    return _bounded(inputs, _spread(inputs, size, trail), trail)


def _base(inputs: VolumeInputs, fans: int, trail: Trail) -> Size:
    """Module 1."""
    tier, style = tier_of(fans), None
    if inputs.content_style is not None:
        style = style_row(tier, inputs.content_style, inputs.sub_type)
        if style.warning:
            trail.warnings.append(style.warning)
    base = base_of(tier, inputs.page_type, style)
    note = f"{fans:,} fans: level {tier}"
    names = [BASE_AUDIT]
    if style is not None:
        note += f", {inputs.content_style} {inputs.sub_type or ''}".rstrip()
        note += f": pay-per-view {style.ppv.low}-{style.ppv.high}, bumps {style.bumps.low}-{style.bumps.high}"
        names.append("style_matrix")
    trail.step("base tier", base.quota, note, *names)
    return Size(base, base.quota, "optimized", 0.0, Fused(UNKNOWN_SCORE, UNKNOWN_SCORE, 0, False))


def _adjusted(inputs: VolumeInputs, size: Size, trail: Trail) -> Size:
    """Modules 2 and 3."""
    performance, messages = inputs.performance, inputs.messages
    fused = fuse(performance.horizons, performance.saturation, performance.opportunity)
    change = adjustment(fused.saturation, fused.opportunity)
    wished = size.base.changed(change.revenue, change.engagement)
    names = ["multi_horizon_fusion"] if fused.looks > 1 else []
    if not change.neutral:
        names.append("saturation_adjustment")
    known = f"saturation {fused.saturation:.4g}, opportunity {fused.opportunity:.4g}"
    note = f"{known}: revenue {int(change.revenue):+d} %, engagement {int(change.engagement):+d} %"
    if not inputs.trends_known:
        note = "no scores are known: 50 and 50, nothing changes"
    if fused.divergence:
        trail.warnings.append("the looks back disagree by more than 20 points: the trend may be turning")
    trail.step("horizon fusion", wished, note, *names)
    kept = damped(change, messages)
    quota = size.base.changed(kept.revenue, kept.engagement)
    confidence = confidence_score(inputs.confidence, inputs.trends_known, messages)
    trail.step(
        "confidence",
        quota,
        f"{_borne(inputs)}: confidence {confidence:.2f}",
        *(["confidence_dampening"] if kept != change else []),
    )
    return replace(size, quota=quota, fused=fused, confidence=confidence)


def _borne(inputs: VolumeInputs) -> str:
    """On how many messages the scores rest, in words."""
    messages = inputs.messages
    if messages is None:
        return "no messages are counted behind the scores, which move nothing" if inputs.trends_known else "no scores"
    return f"{messages} messages" + (f", below {FEW_MESSAGES}" if messages < FEW_MESSAGES else "")


def _as_stated(inputs: VolumeInputs, trail: Trail) -> Size:
    """Every quota is given: nothing but the week is left to compute."""
    stated, performance = inputs.stated, inputs.performance
    quota = on_page(Quota(stated.revenue or 0, stated.engagement or 0, stated.retention or 0), inputs.page_type)
    tier = inputs.tier or (UNKNOWN_TIER if inputs.fan_count is None else tier_of(inputs.fan_count))
    confidence = CONFIDENCE_MISSING if inputs.confidence is None else inputs.confidence
    fused = fuse(performance.horizons, performance.saturation, performance.opportunity)
    trail.step("base tier", quota, "all quotas are stated", BASE_AUDIT)
    return Size(Base(tier, quota, on_page(UNKNOWN, inputs.page_type), None), quota, "stated", confidence, fused)


def degraded(inputs: VolumeInputs, trail: Trail) -> Size:
    """The degradation chain in place of modules 1 to 3."""
    found = fallback(inputs.tier, inputs.fan_count, inputs.page_type)
    performance = inputs.performance
    try:
        fused = fuse(performance.horizons, performance.saturation, performance.opportunity)
    except ArithmeticError:
        fused = Fused(UNKNOWN_SCORE, UNKNOWN_SCORE, 0, False)
    trail.step("base tier", found.base.quota, found.why, BASE_AUDIT)
    confidence = found.confidence if inputs.confidence is None else inputs.confidence
    size = Size(found.base, found.base.quota, found.source, confidence, fused)
    return _overlaid(inputs, size, trail)


def _overlaid(inputs: VolumeInputs, size: Size, trail: Trail) -> Size:
    """Stated quotas in place of computed ones."""
    stated, computed = inputs.stated, size.quota
    quota = Quota(
        computed.revenue if stated.revenue is None else stated.revenue,
        computed.engagement if stated.engagement is None else stated.engagement,
        computed.retention if stated.retention is None else stated.retention,
    )
    quota = on_page(quota, inputs.page_type)
    if quota != computed:
        trail.step("stated quotas", quota, "stated figures stay as they are")
    return replace(size, quota=quota)


def _spread(inputs: VolumeInputs, size: Size, trail: Trail) -> Size:
    """Module 4."""
    results = inputs.performance.weekdays
    if not any(result.sends for result in results.values()):
        trail.step("weekdays", size.quota, "no results by weekday: every day alike")
        return size
    multipliers = weekday_multipliers(results)
    told = ", ".join(f"{float(multiplier):.2f}" for multiplier in multipliers)
    trail.step("weekdays", size.quota, f"Monday to Sunday {told}", "dow_multipliers")
    return replace(size, multipliers=multipliers)


def _bounded(inputs: VolumeInputs, size: Size, trail: Trail) -> Size:
    """Module 5; a stated revenue quota stays."""
    exponent = elasticity(inputs.performance.daily)
    if exponent is None:
        trail.step("elasticity", size.quota, "too few past days to tell")
        return size
    note = f"one more send earns {1 + exponent:.2f} of an average one"
    if not caps(exponent):
        trail.step("elasticity", size.quota, note)
        return size
    revenue = size.quota.revenue
    if inputs.stated.revenue is None:
        revenue = min(revenue, size.base.quota.revenue)
    quota = replace(size.quota, revenue=revenue)
    trail.step("elasticity", quota, f"{note}: no more revenue sends than the base", "elasticity_cap")
    return replace(size, quota=quota, capped=True)
