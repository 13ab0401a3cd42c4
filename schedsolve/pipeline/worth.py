"""What one send of each type is worth to this creator now: catalog value times the factors of section 4.2."""

from __future__ import annotations

from collections.abc import Mapping

from ..constraints.preference import POINT
from ..model.catalog import SendType
from ..model.scenario import Performance

HIGH, LOW_OPPORTUNITY, LOW_SATURATION, STALE_CAPTIONS = 70, 40, 30, 50

PROMISING = {"ppv_unlock": 1.5, "bundle": 1.4, "flash_bundle": 1.3, "vip_program": 1.2}
UNPROMISING = {"bump_normal": 1.3, "bump_descriptive": 1.3, "dm_farm": 1.2, "link_drop": 1.1}
SATURATED = {"bump_text_only": 1.3}
RESTED = {"ppv_unlock": 1.1, "bundle": 1.1}
TREND_DOWN = {
    "ppv_unlock": 0.8,
    "dm_farm": 1.2,
    "bump_normal": 1.1,
    "bump_descriptive": 1.1,
    "bump_flyer": 1.1,
}
TREND_UP = {"bundle": 1.1, "flash_bundle": 1.1, "snapchat_bundle": 1.1, "vip_program": 1.2}
STALE = {"bump_text_only": 1.3, "ppv_unlock": 0.8}


def worth_of_types(types: Mapping[str, SendType], performance: Performance) -> dict[str, int]:
    """Thousandths of a point per send, by type."""
    factors: list[dict[str, float]] = []
    if performance.opportunity > HIGH:
        factors.append(PROMISING)
    if performance.opportunity < LOW_OPPORTUNITY:
        factors.append(UNPROMISING)
    if performance.saturation > HIGH:
        factors.append(SATURATED)
    if performance.saturation < LOW_SATURATION and performance.opportunity > HIGH:
        factors.append(RESTED)
    if performance.revenue_trend == "down":
        factors.append(TREND_DOWN)
    if performance.revenue_trend == "up":
        factors.append(TREND_UP)
    if performance.caption_freshness is not None and performance.caption_freshness < STALE_CAPTIONS:
        factors.append(STALE)
    worth = {}
    for key, row in types.items():
        value = row.value
        for factor in factors:
            value *= factor.get(key, 1.0)
        worth[key] = round(value * POINT)
    return worth
