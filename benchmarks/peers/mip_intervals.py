"""Intervals of fixed size that may not overlap, or not too many at once, as rows of a mixed-integer program.

No-overlap: for two intervals that both orders are possible for, one 0/1 column says which comes first; where only one
order is possible the distance is demanded at once; pairs that cannot meet are left out.

Cumulative: load grows only where an interval starts, so the load is limited at every start. `meets[i, j]` is at least 1
when both are present and j runs at the start of i, that is, unless j has ended by then or starts later; each of the two
excuses is a 0/1 column that demands its distance, left out where it is known to be impossible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .mip_affine import Affine, false_ones
from .mip_rows import Rows


@dataclass(frozen=True, eq=False)
class Item:
    """An interval of fixed size that is present where all literals in `when` are true."""

    start: Affine
    size: int
    when: tuple[int, ...]

    def present(self, values: Sequence[int]) -> bool:
        """Whether a solution has it."""
        return not false_ones(self.when).at(values)

    def runs_at(self, moment: int, values: Sequence[int]) -> bool:
        """Whether a solution has it running then."""
        start = self.start.at(values)
        return start <= moment < start + self.size and self.present(values)


@dataclass(frozen=True)
class Cumulative:
    """Items with demands that never add up to more than the capacity."""

    items: tuple[Item, ...]
    demands: tuple[int, ...]
    capacity: int

    def overfull(self, values: Sequence[int]) -> list[Cumulative]:
        """One part of this for every set of items that a solution lets run together against the capacity."""
        parts: dict[tuple[int, ...], Cumulative] = {}
        for item in self.items:
            if not item.present(values):
                continue
            moment = item.start.at(values)
            running = tuple(place for place, other in enumerate(self.items) if other.runs_at(moment, values))
            if sum(self.demands[place] for place in running) > self.capacity and running not in parts:
                items = tuple(self.items[place] for place in running)
                parts[running] = Cumulative(items, tuple(self.demands[place] for place in running), self.capacity)
        return list(parts.values())

    def pairs(self, rows: Rows) -> int:
        """How many pairs may meet by the bounds of their starts alone."""
        first = np.array([rows.differences.least(item.start) for item in self.items])
        last = np.array([rows.differences.most(item.start) for item in self.items])
        ends = last + np.array([item.size for item in self.items])
        meet = (first[:, None] < ends[None, :]) & (first[None, :] < ends[:, None])
        return int(np.triu(meet, 1).sum())


class Intervals:
    """Writes interval constraints by way of rows."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._before: dict[tuple[Item, Item, int], Affine] = {}

    def no_overlap(self, items: Sequence[Item]) -> None:
        """Of any two present items one ends before the other starts."""
        for first, second in combinations(items, 2):
            self._disjoint(first, second)

    def _disjoint(self, first: Item, second: Item) -> None:
        rows, when = self._rows, (*first.when, *second.when)
        distance = second.start.plus(first.start, -1)
        least, most = rows.differences.least(distance), rows.differences.most(distance)
        forward, backward = most >= first.size, least <= -second.size
        if least >= first.size or most <= -second.size:
            return
        if not (forward or backward):
            rows.row(false_ones(when), 1, None)
        elif not backward:
            rows.row(distance, first.size, None, when)
        elif not forward:
            rows.row(distance, None, -second.size, when)
        else:
            (order,) = rows.program.column(0, 1, lambda values: int(distance.at(values) >= first.size)).terms
            rows.row(distance, first.size, None, (*when, order))
            rows.row(distance, None, -second.size, (*when, -1 - order))

    def cumulative(self, cumulative: Cumulative) -> None:
        """At the start of every present item, those that run fit into the capacity."""
        for item, demand in zip(cumulative.items, cumulative.demands, strict=True):
            load = Affine({}, demand)
            for other, weight in zip(cumulative.items, cumulative.demands, strict=True):
                if other is not item:
                    load = load.plus(self._meets(item, other), weight)
            most = load.constant + sum(load.terms.values())
            slack = max(0, demand - cumulative.capacity)
            if most > cumulative.capacity:
                self._rows.program.row(load.plus(false_ones(item.when), -slack), None, cumulative.capacity)

    def _meets(self, item: Item, other: Item) -> Affine:
        """At least 1 when both are present and `other` runs at the start of `item`; a constant 0 if it never can."""
        distance = item.start.plus(other.start, -1)
        if self._rows.differences.least(distance) >= other.size or self._rows.differences.most(distance) < 0:
            return Affine({})
        meets = self._rows.program.column(
            0, 1, lambda values: int(item.present(values) and other.runs_at(item.start.at(values), values))
        )
        excuses = self._is_before(other, item, other.size).plus(self._is_before(item, other, 1))
        self._rows.program.row(meets.plus(excuses).plus(false_ones((*item.when, *other.when))), 1, None)
        return meets

    def _is_before(self, first: Item, second: Item, minutes: int) -> Affine:
        """A 0/1 column that demands a distance when it is 1; a constant 0 where that distance is out of reach."""
        key = (first, second, minutes)
        distance = second.start.plus(first.start, -1)
        if key not in self._before and self._rows.differences.most(distance) < minutes:
            self._before[key] = Affine({})
        if key not in self._before:
            before = self._rows.program.column(0, 1, lambda values: int(distance.at(values) >= minutes))
            self._before[key] = before
            self._rows.row(distance, minutes, None, tuple(before.terms))
        return self._before[key]
