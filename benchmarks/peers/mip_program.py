"""A mixed-integer program while it is written, and its arrays for a solver."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .mip_affine import Affine

Witness = Callable[[Sequence[int]], int]
"""The value that an added column must take where all columns before it are known."""


@dataclass(frozen=True)
class MipArrays:
    """Maximise `cost @ x + offset` under bounds of columns and of rows; rows are compressed, all columns whole."""

    cost: NDArray[np.float64]
    offset: float
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    row_lower: NDArray[np.float64]
    row_upper: NDArray[np.float64]
    starts: NDArray[np.int32]
    columns: NDArray[np.int32]
    coefficients: NDArray[np.float64]

    def broken_rows(self, values: Sequence[int]) -> list[int]:
        """Rows that whole values of all columns do not keep."""
        products = self.coefficients * np.asarray(values, dtype=np.float64)[self.columns]
        sums = np.concatenate(([0.0], np.cumsum(products)))
        activity = sums[self.starts[1:]] - sums[self.starts[:-1]]
        off = (activity < self.row_lower - 0.5) | (activity > self.row_upper + 0.5)
        return [int(row) for row in np.flatnonzero(off)]


class MipProgram:
    """Columns with bounds, rows, and a cost to maximise. The first columns are those of the model translated."""

    def __init__(self) -> None:
        self.lower: list[int] = []
        self.upper: list[int] = []
        self.cost = Affine({})
        self._witnesses: list[Witness] = []
        self._row_lower: list[float] = []
        self._row_upper: list[float] = []
        self._starts = [0]
        self._columns: list[int] = []
        self._coefficients: list[int] = []

    def column(self, low: int, high: int, witness: Witness | None = None) -> Affine:
        """A new whole-number column; all but those of the model itself say what value goes with a solution."""
        self.lower.append(low)
        self.upper.append(high)
        if witness is not None:
            self._witnesses.append(witness)
        return Affine({len(self.lower) - 1: 1})

    def row(self, expression: Affine, low: int | None, high: int | None) -> None:
        """Demand `low <= expression <= high`; coefficients are made as small as they can be."""
        divisor = math.gcd(*expression.terms.values()) or 1
        lowest = -math.inf if low is None else -((expression.constant - low) // divisor)
        highest = math.inf if high is None else (high - expression.constant) // divisor
        if not expression.terms and lowest <= 0 <= highest:
            return
        self._columns.extend(expression.terms)
        self._coefficients.extend(factor // divisor for factor in expression.terms.values())
        self._starts.append(len(self._columns))
        self._row_lower.append(lowest)
        self._row_upper.append(highest)

    def completed(self, values: Sequence[int]) -> list[int]:
        """A solution of the model with the values of all added columns."""
        row = list(values)
        assert len(row) + len(self._witnesses) == len(self.lower), "a solution has a value for each of its columns"
        for witness in self._witnesses:
            row.append(witness(row))
        return row

    def arrays(self) -> MipArrays:
        """The program as it stands."""
        cost = np.zeros(len(self.lower))
        for column, factor in self.cost.terms.items():
            cost[column] = factor
        return MipArrays(
            cost,
            float(self.cost.constant),
            np.array(self.lower, dtype=np.float64),
            np.array(self.upper, dtype=np.float64),
            np.array(self._row_lower),
            np.array(self._row_upper),
            np.array(self._starts, dtype=np.int32),
            np.array(self._columns, dtype=np.int32),
            np.array(self._coefficients, dtype=np.float64),
        )
