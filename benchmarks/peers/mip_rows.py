"""Rows under literals and domains with holes, written exactly with 0/1 and whole-number columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .mip_affine import Affine, Span, false_ones
from .mip_differences import Differences
from .mip_program import MipProgram, Witness


class Rows:
    """Writes on a program; `differences` gives the least constants that switch a row off."""

    def __init__(self, program: MipProgram, differences: Differences) -> None:
        self.program = program
        self.differences = differences

    def row(self, expression: Affine, low: int | None, high: int | None, when: Sequence[int] = ()) -> None:
        """Demand `low <= expression <= high` where all literals are true.

        Each false literal gives way by as much as the expression can miss the limit at most.
        """
        if not when:
            self.program.row(expression, low, high)
            return
        slack = false_ones(when)
        if low is not None and (least := self.differences.least(expression)) < low:
            self.program.row(expression.plus(slack, low - least), low, None)
        if high is not None and (most := self.differences.most(expression)) > high:
            self.program.row(expression.plus(slack, high - most), None, high)

    def domain(self, expression: Affine, spans: Sequence[Span], when: Sequence[int] = ()) -> None:
        """Keep an expression inside sorted disjoint intervals where all literals are true."""
        self.row(expression, spans[0][0], spans[-1][1], when)
        if len(spans) > 1:
            self.holes(expression, spans, when)

    def holes(self, expression: Affine, spans: Sequence[Span], when: Sequence[int] = ()) -> None:
        """Keep an expression, between the outer limits already, out of the gaps between intervals."""
        period = _period(spans)
        if period is None:
            self._choice(expression, spans, when)
        else:
            self._lattice(expression, spans, period, when)

    def _lattice(self, expression: Affine, spans: Sequence[Span], period: int, when: Sequence[int]) -> None:
        """One number of the interval: `low <= expression - period * number <= high`."""
        low, high = spans[1][0], spans[0][1]
        assert low is not None
        assert high is not None
        last = len(spans) - 1
        number = self.program.column(
            0, last, lambda values: min(max(-((high - expression.at(values)) // period), 0), last)
        )
        self.row(expression.plus(number, -period), low - period, high, when)

    def _choice(self, expression: Affine, spans: Sequence[Span], when: Sequence[int]) -> None:
        """One 0/1 column per interval; where none is chosen only the expression's own limits hold."""
        least, most = self.differences.least(expression), self.differences.most(expression)
        chosen, lowest, highest = Affine({}), Affine({}, least), Affine({}, most)
        for low, high in ((least if low is None else low, most if high is None else high) for low, high in spans):
            inside = self.program.column(0, 1, _lies_within(expression, low, high))
            chosen = chosen.plus(inside)
            lowest = lowest.plus(inside, low - least)
            highest = highest.plus(inside, high - most)
        self.program.row(chosen.plus(false_ones(when)), 1, None)
        self.program.row(chosen, None, 1)
        self.program.row(expression.plus(lowest, -1), 0, None)
        self.program.row(expression.plus(highest, -1), None, 0)


def _lies_within(expression: Affine, low: int, high: int) -> Witness:
    return lambda values: int(low <= expression.at(values) <= high)


def _period(spans: Sequence[Span]) -> int | None:
    """The distance of intervals that are alike; the first may begin late and the last end early. None if unlike."""
    lows = [low for low, _ in spans[1:]]
    highs = [high for _, high in spans[:-1]]
    first, last = spans[0][0], spans[-1][1]
    if first is None or last is None or None in lows or None in highs:
        return None
    starts, ends = [low for low in lows if low is not None], [high for high in highs if high is not None]
    period = starts[1] - starts[0] if len(starts) > 1 else max(starts[0] - first, last - ends[0])
    steps = {later - earlier for row in (starts, ends) for earlier, later in pairwise(row)}
    alike = steps <= {period} and first >= starts[0] - period and last <= ends[-1] + period
    return period if alike else None
