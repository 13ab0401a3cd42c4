"""The value of a linear relaxation by a solver that the engine does not use."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.linear_solver import pywraplp

from schedsolve.solver.excerpt import Whole
from schedsolve.solver.relaxation import Row


def relaxed_optimum(whole: Whole, rows: Sequence[Row]) -> float:
    """The relaxation's value by another solver, without the objective's offset."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    variables = [solver.NumVar(domain[0], domain[-1], "") for domain in whole.domains]
    for row in rows:
        terms = zip(row.variables, row.coefficients, strict=True)
        solver.Add(solver.Sum([k * variables[v] for v, k in terms]) <= min(row.high, 1e9))
        terms = zip(row.variables, row.coefficients, strict=True)
        solver.Add(solver.Sum([k * variables[v] for v, k in terms]) >= max(row.low, -1e9))
    solver.Maximize(solver.Sum([k * variables[v] for v, k in whole.worth.items()]))
    assert solver.Solve() == pywraplp.Solver.OPTIMAL
    return float(solver.Objective().Value())
