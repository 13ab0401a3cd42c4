"""Module 4, day-of-week multipliers: how a week's sends lie on its days."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from ...model.apportionment import largest_remainder
from ...model.audience import WeekdayResult
from ...model.exact import exact
from .figures import GREATEST_MULTIPLIER, LEAST_MULTIPLIER, WEEKDAY_PRIOR

DAYS = range(7)
Multipliers = tuple[Fraction, ...]
"""One factor for each weekday, Monday first."""
UNIFORM: Multipliers = (Fraction(1),) * 7


def weekday_multipliers(results: Mapping[int, WeekdayResult]) -> Multipliers:
    """A factor 0.7..1.3 for each weekday: its revenue per send by that of all days, shrunk as if by ten plain sends."""
    sends = sum(result.sends for result in results.values())
    revenue = sum((exact(result.revenue) for result in results.values()), Fraction(0))
    if not sends or not revenue:
        return UNIFORM
    return tuple(_multiplier(results.get(day), revenue / sends) for day in DAYS)


def _multiplier(result: WeekdayResult | None, overall: Fraction) -> Fraction:
    if result is None or not result.sends:
        return Fraction(1)
    raw = exact(result.revenue) / result.sends / overall
    shrunk = 1 + (raw - 1) * result.sends / (result.sends + WEEKDAY_PRIOR)
    return min(GREATEST_MULTIPLIER, max(LEAST_MULTIPLIER, shrunk))


def weekly_distribution(per_day: int, multipliers: Multipliers) -> dict[int, int]:
    """Seven times the sends a day, split over the weekdays by largest remainder, ties to the earlier day."""
    common = lcm(*(multiplier.denominator for multiplier in multipliers))
    ratio = [int(multiplier * common) for multiplier in multipliers]
    return dict(zip(DAYS, largest_remainder(7 * per_day, ratio), strict=True))
