"""Levels of the degradation chain: how far a caption lies below what is wanted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...model.filled import LogLevel, Severity
from .figures import LEVELS

LOGGED: tuple[LogLevel | None, ...] = (None, "warning", "warning", "warning", "error")
"""At which level of a log an assignment belongs, by caption level."""
SEVERITIES: tuple[Severity | None, ...] = (None, "low", "medium", "medium", "medium")
"""What it means for the run: level 1 still meets the standard floor."""
MEANINGS = (
    "normal",
    "lowered, still at the standard floor",
    "pool depleted",
    "critical shortage",
    "any compatible caption, no quality promise",
)


def level_of(freshness: float, performance: float) -> int:
    """The first level whose two bounds are met, 0 to 4."""
    return next(level for level, bounds in enumerate(LEVELS) if freshness >= bounds[0] and performance >= bounds[1])


def levels_of(freshness: NDArray[np.float64], performance: NDArray[np.float64]) -> NDArray[np.int64]:
    """`level_of` of many."""
    met = np.array([(freshness >= least) & (performance >= good) for least, good in LEVELS])
    first: NDArray[np.int64] = np.argmax(met, axis=0).astype(np.int64)
    return first
