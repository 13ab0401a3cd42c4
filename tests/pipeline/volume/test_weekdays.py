"""Module 4: multipliers by weekday, shrunk and bounded, and weeks that sum exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.audience import WeekdayResult
from schedsolve.pipeline.volume.weekdays import UNIFORM, weekday_multipliers, weekly_distribution

WORKED = tuple(map(Fraction, ("0.95", "1", "1", "1", "1.1", "1", "1")))


def result(sends: int, revenue: float) -> WeekdayResult:
    return WeekdayResult(sends=sends, revenue=revenue)


@pytest.mark.parametrize(("per_day", "week"), [(13, [12, 13, 13, 13, 14, 13, 13]), (14, [13, 14, 14, 14, 15, 14, 14])])
def test_the_worked_weeks(per_day: int, week: list[int]) -> None:
    assert list(weekly_distribution(per_day, WORKED).values()) == week


def test_a_uniform_week_has_the_same_sends_every_day() -> None:
    assert weekly_distribution(10, UNIFORM) == dict.fromkeys(range(7), 10)


def test_a_weekdays_factor_is_shrunk_as_if_by_ten_plain_sends() -> None:
    results = {0: result(10, 200.0), 1: result(10, 100.0), 2: result(10, 150.0)}
    multipliers = weekday_multipliers(results)
    assert multipliers[0] == 1 + Fraction(1, 3) * Fraction(10, 20)
    assert multipliers[1] == 1 - Fraction(1, 3) * Fraction(10, 20)
    assert multipliers[2:] == (1,) * 5


def test_factors_end_at_07_and_13() -> None:
    multipliers = weekday_multipliers({0: result(1000, 100_000.0), 1: result(1000, 0.0)})
    assert multipliers[:2] == (Fraction(13, 10), Fraction(7, 10))


@pytest.mark.parametrize("results", [{}, {0: result(0, 0.0)}, {0: result(5, 0.0), 3: result(9, 0.0)}])
def test_without_sends_or_revenue_every_day_is_alike(results: dict[int, WeekdayResult]) -> None:
    assert weekday_multipliers(results) == UNIFORM


def test_ties_go_to_the_earlier_day() -> None:
    assert list(weekly_distribution(5, (Fraction("1.3"), *UNIFORM[1:])).values()) == [6, 5, 5, 5, 5, 5, 4]


@given(
    st.dictionaries(st.integers(0, 6), st.tuples(st.integers(0, 10**6), st.floats(0, 1e9))),
    st.integers(1, 30),
)
def test_a_week_sums_to_seven_days_whatever_the_results_and_their_order(
    figures: dict[int, tuple[int, float]], per_day: int
) -> None:
    results = {day: result(*pair) for day, pair in figures.items()}
    multipliers = weekday_multipliers(results)
    assert multipliers == weekday_multipliers(dict(reversed(results.items())))
    assert all(Fraction(7, 10) <= multiplier <= Fraction(13, 10) for multiplier in multipliers)
    week = weekly_distribution(per_day, multipliers)
    assert list(week) == list(range(7))
    assert sum(week.values()) == 7 * per_day
    assert all(count >= 0 for count in week.values())
