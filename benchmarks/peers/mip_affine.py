"""Whole-number affine expressions over numbered columns, and literals as such expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

UNBOUNDED = 2**62
"""Numbers from here on stand for infinity in the protocol buffers."""
Span = tuple[int | None, int | None]
"""A closed interval; None for no limit."""


@dataclass(frozen=True)
class Affine:
    """A constant plus coefficients by column; no coefficient is 0."""

    terms: Mapping[int, int]
    constant: int = 0

    def plus(self, other: Affine, factor: int = 1) -> Affine:
        """This and `factor` times the other."""
        terms = dict(self.terms)
        for column, coefficient in other.terms.items():
            total = terms.get(column, 0) + factor * coefficient
            if total:
                terms[column] = total
            else:
                terms.pop(column, None)
        return Affine(terms, self.constant + factor * other.constant)

    def shifted(self, amount: int) -> Affine:
        """This and a constant."""
        return Affine(self.terms, self.constant + amount)

    def at(self, values: Sequence[int]) -> int:
        """Its value where the columns have these values."""
        return self.constant + sum(coefficient * values[column] for column, coefficient in self.terms.items())


def gathered(pairs: Iterable[tuple[int, int]], constant: int = 0) -> Affine:
    """The sum of (column, coefficient) pairs and a constant."""
    terms: dict[int, int] = {}
    for column, coefficient in pairs:
        terms[column] = terms.get(column, 0) + coefficient
    return Affine({column: total for column, total in terms.items() if total}, constant)


def literal(reference: int) -> Affine:
    """A literal: a 0/1 column, or for a negative reference 1 minus the column it negates."""
    return true_ones([reference])


def true_ones(references: Iterable[int]) -> Affine:
    """How many of these literals are true."""
    row = list(references)
    pairs = ((reference, 1) if reference >= 0 else (-1 - reference, -1) for reference in row)
    return gathered(pairs, sum(reference < 0 for reference in row))


def false_ones(references: Iterable[int]) -> Affine:
    """How many of these literals are false."""
    return true_ones(-1 - reference for reference in references)


def expression(proto: Any) -> Affine:
    """A linear expression of the protocol buffer; also reads the left side of a linear constraint."""
    return gathered(zip(proto.vars, proto.coeffs, strict=True), getattr(proto, "offset", 0))


def spans_of(domain: Sequence[int]) -> list[Span]:
    """The closed intervals of a flattened domain."""
    ends = [None if abs(end) >= UNBOUNDED else end for end in domain]
    return list(zip(ends[::2], ends[1::2], strict=True))
