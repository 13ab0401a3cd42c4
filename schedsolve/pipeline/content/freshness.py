"""Freshness: how long a caption has rested."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .figures import BANDS, FULL_SCORE, POINTS_PER_DAY


def freshness_of(last_used_on: date | None, as_of: date) -> float:
    """0 to 100: ten points for each whole day of rest; never used is 100, a use still to come counts as no rest."""
    if last_used_on is None:
        return FULL_SCORE
    return min(FULL_SCORE, float(POINTS_PER_DAY * max(0, (as_of - last_used_on).days)))


def freshness_scores(last_uses: Sequence[date | None], as_of: date) -> NDArray[np.float64]:
    """`freshness_of` of many."""
    now, never = as_of.toordinal(), as_of.toordinal() - int(FULL_SCORE)
    used = np.fromiter((never if day is None else day.toordinal() for day in last_uses), np.int64, len(last_uses))
    scores: NDArray[np.float64] = np.clip(POINTS_PER_DAY * (now - used), 0, FULL_SCORE).astype(np.float64)
    return scores


def band_of(freshness: float) -> str:
    """`fresh` (preferred), `moderate`, `stale` (only without an alternative) or `exhausted`."""
    return next(name for least, name in BANDS if freshness >= least)
