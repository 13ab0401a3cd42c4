"""The linear relaxation: its rows hold for every solution, and its prices meet its value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from ortools.sat.python.cp_model import CpModel

from schedsolve import load_scenario
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.compose import compose
from schedsolve.solver.excerpt import Whole
from schedsolve.solver.relaxation import Row, prices, rows_of

from .linear_optimum import relaxed_optimum
from .random_models import optimum, random_model

SEEDS = range(30)
SCENARIO = Path(__file__).parents[2] / "scenarios" / "13-launch-days.yaml"


def left_side(row: Row, solution: Sequence[int]) -> int:
    return sum(k * solution[v] for v, k in zip(row.variables, row.coefficients, strict=True))


def priced_value(whole: Whole, rows: Sequence[Row], paid: Sequence[float]) -> float:
    """The best that is left when every row is paid for instead of kept."""
    worth = dict.fromkeys(range(len(whole.domains)), 0.0) | whole.worth
    total = 0.0
    for row, price in zip(rows, paid, strict=True):
        side = row.high if price > 0 else row.low
        if math.isinf(side):
            assert price == pytest.approx(0, abs=1e-6)
            continue
        total += price * side
        for variable, coefficient in zip(row.variables, row.coefficients, strict=True):
            worth[variable] -= price * coefficient
    return total + sum(max(worth[v] * domain[0], worth[v] * domain[-1]) for v, domain in enumerate(whole.domains))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_solution_satisfies_every_row(seed: int) -> None:
    model, found = random_model(seed)
    for row in rows_of(Whole(model.build())):
        assert all(row.low <= left_side(row, solution) <= row.high for solution in found)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_all_rows_priced_the_value_is_the_relaxations_and_no_plan_is_worth_more(seed: int) -> None:
    model, _ = random_model(seed)
    built = model.build()
    whole = Whole(built)
    rows = tuple(rows_of(whole))
    paid = prices(whole, rows)
    assert paid is not None
    value = priced_value(whole, rows, paid)
    assert value == pytest.approx(relaxed_optimum(whole, rows), abs=1e-6)
    assert value + whole.base >= model.sign * optimum(built) - 1e-6


def test_a_scenarios_prices_meet_its_relaxation_and_do_not_depend_on_the_run() -> None:
    whole = Whole(compose(prepare(load_scenario(SCENARIO))).model)
    rows = tuple(rows_of(whole))
    paid = prices(whole, rows)
    assert paid is not None
    assert len(paid) == len(rows)
    assert priced_value(whole, rows, paid) == pytest.approx(relaxed_optimum(whole, rows), rel=1e-6)
    assert prices(whole, rows) == paid
    assert prices(whole, rows, time_limit=1e-9) is None


def test_upper_sides_cost_and_lower_sides_pay() -> None:
    model = CpModel()
    x, y = model.new_int_var(0, 9, "x"), model.new_int_var(0, 9, "y")
    model.add(x + y <= 5)
    model.add(y >= 2)
    model.maximize(3 * x + y)  # x = 3, y = 2: one more in all is worth 3, one y less to ask another 2
    whole = Whole(model)
    rows = tuple(rows_of(whole))
    assert prices(whole, rows) == pytest.approx([3, -2])


@pytest.mark.parametrize(
    ("verb", "low", "high"),
    [("add_at_most_one", -math.inf, 0), ("add_exactly_one", 0, 0), ("add_bool_or", 0, math.inf)],
)
def test_a_negated_literal_counts_as_one_less_its_variable(verb: str, low: float, high: float) -> None:
    model = CpModel()
    one, two = model.new_bool_var("one"), model.new_bool_var("two")
    getattr(model, verb)([one, two.negated()])
    assert list(rows_of(Whole(model))) == [Row((0, 1), (1, -1), low, high)]


def test_what_literals_imply_is_one_row_each() -> None:
    model = CpModel()
    when, one, two = (model.new_bool_var(name) for name in ("when", "one", "two"))
    model.add_bool_and([one, two.negated()]).only_enforce_if(when)
    assert list(rows_of(Whole(model))) == [
        Row((1, 0), (1, -1), 0, math.inf),
        Row((2, 0), (-1, -1), -1, math.inf),
    ]


def test_rows_under_literals_and_packings_are_left_out() -> None:
    model = CpModel()
    x, when = model.new_int_var(0, 9, "x"), model.new_bool_var("when")
    model.add(x >= 3).only_enforce_if(when)
    model.add_no_overlap([model.new_optional_fixed_size_interval_var(x, 2, when, "")])
    assert list(rows_of(Whole(model))) == []
