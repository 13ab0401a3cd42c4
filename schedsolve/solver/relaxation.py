"""The linear relaxation of a model, and the prices it puts on rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from .excerpt import UNBOUNDED, Whole, variable_of

if TYPE_CHECKING:
    from ortools.math_opt.model_pb2 import ModelProto
else:
    ModelProto = Any

MOST_PIVOTS = 60_000
"""Simplex iterations at most."""


@dataclass(frozen=True)
class Row:
    """A linear inequality or equation: low <= sum of coefficient x variable <= high."""

    variables: tuple[int, ...]
    coefficients: tuple[int, ...]
    low: float
    high: float


def rows_of(whole: Whole) -> Iterator[Row]:
    """The linear rows that a model implies outright.

    Rows under literals and packings are left out: with them the relaxation of a week takes half as long again, and
    its value falls by 0.01 %.
    """
    for constraint in whole.constraints:
        match constraint.kind:
            case "linear" if not constraint.enforcement:
                first, last = constraint.domain[0], constraint.domain[-1]
                low = -math.inf if first <= -UNBOUNDED else first
                high = math.inf if last >= UNBOUNDED else last
                yield Row(constraint.literals, constraint.coefficients, low, high)
            case "at_most_one":
                yield _counted(constraint.literals, -math.inf, 1)
            case "exactly_one":
                yield _counted(constraint.literals, 1, 1)
            case "bool_or":
                yield _counted((*constraint.literals, *_negated(constraint.enforcement)), 1, math.inf)
            case "bool_and":
                for literal in constraint.literals:
                    yield _counted((literal, *_negated(constraint.enforcement)), 1, math.inf)


def _negated(literals: Sequence[int]) -> Iterator[int]:
    return (-literal - 1 for literal in literals)


def _counted(literals: Sequence[int], low: float, high: float) -> Row:
    """So many of the literals are true."""
    negated = sum(literal < 0 for literal in literals)
    signs = tuple(1 if literal >= 0 else -1 for literal in literals)
    return Row(tuple(variable_of(literal) for literal in literals), signs, low - negated, high - negated)


def prices(whole: Whole, rows: Sequence[Row], time_limit: float | None = None) -> list[float] | None:
    """What one unit of each row's side is worth at the relaxation's optimum; None when it was not reached.

    Prices are at least 0 for binding upper sides and at most 0 for lower ones. The simplex method runs alone and
    under an iteration limit, so that they depend on nothing but the model; `time_limit` in seconds is a guard.
    """
    from ortools.math_opt.python import mathopt  # takes as long to load as a first plan to find, and is needed after it

    parameters = mathopt.SolveParameters(
        iteration_limit=MOST_PIVOTS, time_limit=None if time_limit is None else timedelta(seconds=time_limit)
    )
    program = mathopt.Model.from_model_proto(_program(whole, rows))
    result = mathopt.solve(program, mathopt.SolverType.HIGHS, params=parameters)
    if not result.has_dual_feasible_solution():
        return None
    return [price for _, price in sorted((row.id, price) for row, price in result.dual_values().items())]


def _program(whole: Whole, rows: Sequence[Row]) -> ModelProto:
    """The relaxation as a linear programme; ids are places."""
    from ortools.math_opt.model_pb2 import ModelProto

    program = ModelProto()
    program.variables.ids.extend(range(len(whole.domains)))
    program.variables.lower_bounds.extend(domain[0] for domain in whole.domains)
    program.variables.upper_bounds.extend(domain[-1] for domain in whole.domains)
    program.variables.integers.extend([False] * len(whole.domains))
    program.objective.maximize = True
    program.objective.linear_coefficients.ids.extend(sorted(whole.worth))
    program.objective.linear_coefficients.values.extend(whole.worth[variable] for variable in sorted(whole.worth))
    program.linear_constraints.ids.extend(range(len(rows)))
    program.linear_constraints.lower_bounds.extend(row.low for row in rows)
    program.linear_constraints.upper_bounds.extend(row.high for row in rows)
    matrix = program.linear_constraint_matrix
    for place, row in enumerate(rows):
        terms: dict[int, int] = {}
        for variable, coefficient in zip(row.variables, row.coefficients, strict=True):
            terms[variable] = terms.get(variable, 0) + coefficient
        matrix.row_ids.extend([place] * len(terms))
        matrix.column_ids.extend(sorted(terms))
        matrix.coefficients.extend(terms[variable] for variable in sorted(terms))
    return program
