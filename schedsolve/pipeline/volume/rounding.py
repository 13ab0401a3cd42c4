"""Half-up rounding of exact fractions: never the banker's rounding of `round`."""

from __future__ import annotations

from fractions import Fraction


def half_up(value: Fraction) -> int:
    """The nearest whole number; halves go up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def changed_by(quota: int, percent: Fraction) -> int:
    """A quota changed by a percentage, rounded half up."""
    return half_up(quota * (100 + percent) / 100)
