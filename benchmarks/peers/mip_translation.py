"""A CP-SAT model of whole numbers as a mixed-integer program with the same solutions.

Every encoding is exact; what is left out at first is added when a solution breaks it (`Translation.overfull`).

* A linear constraint under literals is switched off by M times the number of its false literals, with the least M that
  bounds and known differences allow.
* A domain of equal intervals at equal distances (minutes off the round ones) is `low <= x - period * q <= high` with
  one whole number q; any other domain with holes has one 0/1 column per interval.
* Clauses, implications and at-most-one are sums of 0/1 columns.
* No-overlap and cumulative: see `mip_intervals`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ortools.sat.python import cp_model

from .mip_affine import Affine, expression, gathered, literal, spans_of, true_ones
from .mip_differences import Differences
from .mip_intervals import Cumulative, Intervals, Item
from .mip_program import MipProgram
from .mip_rows import Rows

EAGER_PAIRS = 600
"""A cumulative with more pairs of intervals than this is not written out but repaired where solutions break it."""


class UnsupportedModelError(ValueError):
    """The model holds a kind of constraint that the translation does not know."""


class Translation:
    """Writes `program` from a model, whose variables are its first columns; `eager_pairs` as `EAGER_PAIRS`."""

    def __init__(self, model: cp_model.CpModel, eager_pairs: int = EAGER_PAIRS) -> None:
        self._proto = model.proto
        self._eager_pairs = eager_pairs
        self.program = MipProgram()
        self.originals = len(self._proto.variables)
        for variable in self._proto.variables:
            domain = list(variable.domain)  # an index of -1 reads elsewhere
            self.program.column(domain[0], domain[-1])
        self._rows = Rows(self.program, self._learnt())
        self._intervals = Intervals(self._rows)
        self._postponed: list[Cumulative] = []
        for column, variable in enumerate(self._proto.variables):
            if len(variable.domain) > 2:
                self._rows.holes(Affine({column: 1}), spans_of(variable.domain))
        for constraint in self._proto.constraints:
            self._constraint(constraint)
        self._objective()

    def overfull(self, values: Sequence[int]) -> list[Cumulative]:
        """The parts of postponed cumulatives that a solution breaks."""
        return [part for cumulative in self._postponed for part in cumulative.overfull(values)]

    def forbid(self, parts: Sequence[Cumulative]) -> None:
        """Write out parts of postponed cumulatives."""
        for part in parts:
            self._intervals.cumulative(part)

    def _learnt(self) -> Differences:
        """Differences between those columns that intervals and conditional constraints compare."""
        compared: set[int] = set()
        always = []
        for constraint in self._proto.constraints:
            if constraint.has_interval():
                compared.update(constraint.interval.start.vars)
            elif constraint.has_linear() and constraint.enforcement_literal:
                compared.update(constraint.linear.vars)
            elif constraint.has_linear():
                always.append(constraint.linear)
        lower, upper = self.program.lower, self.program.upper
        differences = Differences(lower, upper, [column for column in sorted(compared) if upper[column] > 1])
        for linear in always:
            spans = spans_of(linear.domain)
            differences.learn(expression(linear), spans[0][0], spans[-1][1])
        differences.close()
        return differences

    def _constraint(self, constraint: Any) -> None:
        when = list(constraint.enforcement_literal)
        rows = self._rows
        if constraint.has_linear():
            rows.domain(expression(constraint.linear), spans_of(constraint.linear.domain), when)
        elif constraint.has_bool_or():
            rows.row(true_ones(constraint.bool_or.literals), 1, None, when)
        elif constraint.has_bool_and():
            for reference in constraint.bool_and.literals:
                rows.row(literal(reference), 1, None, when)
        elif constraint.has_at_most_one():
            rows.row(true_ones(constraint.at_most_one.literals), None, 1, when)
        elif constraint.has_exactly_one():
            rows.row(true_ones(constraint.exactly_one.literals), 1, 1, when)
        elif constraint.has_no_overlap() and not when:
            self._intervals.no_overlap([self._item(index) for index in constraint.no_overlap.intervals])
        elif constraint.has_cumulative() and not when:
            self._cumulative(constraint.cumulative)
        elif not constraint.has_interval():  # intervals are read where they are used
            raise UnsupportedModelError("the model holds a constraint that has no translation to rows")

    def _item(self, index: int) -> Item:
        constraint = self._proto.constraints[index]
        start, size = expression(constraint.interval.start), expression(constraint.interval.size)
        if size.terms or expression(constraint.interval.end) != start.shifted(size.constant):
            raise UnsupportedModelError("an interval's size is not fixed")
        return Item(start, size.constant, tuple(constraint.enforcement_literal))

    def _cumulative(self, proto: Any) -> None:
        demands, capacity = [expression(demand) for demand in proto.demands], expression(proto.capacity)
        if capacity.terms or any(demand.terms for demand in demands):
            raise UnsupportedModelError("a cumulative's capacity or demand is not fixed")
        items = tuple(self._item(index) for index in proto.intervals)
        cumulative = Cumulative(items, tuple(demand.constant for demand in demands), capacity.constant)
        if cumulative.pairs(self._rows) > self._eager_pairs:
            self._postponed.append(cumulative)
        else:
            self._intervals.cumulative(cumulative)

    def _objective(self) -> None:
        objective = self._proto.objective
        if objective.vars and objective.scaling_factor != -1:
            raise UnsupportedModelError("only an objective to maximise is translated")
        pairs = zip(objective.vars, (-factor for factor in objective.coeffs), strict=True)
        self.program.cost = gathered(pairs, -int(objective.offset))
