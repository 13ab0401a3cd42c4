"""Amounts of money without the noise of binary fractions: 0.1 is a tenth, and a mean of cents is a fraction."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def exact(amount: float) -> Fraction:
    """The amount as it is written."""
    return Fraction(str(amount))


def mean(amounts: Sequence[float]) -> Fraction:
    """The mean of some amounts, of which there is at least one."""
    return sum(map(exact, amounts), Fraction()) / len(amounts)


def to_cents(amount: Fraction) -> float:
    """An amount that is not negative in dollars, rounded half-up to cents."""
    return int(amount * 100 + Fraction(1, 2)) / 100
