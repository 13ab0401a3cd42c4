"""How long observations take to come in."""

from __future__ import annotations

from fractions import Fraction

ASSUMED_RATE = 10
"""Observations a day and group, where no rate was observed."""
RATES = (0.001, 10**9)
"""The least and the greatest rate that is reckoned with."""


def days_to_collect(count: int, rate: float = ASSUMED_RATE) -> int:
    """Days until `count` observations are there, at `rate` a day: count // rate + 1, and 0 for none.

    Raises
    ------
    ValueError
        When the rate is not within RATES.
    """
    check_rate(rate)
    return int(count // Fraction(str(rate))) + 1 if count else 0


def check_rate(rate: float) -> None:
    """Raise ValueError for a rate outside RATES: at 0 a day nothing ever comes."""
    least, most = RATES
    if not least <= rate <= most:
        raise ValueError(f"the rate must be from {least:g} to {most:g} observations a day, found {rate}")


def rate_to_be_done(count: int, days: int) -> int:
    """The least whole rate a day at which `days_to_collect` is at most `days`."""
    return count // days + 1
