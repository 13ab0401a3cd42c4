"""The degradation chain: what a week carries when the full volume cannot be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.catalog import PageType
from ...model.volume import Source
from ...model.week import Quota
from .base_tier import Base, on_page, tier_of
from .figures import CONFIDENCE_BY_FANS, CONFIDENCE_BY_LEVEL, CONFIDENCE_UNKNOWN, LEVELS, MINIMA, UNKNOWN

UNKNOWN_TIER = "unknown"


@dataclass(frozen=True)
class Fallback:
    """A plain day without any adjustment, how far it is trusted, and on what it rests."""

    base: Base
    confidence: float
    source: Source
    why: str


def fallback(tier: str | None, fans: int | None, page: PageType) -> Fallback:
    """The row of a known tier; else the least of the tier by fans; else 3/3/1. The week is uniform in each case."""
    if tier is not None:
        return _plain(tier, LEVELS[tier], page, CONFIDENCE_BY_LEVEL, "base_tier", f"level {tier}")
    if fans is not None:
        tier = tier_of(fans)
        why = f"{fans} fans (the least of level {tier})"
        return _plain(tier, MINIMA[tier], page, CONFIDENCE_BY_FANS, "fan_estimate", why)
    why = "neither level nor fans known"
    return _plain(UNKNOWN_TIER, UNKNOWN, page, CONFIDENCE_UNKNOWN, "minimum_safe", why)


def _plain(tier: str, row: Quota, page: PageType, confidence: float, source: Source, why: str) -> Fallback:
    least: Mapping[str, Quota] = {UNKNOWN_TIER: UNKNOWN, **MINIMA}
    base = Base(tier, on_page(row, page), on_page(least[tier], page), None)
    return Fallback(base, confidence, source, why)
