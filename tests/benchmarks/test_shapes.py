"""Weeks of any size."""

from __future__ import annotations

import pytest

from benchmarks.studies.fleet import fleet
from benchmarks.studies.shapes import Shape
from schedsolve.model.scenario import Scenario
from schedsolve.solver.compose import compose


def test_a_shape_is_known_by_its_name() -> None:
    shape = Shape(sends=14, types=50)
    assert Shape.named(shape.name) == shape
    with pytest.raises(ValueError, match="not the name of a shape"):
        Shape.named("shape sends=3")


def test_a_week_has_the_size_asked_for() -> None:
    week = Shape(sends=17, days=14, types=50, followups=2).week()
    assert [quota.total for quota in week.quotas] == [17] * 14
    assert len(week.catalog) == 50
    assert set(week.types) <= set(week.worth)
    assert week.scenario.rules.followup_daily_limit.max == 2


def test_more_types_keep_the_proportion_of_the_categories() -> None:
    plain, wide = Shape().week(), Shape(types=103).week()
    shares = [
        [sum(row.category is category for row in week.types.values()) / len(week.types) for category in ("revenue",)]
        for week in (plain, wide)
    ]
    assert shares[0] == pytest.approx(shares[1], abs=0.02)
    assert {row.category for row in wide.types.values()} == {row.category for row in plain.types.values()}


def test_a_week_of_more_types_makes_a_larger_model() -> None:
    sizes = [len(compose(Shape(sends=5, types=types).week()).model.proto.variables) for types in (22, 44)]
    assert sizes[1] > sizes[0]


def test_the_fleet_is_the_same_every_time_and_valid() -> None:
    assert fleet(3) == fleet(3)
    assert {Scenario.model_validate(raw).creator.page_type for raw in fleet(2)} == {"paid", "free"}
