"""Small random models with every kind of constraint that rules post, and all their solutions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, IntVar

LITERALS = range(4)
NUMBERS = range(4, 7)
CONSTANT = 7
"""Places of the variables: five literals, three numbers whose domains have holes, and a constant."""
DOMAINS = ((0, 1, 3, 4), (-2, -1, 2), (1, 2, 5), (0, 2, 4), (-3, 0, 1, 2))
Post = Callable[[CpModel, Sequence[IntVar]], None]


@dataclass(frozen=True)
class Rule:
    """One constraint: the places it speaks of, and what posts it."""

    scope: frozenset[int]
    post: Post


@dataclass(frozen=True)
class RandomModel:
    """A model that has solutions; `sign` is -1 when its objective is minimised."""

    domains: tuple[tuple[int, ...], ...]
    rules: tuple[Rule, ...]
    weights: Mapping[int, int]
    offset: int
    sign: int

    def build(self, within: frozenset[int] | None = None) -> CpModel:
        """The model; with `within` only what speaks of nothing but these places, the others at rest, no objective."""
        model = CpModel()
        variables = [
            model.new_int_var_from_domain(
                cp_model.Domain.from_values(row if within is None or at in within else row[:1]), ""
            )
            for at, row in enumerate(self.domains)
        ]
        for rule in self.rules:
            if within is None or rule.scope <= within:
                rule.post(model, variables)
        if within is None:
            value = sum(weight * variables[at] for at, weight in self.weights.items()) + self.offset
            model.maximize(value) if self.sign > 0 else model.minimize(value)
        return model

    def worth(self, solution: Sequence[int]) -> int:
        """What a solution is worth: the more the better, so minus its cost where the objective is minimised."""
        return self.sign * (sum(weight * solution[at] for at, weight in self.weights.items()) + self.offset)


@cache
def random_model(seed: int) -> tuple[RandomModel, frozenset[tuple[int, ...]]]:
    """A model with one constraint of every kind at most, as many as leave it a solution, and all its solutions."""
    draw = random.Random(seed)
    domains = (*((0, 1),) * len(LITERALS), *(draw.choice(DOMAINS) for _ in NUMBERS), (draw.choice((1, 2)),))
    weights = {at: draw.choice((-7, -2, 3, 5)) for at in draw.sample(range(CONSTANT + 1), 5)}
    model = RandomModel(domains, (), weights, draw.randint(-9, 9), draw.choice((1, -1)))
    for kind in draw.sample(KINDS, draw.randint(3, len(KINDS))):
        wider = RandomModel(domains, (*model.rules, kind(draw)), weights, model.offset, model.sign)
        if feasible(wider.build()):
            model = wider
    return model, solutions(model.build())


def feasible(model: CpModel) -> bool:
    """Whether it has a solution."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.stop_after_first_solution = True
    return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def solutions(model: CpModel) -> frozenset[tuple[int, ...]]:
    """All solutions."""
    bare = model.clone()
    bare.clear_objective()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.cp_model_presolve = False
    collector = _Collector()
    status = solver.solve(bare, collector)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return frozenset(collector.found)


def optimum(model: CpModel) -> int:
    """The objective of the best solution."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


class _Collector(cp_model.CpSolverSolutionCallback):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[int, ...]] = set()

    def on_solution_callback(self) -> None:
        self.found.add(tuple(self.response_proto.solution))


def _literals(draw: random.Random, fewest: int, most: int) -> list[tuple[int, bool]]:
    """Places of different literals, each with whether it is negated."""
    return [(at, draw.random() < 0.4) for at in draw.sample(LITERALS, draw.randint(fewest, most))]


def _true(variables: Sequence[IntVar], literals: Sequence[tuple[int, bool]]) -> list[Any]:
    return [variables[at].negated() if negated else variables[at] for at, negated in literals]


def _scope(*groups: Sequence[tuple[int, Any]]) -> frozenset[int]:
    return frozenset(at for group in groups for at, _ in group)


def _row(draw: random.Random, when: Sequence[tuple[int, bool]]) -> Rule:
    """A linear row whose domain has holes or no lower or upper end."""
    terms = [(at, draw.choice((-2, -1, 1, 2, 3))) for at in draw.sample(range(CONSTANT + 1), draw.randint(2, 4))]
    first = draw.randint(-6, 2)
    inner = draw.choice(
        ((first, first + 1, first + 3, first + 6), (first, first + 4), (first, first, first + 2, first + 3))
    )
    sides = draw.choice((inner, inner, (cp_model.INT_MIN, inner[-1]), (inner[0] - 2, cp_model.INT_MAX)))
    domain = cp_model.Domain.from_flat_intervals(list(sides))

    def post(model: CpModel, variables: Sequence[IntVar]) -> None:
        total = cp_model.LinearExpr.weighted_sum([variables[at] for at, _ in terms], [units for _, units in terms])
        model.add_linear_expression_in_domain(total, domain).only_enforce_if(*_true(variables, when))

    return Rule(_scope(terms, when), post)


def _linear(draw: random.Random) -> Rule:
    return _row(draw, ())


def _enforced_linear(draw: random.Random) -> Rule:
    return _row(draw, _literals(draw, 1, 2))


def _counted(verb: str) -> Callable[[random.Random], Rule]:
    """A constraint over literals, of the method that posts it."""

    def rule(draw: random.Random) -> Rule:
        literals = _literals(draw, 2, 4)

        def post(model: CpModel, variables: Sequence[IntVar]) -> None:
            getattr(model, verb)(_true(variables, literals))

        return Rule(_scope(literals), post)

    return rule


def _enforced(verb: str) -> Callable[[random.Random], Rule]:
    """As `_counted`, under one or two literals, which may be among its own."""

    def rule(draw: random.Random) -> Rule:
        literals, when = _literals(draw, 1, 3), _literals(draw, 1, 2)

        def post(model: CpModel, variables: Sequence[IntVar]) -> None:
            getattr(model, verb)(_true(variables, literals)).only_enforce_if(*_true(variables, when))

        return Rule(_scope(literals, when), post)

    return rule


def _packing(*verbs: str) -> Callable[[random.Random], Rule]:
    """Optional intervals, one of them without a choice of its start, under one or two packings."""

    def rule(draw: random.Random) -> Rule:
        starts: list[tuple[int | None, int]] = [(at, draw.randint(-1, 2)) for at in (*NUMBERS, CONSTANT)]
        starts.append((None, draw.randint(0, 3)))
        sizes = [draw.randint(1, 2) for _ in starts]
        present = [(draw.choice(LITERALS), draw.random() < 0.4) for _ in starts]

        def post(model: CpModel, variables: Sequence[IntVar]) -> None:
            intervals = [
                model.new_optional_fixed_size_interval_var(
                    offset if at is None else variables[at] + offset, size, literal, "interval"
                )
                for (at, offset), size, literal in zip(starts, sizes, _true(variables, present), strict=True)
            ]
            if "no_overlap" in verbs:
                model.add_no_overlap(intervals)
            if "cumulative" in verbs:
                model.add_cumulative(intervals, [1] * len(intervals), 2)

        return Rule(_scope(present) | {at for at, _ in starts if at is not None}, post)

    return rule


KINDS: tuple[Callable[[random.Random], Rule], ...] = (
    _linear,
    _linear,
    _enforced_linear,
    _enforced_linear,
    _counted("add_at_most_one"),
    _counted("add_exactly_one"),
    _counted("add_bool_or"),
    _counted("add_bool_and"),
    _enforced("add_bool_or"),
    _enforced("add_bool_and"),
    _packing("no_overlap"),
    _packing("cumulative"),
    _packing("no_overlap", "cumulative"),
)


def subsets(draw: random.Random, count: int) -> Iterator[frozenset[int]]:
    """Some sets of places, the empty one and all among them."""
    yield frozenset()
    yield frozenset(range(CONSTANT + 1))
    for _ in range(count):
        yield frozenset(at for at in range(CONSTANT + 1) if draw.random() < 0.55)
