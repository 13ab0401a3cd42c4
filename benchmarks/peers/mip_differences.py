"""How far apart whole-number columns lie at least and at most: shortest paths over difference constraints.

The least constants M that switch an inequality off come from here: bounds of single columns know nothing of the order
of slots, differences do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .mip_affine import Affine


class Differences:
    """Lower bounds of `second - first` for all pairs of some columns, from bounds and from rows that always hold."""

    def __init__(self, lower: Sequence[int], upper: Sequence[int], nodes: Sequence[int]) -> None:
        self._lower, self._upper = lower, upper
        self._place = {column: place for place, column in enumerate(nodes)}
        low = np.array([lower[column] for column in nodes], dtype=np.int64)
        high = np.array([upper[column] for column in nodes], dtype=np.int64)
        self._least = low[None, :] - high[:, None]
        np.fill_diagonal(self._least, 0)

    def learn(self, row: Affine, low: int | None, high: int | None) -> None:
        """Take in a row `low <= row <= high`; one that is not a difference of two known columns tells nothing."""
        pair = self._pair(row)
        if pair is None or pair[2] != 1:
            return
        first, second, _, rest = pair
        if low is not None:
            self._raise(first, second, low - self._by_bounds(rest, self._upper, self._lower))
        if high is not None:
            self._raise(second, first, self._by_bounds(rest, self._lower, self._upper) - high)

    def close(self) -> None:
        """Chain what was learnt, so that every pair has its best bound."""
        least = self._least
        for middle in range(len(self._place)):
            np.maximum(least, least[:, middle, None] + least[middle], out=least)

    def least(self, row: Affine) -> int:
        """A lower bound of an expression."""
        pair = self._pair(row)
        if pair is None:
            return self._by_bounds(row, self._lower, self._upper)
        first, second, factor, rest = pair
        distance = int(self._least[self._place[first], self._place[second]])
        return factor * distance + self._by_bounds(rest, self._lower, self._upper)

    def most(self, row: Affine) -> int:
        """An upper bound of an expression."""
        return -self.least(Affine({}).plus(row, -1))

    def _raise(self, first: int, second: int, distance: int) -> None:
        place = self._place[first], self._place[second]
        self._least[place] = max(int(self._least[place]), distance)

    def _pair(self, row: Affine) -> tuple[int, int, int, Affine] | None:
        """An expression as factor x (second - first) plus the rest, with both columns known; None for others."""
        known = [column for column in row.terms if column in self._place]
        if len(known) != 2 or row.terms[known[0]] + row.terms[known[1]]:
            return None
        second, first = sorted(known, key=lambda column: row.terms[column], reverse=True)
        rest = Affine({column: factor for column, factor in row.terms.items() if column not in known}, row.constant)
        return first, second, row.terms[second], rest

    @staticmethod
    def _by_bounds(row: Affine, low: Sequence[int], high: Sequence[int]) -> int:
        """The least value with `low` under positive and `high` under negative coefficients (swapped: the greatest)."""
        return row.constant + sum(
            factor * (low[column] if factor > 0 else high[column]) for column, factor in row.terms.items()
        )
