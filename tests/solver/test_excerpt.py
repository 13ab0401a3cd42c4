"""Excerpts: exact where all else is held, relaxations where it is not, for every kind of constraint."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel

from schedsolve.solver import excerpt as excerpts
from schedsolve.solver.excerpt import KINDS, Excerpt, Whole, constraints_of, plain

from .random_models import CONSTANT, optimum, random_model, solutions, subsets

SEEDS = range(20)


def projected(excerpt: Excerpt, whole: frozenset[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """What solutions of the whole are within an excerpt."""
    return {excerpt.narrowed(solution) for solution in whole}


def agreeing(whole: frozenset[tuple[int, ...]], held: dict[int, int]) -> frozenset[tuple[int, ...]]:
    """The solutions that have these values."""
    return frozenset(row for row in whole if all(row[at] == value for at, value in held.items()))


def test_the_random_models_hold_every_kind_of_constraint() -> None:
    seen = {constraint.kind for seed in SEEDS for constraint in constraints_of(plain(random_model(seed)[0].build()))}
    assert seen == set(KINDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_around_a_solution_the_excerpt_has_exactly_the_solutions_that_share_what_is_held(seed: int) -> None:
    model, found = random_model(seed)
    draw = random.Random(seed)
    whole = Whole(model.build())
    for free in subsets(draw, 2):
        start = draw.choice(sorted(found))
        excerpt = whole.around(free, start)
        expected = agreeing(found, {at: start[at] for at in range(CONSTANT + 1) if at not in free})
        assert {excerpt.merged(start, part) for part in solutions(excerpt.model)} == expected
        assert optimum(excerpt.model) == max(map(model.worth, expected))


@pytest.mark.parametrize("seed", SEEDS)
def test_within_some_variables_the_excerpt_keeps_every_solution_and_what_speaks_of_them_alone(seed: int) -> None:
    model, found = random_model(seed)
    draw = random.Random(seed)
    whole = Whole(model.build())
    for inside in subsets(draw, 2):
        worth = {at: draw.randint(-4, 4) for at in range(CONSTANT + 1)}
        excerpt = whole.within(inside, worth)
        mine = solutions(excerpt.model)
        assert projected(excerpt, found) <= mine
        assert mine <= projected(excerpt, solutions(model.build(inside | whole.constants.keys())))
        assert optimum(excerpt.model) == max(
            sum(worth[at] * value for at, value in zip(excerpt.variables, part, strict=True)) for part in mine
        )


@pytest.mark.parametrize("seed", range(10))
def test_a_solution_narrowed_and_merged_is_itself_and_a_part_changes_nothing_outside(seed: int) -> None:
    model, found = random_model(seed)
    draw = random.Random(seed)
    for free in subsets(draw, 2):
        one, other = draw.choice(sorted(found)), draw.choice(sorted(found))
        excerpt = Whole(model.build()).around(free, one)
        assert excerpt.variables == tuple(sorted(free))
        assert excerpt.merged(one, excerpt.narrowed(one)) == one
        mixed = excerpt.merged(one, excerpt.narrowed(other))
        assert mixed == tuple(other[at] if at in free else one[at] for at in range(CONSTANT + 1))


def test_implied_rows_count_within_some_variables_and_not_around_a_solution() -> None:
    model = CpModel()
    x, y = model.new_int_var(0, 9, "x"), model.new_int_var(0, 9, "y")
    model.add(x + y <= 7)
    model.add(x <= 3)
    whole = Whole(model, lean=1)
    assert solutions(whole.around({0}, (0, 2)).model) == {(value,) for value in range(6)}
    assert solutions(whole.within({0}, {}).model) == {(value,) for value in range(4)}


def test_without_room_for_a_temporary_file_the_error_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(excerpts, "TemporaryDirectory", lambda: nullcontext(tmp_path / "missing"))
    with pytest.raises(OSError, match="room in the folder for temporary files"):
        plain(CpModel())


def test_an_excerpt_leaves_the_whole_as_it_was() -> None:
    model, found = random_model(4)
    built = model.build()
    before = str(built.proto)
    Whole(built).around((0, 1, 5), min(found))
    Whole(built).within((0, 1, 5), {0: 3})
    assert str(built.proto) == before


def test_a_domain_with_holes_is_exact_where_the_rest_is_known_and_a_range_where_it_is_not() -> None:
    model = CpModel()
    x, y = model.new_int_var(0, 9, "x"), model.new_int_var(0, 2, "y")
    model.add_linear_expression_in_domain(x + y, cp_model.Domain.from_values([1, 5]))
    whole = Whole(model)
    assert solutions(whole.around({0}, (1, 0)).model) == {(1,), (5,)}
    assert solutions(whole.around({0}, (0, 1)).model) == {(0,), (4,)}
    assert solutions(whole.within({0}, {}).model) == {(value,) for value in range(6)}


def test_a_row_that_what_is_held_breaks_forbids_its_literals_together() -> None:
    model = CpModel()
    x, one, two = model.new_int_var(0, 9, "x"), model.new_bool_var("one"), model.new_bool_var("two")
    model.add(x >= 5).only_enforce_if(one, two.negated())
    assert solutions(Whole(model).around({1, 2}, (3, 0, 0)).model) == {(0, 0), (0, 1), (1, 1)}


def test_one_true_literal_outside_leaves_none_inside() -> None:
    model = CpModel()
    literals = [model.new_bool_var("") for _ in range(4)]
    model.add_exactly_one(literals)
    whole = Whole(model)
    assert solutions(whole.around({0, 1}, (0, 0, 0, 1)).model) == {(0, 0)}
    assert solutions(whole.around({0, 1}, (1, 0, 0, 0)).model) == {(0, 1), (1, 0)}
    assert solutions(whole.within({0, 1}, {}).model) == {(0, 0), (0, 1), (1, 0)}


def test_an_interval_whose_place_is_unknown_is_in_nobodys_way() -> None:
    model = CpModel()
    starts = [model.new_int_var(0, 2, "") for _ in range(2)]
    model.add_no_overlap(model.new_fixed_size_interval_var(start, 2, "") for start in starts)
    whole = Whole(model)
    assert solutions(whole.around({0}, (0, 2)).model) == {(0,)}
    assert solutions(whole.within({0}, {}).model) == {(0,), (1,), (2,)}


@pytest.mark.parametrize(
    "post",
    [
        lambda model, x, a, b: model.add_bool_xor(a, b),
        lambda model, x, a, b: model.add_max_equality(x, [a, b]),
        lambda model, x, a, b: model.add_element(x, [a, b, a], b),
        lambda model, x, a, b: model.add_all_different(x, a),
        lambda model, x, a, b: model.add_multiplication_equality(x, [a, b]),
        lambda model, x, a, b: model.add_circuit([(0, 1, a), (1, 0, b)]),
        lambda model, x, a, b: model.add_allowed_assignments([x, a], [(0, 1)]),
    ],
)
def test_a_kind_that_no_rule_posts_is_refused(post: Callable[..., Any]) -> None:
    model = CpModel()
    post(model, model.new_int_var(0, 2, "x"), model.new_bool_var("a"), model.new_bool_var("b"))
    with pytest.raises(ValueError, match="do not know"):
        constraints_of(plain(model))
