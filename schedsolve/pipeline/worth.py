"""What one send of each type is worth to this creator now: catalog value times the weights of scores and trend."""

from __future__ import annotations

from collections.abc import Mapping

from ..constraints.preference import POINT
from ..model.audience import Audience
from ..model.catalog import SendType

HIGH, LOW_OPPORTUNITY, LOW_SATURATION, STALE_CAPTIONS = 70, 40, 30, 50
LEAST_WEIGHT, GREATEST_WEIGHT = 0.5, 2.0

PROMISING = {"ppv_unlock": 1.5, "bundle": 1.4, "flash_bundle": 1.3, "vip_program": 1.2}
UNPROMISING = {"bump_normal": 1.3, "bump_descriptive": 1.3, "dm_farm": 1.2, "link_drop": 1.1}
SATURATED = {"bump_text_only": 1.3}
RESTED = {"ppv_unlock": 1.1, "bundle": 1.1}
TREND_DOWN = {
    "ppv_unlock": 0.9,
    "dm_farm": 1.2,
    "bump_normal": 1.1,
    "bump_descriptive": 1.1,
    "bump_text_only": 1.1,
    "bump_flyer": 1.1,
}
TREND_UP = {"bundle": 1.1, "vip_program": 1.1}
STALE = {"bump_text_only": 1.3, "ppv_unlock": 0.8}


def type_weights(audience: Audience) -> dict[str, float]:
    """Factors on the value of send types, those that are not 1: all that apply multiplied, within 0.5 to 2."""
    applying: list[dict[str, float]] = []
    if audience.opportunity > HIGH and audience.saturation <= HIGH:
        applying.append(PROMISING)
    if audience.opportunity < LOW_OPPORTUNITY:
        applying.append(UNPROMISING)
    if audience.saturation > HIGH:
        applying.append(SATURATED)
    if audience.saturation < LOW_SATURATION and audience.opportunity > HIGH:
        applying.append(RESTED)
    if audience.revenue_trend == "down":
        applying.append(TREND_DOWN)
    if audience.revenue_trend == "up":
        applying.append(TREND_UP)
    if audience.caption_freshness is not None and audience.caption_freshness < STALE_CAPTIONS:
        applying.append(STALE)
    weights: dict[str, float] = {}
    for factors in applying:
        for key, factor in factors.items():
            weights[key] = weights.get(key, 1.0) * factor
    return {key: min(GREATEST_WEIGHT, max(LEAST_WEIGHT, weight)) for key, weight in weights.items()}


def worth_of_types(types: Mapping[str, SendType], audience: Audience) -> dict[str, int]:
    """Thousandths of a point per send, by type."""
    weights = type_weights(audience)
    return {key: round(row.value * weights.get(key, 1.0) * POINT) for key, row in types.items()}
