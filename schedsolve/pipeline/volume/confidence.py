"""Module 3, confidence: how far the data is trusted, and how far it may move the quotas."""

from __future__ import annotations

from fractions import Fraction

from .figures import (
    CONFIDENCE_FLOOR,
    CONFIDENCE_MISSING,
    CONFIDENCE_RANGE,
    CONFIDENCE_WITHOUT_TRENDS,
    CREDIBILITY,
    FEW_MESSAGES,
)
from .saturation import Adjustment


def confidence_of(messages: int) -> float:
    """Trust in figures from so many messages: 0.3 without any, towards 1 with many (Buehlmann credibility)."""
    return CONFIDENCE_FLOOR + CONFIDENCE_RANGE * messages / (messages + CREDIBILITY)


def confidence_score(stated: float | None, trends_known: bool, messages: int | None) -> float:
    """The confidence 0..1: as stated (clamped), 0.5 without trends, by messages, or 0.7 where these are not known."""
    if stated is not None:
        return min(1.0, max(0.0, stated))
    if not trends_known:
        return CONFIDENCE_WITHOUT_TRENDS
    return CONFIDENCE_MISSING if messages is None else round(confidence_of(messages), 6)


def damped(change: Adjustment, messages: int | None) -> Adjustment:
    """The change in so far as so few messages bear it: all of it from 30, none where their number is not known."""
    share = Fraction(0) if messages is None else Fraction(min(messages, FEW_MESSAGES), FEW_MESSAGES)
    return Adjustment(change.revenue * share, change.engagement * share)
