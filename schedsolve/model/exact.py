"""Exact arithmetic on stated decimals."""

from __future__ import annotations

from fractions import Fraction


def exact(value: float) -> Fraction:
    """The decimal number that a float stands for: 0.1 is one tenth, not the nearest binary fraction."""
    return Fraction(str(value))
