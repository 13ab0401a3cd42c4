"""Module 5, elasticity bounds: whether one more send a day still pays."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...model.audience import DayResult
from .figures import ENOUGH_DAYS, ENOUGH_VOLUMES, LEAST_MARGIN


def elasticity(days: Sequence[DayResult]) -> float | None:
    """The exponent e of revenue per send = a x (sends per day)^e, by least squares on logarithms.

    Days without sends or revenue are left out. None with fewer than 14 days or three volumes. The days'
    order does not matter.
    """
    used = [day for day in days if day.sends > 0 and day.revenue > 0]
    if len(used) < ENOUGH_DAYS or len({day.sends for day in used}) < ENOUGH_VOLUMES:
        return None
    volumes = [math.log(day.sends) for day in used]
    earned = [math.log(day.revenue / day.sends) for day in used]
    mean_volume, mean_earned = math.fsum(volumes) / len(used), math.fsum(earned) / len(used)
    spread = math.fsum((x - mean_volume) ** 2 for x in volumes)
    slope = math.fsum((x - mean_volume) * (y - mean_earned) for x, y in zip(volumes, earned, strict=True))
    return slope / spread


def caps(exponent: float | None) -> bool:
    """Whether one more send earns less than half of an average one: 1 + e, in shares of it."""
    return exponent is not None and 1 + exponent < LEAST_MARGIN
