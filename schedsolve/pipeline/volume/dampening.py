"""What low confidence does to a day: its quotas are drawn towards a minimum, and never raised."""

from __future__ import annotations

from fractions import Fraction

from ...model.exact import exact
from ...model.week import Quota
from .figures import DAMPED_BELOW, FULL_FROM, SLIGHT_DAMPENING
from .rounding import half_up


def pull(confidence: float) -> Fraction:
    """Share of the minimum in a damped quota: 0 from 0.8 up, at most a tenth down to 0.6, and below that up to 1."""
    trust = exact(confidence)
    if trust >= FULL_FROM:
        return Fraction(0)
    if trust >= DAMPED_BELOW:
        return SLIGHT_DAMPENING * (FULL_FROM - trust) / (FULL_FROM - DAMPED_BELOW)
    return max(SLIGHT_DAMPENING, 1 - trust / DAMPED_BELOW)


def damped(quota: Quota, minimum: Quota, confidence: float) -> Quota:
    """The quotas of a day as far as they are trusted; a minimum above a quota does not raise it."""
    share = pull(confidence)
    return Quota(
        _drawn(quota.revenue, minimum.revenue, share),
        _drawn(quota.engagement, minimum.engagement, share),
        _drawn(quota.retention, minimum.retention, share),
    )


def _drawn(quota: int, minimum: int, share: Fraction) -> int:
    return min(quota, half_up(quota * (1 - share) + minimum * share))
