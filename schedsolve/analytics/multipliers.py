"""What recommended traits change: the weights of captions, and the split of sends over content types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm, prod
from typing import TYPE_CHECKING

from ..model.apportionment import largest_remainder
from ..model.exact import exact

if TYPE_CHECKING:
    from .trait_record import TraitRecord
    from .trait_report import TraitReport

LENGTH = range(250, 450)
"""Characters of a long caption."""
LENGTH_MULTIPLIER = 1.25
TYPE_MULTIPLIER = 1.25
TONE_MULTIPLIER = 1.20
COMBINED_AT_MOST = 1.30
"""Several multipliers on one value never come to more."""


def combined(factors: Iterable[float]) -> float:
    """The product of multipliers on one value, at most COMBINED_AT_MOST; 1 for none."""
    return float(_combined(factors))


def caption_multiplier(report: TraitReport, caption: TraitRecord) -> float:
    """By how much the weight of a caption rises: for each recommended length and tone that it has."""
    has = {"length": caption.length in LENGTH, "tone": caption.stated_tone}
    return combined(one.multiplier for one in report.recommendations if has.get(one.trait) in (True, one.value))


def apply_multipliers(allocations: Mapping[str, int], multipliers: Mapping[str, float]) -> dict[str, int]:
    """Sends by content type, split again in proportion to count times multiplier; the total stays.

    Largest remainders, ties by name. Types without a multiplier count as they are; multipliers of types that are not
    there are ignored, and none counts for more than COMBINED_AT_MOST. The input is not changed.

    Raises
    ------
    ValueError
        For a negative count, or a multiplier that is not positive.
    """
    for name, count in allocations.items():
        if count < 0:
            raise ValueError(f"the allocation of {name} is {count}, must be at least 0")
    for name, factor in multipliers.items():
        if not 0 < factor < float("inf"):
            raise ValueError(f"the multiplier of {name} is {factor}, must be a finite number above 0")
    names = sorted(allocations)
    weights = [allocations[name] * _combined([multipliers.get(name, 1.0)]) for name in names]
    scale = lcm(*(weight.denominator for weight in weights))
    split = largest_remainder(sum(allocations.values()), [int(weight * scale) for weight in weights])
    parts = dict(zip(names, split, strict=True))
    return {name: parts[name] for name in allocations}


def _combined(factors: Iterable[float]) -> Fraction:
    return min(prod(map(exact, factors), start=Fraction(1)), exact(COMBINED_AT_MOST))
