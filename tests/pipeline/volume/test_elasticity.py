"""Module 5: whether one more send a day still pays."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.audience import DayResult
from schedsolve.pipeline.volume.elasticity import caps, elasticity


def days(exponent: float, volumes: list[int]) -> list[DayResult]:
    """Days on which revenue per send is 40 x volume^exponent."""
    return [DayResult(sends=volume, revenue=volume * 40.0 * volume**exponent) for volume in volumes]


@pytest.mark.parametrize("exponent", [-1.2, -0.6, -0.4, 0.0, 0.3])
def test_the_exponent_of_an_exact_curve_is_found(exponent: float) -> None:
    assert elasticity(days(exponent, [4, 7, 10, 13] * 4)) == pytest.approx(exponent, abs=1e-9)


@pytest.mark.parametrize(
    ("exponent", "fires"), [(None, False), (-0.5, False), (-0.501, True), (0.2, False), (-2, True)]
)
def test_the_cap_fires_where_one_more_send_earns_less_than_half(exponent: float | None, fires: bool) -> None:
    assert caps(exponent) is fires


@pytest.mark.parametrize(
    "history",
    [
        [],
        days(-1, [4, 7, 10] * 4 + [4]),
        days(-1, [4, 7] * 20),
        [*days(-1, [4, 7, 10] * 4), DayResult(sends=0, revenue=0.0), DayResult(sends=9, revenue=0.0)],
    ],
)
def test_fewer_than_14_days_or_3_volumes_tell_nothing(history: list[DayResult]) -> None:
    assert elasticity(history) is None


@given(st.randoms(use_true_random=False), st.integers(0, 10**6))
def test_the_order_of_days_is_irrelevant(chance: random.Random, seed: int) -> None:
    noise = random.Random(seed)
    history = [DayResult(sends=n, revenue=round(noise.uniform(1, 900), 2)) for n in [3, 5, 8, 12, 17] * 4]
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert elasticity(history) == elasticity(shuffled)
