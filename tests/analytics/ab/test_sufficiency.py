from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.analytics.ab.collecting import days_to_collect, rate_to_be_done
from schedsolve.analytics.ab.design import design
from schedsolve.analytics.ab.examples import EXAMPLES
from schedsolve.analytics.ab.sufficiency import check_sample

COUNT = st.integers(0, 10**9)
NEEDED = st.integers(1, 10**9)


@pytest.mark.parametrize(
    ("control", "treatment", "short_control", "short_treatment", "wait"),
    [
        (1570, 1570, 0, 0, 0),
        (10**9, 1570, 0, 0, 0),
        (1569, 1570, 1, 0, 1),
        (1570, 1560, 0, 10, 2),
        (1500, 1470, 70, 100, 11),
        (0, 0, 1570, 1570, 158),
        (0, 10**9, 1570, 0, 158),
    ],
)
def test_what_each_group_lacks_and_how_long_it_takes(
    control: int, treatment: int, short_control: int, short_treatment: int, wait: int
) -> None:
    """wait = max(shortfall) // 10 + 1."""
    found = check_sample(control, treatment, 1570)
    assert (found.control_shortfall, found.treatment_shortfall) == (short_control, short_treatment)
    assert found.total_shortfall == short_control + short_treatment
    assert found.sufficient == (wait == 0)
    assert found.wait_days == wait


@pytest.mark.parametrize(("rate", "wait"), [(10, 11), (25, 5), (100, 2), (101, 1), (0.5, 201), (0.1, 1001), (33.3, 4)])
def test_an_observed_rate_takes_the_place_of_ten_a_day(rate: float, wait: int) -> None:
    """100 observations are lacking; 100 // 0.1 is 1000 although the float quotient is 999."""
    assert check_sample(1470, 1570, 1570, rate).wait_days == wait


@given(COUNT, COUNT, NEEDED, st.integers(1, 1000))
def test_after_the_wait_the_sample_is_sufficient_and_not_much_before(
    control: int, treatment: int, required: int, rate: int
) -> None:
    found = check_sample(control, treatment, required, rate)
    waited = found.wait_days
    assert check_sample(control + waited * rate, treatment + waited * rate, required, rate).sufficient
    if waited > 1:
        early = (waited - 2) * rate
        assert not check_sample(control + early, treatment + early, required, rate).sufficient


@given(COUNT, COUNT, NEEDED)
def test_the_groups_may_change_places(control: int, treatment: int, required: int) -> None:
    one, other = check_sample(control, treatment, required), check_sample(treatment, control, required)
    assert (one.total_shortfall, one.wait_days, one.sufficient) == (
        other.total_shortfall,
        other.wait_days,
        other.sufficient,
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"control": -1}, "control must be a whole number of observations, at least 0; found -1"),
        ({"treatment": -5}, "treatment must be a whole number of observations, at least 0; found -5"),
        ({"treatment": 2.5}, "treatment must be a whole number"),
        ({"treatment": True}, "treatment must be a whole number"),
        ({"required": 0}, "required must be a whole number of observations, at least 1"),
        ({"rate": 0}, "the rate must be from"),
        ({"rate": -3.0}, "the rate must be from"),
        ({"rate": float("nan")}, "the rate must be from"),
        ({"rate": float("inf")}, "the rate must be from"),
    ],
)
def test_impossible_counts_and_rates_are_refused(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_sample(**({"control": 1, "treatment": 1, "required": 1} | asked))


@given(NEEDED, st.integers(1, 3660))
def test_the_rate_to_be_done_in_time_is_the_least_one(count: int, days: int) -> None:
    rate = rate_to_be_done(count, days)
    assert days_to_collect(count, rate) <= days
    assert rate == 1 or days_to_collect(count, rate - 1) > days


def test_a_design_tells_sample_days_and_the_rate_that_its_duration_asks_for() -> None:
    told = design(EXAMPLES["bump_ratio_2x_vs_3x"])
    assert (told.per_group, told.total, told.rate) == (1570, 3140, 10)
    assert (told.days, told.in_time, told.needed_rate) == (158, False, 113)
    assert design(EXAMPLES["bump_ratio_2x_vs_3x"], rate=113).in_time


def test_a_design_keeps_to_the_number_that_the_test_states() -> None:
    own = EXAMPLES["bump_ratio_2x_vs_3x"].model_copy(update={"min_sample_size": 50})
    assert (design(own, cv=2.0).per_group, design(own, cv=2.0).days) == (50, 6)


def test_a_design_is_refused_an_impossible_rate() -> None:
    with pytest.raises(ValueError, match="the rate must be from"):
        design(EXAMPLES["bump_ratio_2x_vs_3x"], rate=0)
