"""Module 6, content weighting: which contents the revenue sends of a day show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import lcm

from ...model.apportionment import largest_remainder
from ...model.audience import Tier
from ...model.exact import exact
from .figures import CONTENT_WEIGHTS


def content_allocations(
    revenue: int,
    rankings: Mapping[str, Tier],
    vault: Collection[str] | None = None,
    multipliers: Mapping[str, float] | None = None,
) -> dict[str, int]:
    """Revenue sends of a day by content, those of weight 0 left out; they sum to `revenue`, or there are none.

    Contents weigh by their tier, times the multiplier of the traits of top performers; without rankings all of the
    vault weigh alike. What the vault lacks drops out; None is a vault that is not known. Ties go by name.
    """
    stated = {name: CONTENT_WEIGHTS[tier] for name, tier in rankings.items()} or dict.fromkeys(vault or (), 1)
    names = sorted(name for name, weight in stated.items() if weight and (vault is None or name in vault))
    factors = [stated[name] * exact((multipliers or {}).get(name, 1.0)) for name in names]
    common = lcm(*(factor.denominator for factor in factors))
    return dict(zip(names, largest_remainder(revenue, [int(factor * common) for factor in factors]), strict=True))
