from __future__ import annotations

from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from schedsolve.analytics.ab.examples import EXAMPLES
from schedsolve.analytics.ab.power import required_sample, sample_size
from schedsolve.analytics.ab.record import ABTest

EFFECT = st.floats(0.01, 2)
SHARE = st.floats(0.5, 0.999)


@pytest.mark.parametrize(("effect", "needed"), [(0.10, 1570), (0.15, 698), (0.25, 252)])
def test_each_lift_needs_its_number_of_observations(effect: float, needed: int) -> None:
    assert sample_size(effect) == needed


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("bump_ratio_2x_vs_3x", 1570),
        ("dow_distribution_uniform_vs_weighted", 698),
        ("campaign_frequency_high_vs_standard", 252),
    ],
)
def test_each_example_needs_its_number_of_observations(name: str, needed: int) -> None:
    assert required_sample(EXAMPLES[name]) == needed


@given(EFFECT, SHARE, SHARE, st.floats(0.1, 5))
def test_the_number_is_that_of_the_formula_with_another_programs_quantiles(
    effect: float, confidence: float, power: float, sigma: float
) -> None:
    z_alpha, z_beta = stats.norm.isf((1 - confidence) / 2), stats.norm.isf(1 - power)
    exact = 2 * ((z_alpha + z_beta) * sigma / effect) ** 2
    needed = sample_size(effect, confidence=confidence, power=power, sigma=sigma)
    assert exact * (1 - 1e-9) <= needed <= ceil(exact * (1 + 1e-9))


@given(EFFECT, EFFECT, SHARE, SHARE)
def test_a_smaller_effect_never_needs_fewer(one: float, other: float, confidence: float, power: float) -> None:
    small, large = sorted((one, other))
    assert sample_size(small, confidence=confidence, power=power) >= sample_size(
        large, confidence=confidence, power=power
    )


@given(EFFECT, SHARE, SHARE, SHARE)
def test_more_confidence_and_more_power_never_need_fewer(effect: float, one: float, other: float, kept: float) -> None:
    low, high = sorted((one, other))
    assert sample_size(effect, confidence=high, power=kept) >= sample_size(effect, confidence=low, power=kept)
    assert sample_size(effect, confidence=kept, power=high) >= sample_size(effect, confidence=kept, power=low)


def test_a_known_variation_of_the_metric_turns_the_effect_into_a_relative_lift() -> None:
    """A metric with cv 0.5 needs a quarter of what cv 1 needs: 1,569.776 / 4 = 392.4."""
    bumps = EXAMPLES["bump_ratio_2x_vs_3x"]
    assert (required_sample(bumps, cv=1.0), required_sample(bumps, cv=0.5)) == (1570, 393)


def test_a_stated_number_goes_before_the_calculation() -> None:
    test = EXAMPLES["bump_ratio_2x_vs_3x"].model_copy(update={"min_sample_size": 400})
    assert required_sample(test) == 400
    assert required_sample(test, cv=3.0) == 400


@pytest.mark.parametrize(
    "asked",
    [
        {"effect": 0.0},
        {"effect": -0.1},
        {"effect": float("nan")},
        {"effect": 1e-300},
        {"effect": float("inf")},
        {"effect": 0.1, "confidence": 1.0},
        {"effect": 0.1, "confidence": 0.49},
        {"effect": 0.1, "power": 1.0},
        {"effect": 0.1, "power": 0.1},
        {"effect": 0.1, "sigma": 0.0},
        {"effect": 0.1, "sigma": -1.0},
    ],
)
def test_numbers_outside_the_formula_are_refused_by_name(asked: dict[str, Any]) -> None:
    name = list(asked)[-1]
    with pytest.raises(ValueError, match=f"^{name} must be"):
        sample_size(**asked)


def test_a_confidence_next_to_1_still_has_an_answer() -> None:
    assert sample_size(0.1, confidence=1 - 2**-53, power=1 - 2**-53) < 10**6


def test_every_record_that_is_accepted_has_a_number() -> None:
    extremes = {"confidence_level": 1 - 2**-53, "statistical_power": 1 - 2**-53, "minimum_detectable_effect": 0.0001}
    fields = EXAMPLES["bump_ratio_2x_vs_3x"].model_dump() | extremes
    assert required_sample(ABTest.model_validate(fields), cv=10_000.0) > 10**9
