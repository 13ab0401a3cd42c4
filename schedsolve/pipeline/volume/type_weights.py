"""What scores, trend and stale captions do to the worth of send types. They change weights only, never quotas."""

from __future__ import annotations

from ...model.audience import Audience
from .figures import (
    GREATEST_WEIGHT,
    LEAST_WEIGHT,
    LITTLE_OPPORTUNITY,
    LITTLE_SATURATION,
    SATURATED,
    STALE_CAPTIONS,
    TYPE_WEIGHTS,
    VERY_PROMISING,
)


def type_weights(audience: Audience) -> dict[str, float]:
    """Factors on the value of send types, those that are not 1: all that apply multiplied, within 0.5 to 2."""
    fresh, promising = audience.caption_freshness, audience.opportunity > VERY_PROMISING
    applying = {
        "promising": promising and audience.saturation <= SATURATED,
        "unpromising": audience.opportunity < LITTLE_OPPORTUNITY,
        "saturated": audience.saturation > SATURATED,
        "rested": promising and audience.saturation < LITTLE_SATURATION,
        "trend down": audience.revenue_trend == "down",
        "trend up": audience.revenue_trend == "up",
        "stale captions": fresh is not None and fresh < STALE_CAPTIONS,
    }
    weights: dict[str, float] = {}
    for condition, applies in applying.items():
        for key, factor in TYPE_WEIGHTS[condition].items() if applies else ():
            weights[key] = weights.get(key, 1.0) * factor
    return {key: min(GREATEST_WEIGHT, max(LEAST_WEIGHT, weight)) for key, weight in weights.items()}
