"""How many observations each group needs: the two-sample normal power calculation, two-sided."""

from __future__ import annotations

from math import ceil
from statistics import NormalDist

from .record import CONFIDENCE, EFFECTS, POWER, ABTest

SIGMAS = (0.0001, 10_000.0)
"""The least and the greatest standard deviation, or coefficient of variation, that is reckoned with."""


def sample_size(effect: float, *, confidence: float = CONFIDENCE, power: float = POWER, sigma: float = 1.0) -> int:
    """Observations per group: n = ceil(2 (z_alpha + z_beta)^2 sigma^2 / effect^2).

    z_alpha is the normal quantile at 1 - (1 - confidence)/2, z_beta that at power. With sigma 1 the effect is in
    standard deviations; with sigma the metric's coefficient of variation it is a relative lift.

    Raises
    ------
    ValueError
        When a number is outside its range: confidence and power below 0.5 or not below 1, or beyond EFFECTS, SIGMAS.
    """
    for name, share in (("confidence", confidence), ("power", power)):
        if not 0.5 <= share < 1:
            raise ValueError(f"{name} must be at least 0.5 and less than 1, found {share}")
    for name, size, (least, most) in (("effect", effect, EFFECTS), ("sigma", sigma, SIGMAS)):
        if not least <= size <= most:
            raise ValueError(f"{name} must be from {least:g} to {most:g}, found {size}")
    normal = NormalDist()
    z_alpha = -normal.inv_cdf((1 - confidence) / 2)  # the same by symmetry; the lower tail loses no digits
    z_beta = -normal.inv_cdf(1 - power)
    return ceil(2 * (z_alpha + z_beta) ** 2 * sigma**2 / effect**2)


def required_sample(test: ABTest, cv: float | None = None) -> int:
    """Observations per group that a test needs: those it states, else those of the power calculation.

    `cv` is the primary metric's coefficient of variation (standard deviation / mean) where it is known.
    """
    if test.min_sample_size:
        return test.min_sample_size
    return sample_size(
        test.minimum_detectable_effect,
        confidence=test.confidence_level,
        power=test.statistical_power,
        sigma=1.0 if cv is None else cv,
    )
