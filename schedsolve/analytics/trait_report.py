"""What trait detection finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Trait = Literal["length", "content_type", "tone", "price"]


@dataclass(frozen=True)
class SharedTrait:
    """A value that most of the top have.

    `count` and `percentage` (0..100) are those of the top, `rest_count` and `rest_percentage` of all others.
    `is_significant` speaks of the difference alone, whichever way it goes.
    """

    trait: Trait
    value: str
    count: int
    percentage: float
    rest_count: int
    rest_percentage: float
    p_value: float
    is_significant: bool
    text: str


@dataclass(frozen=True)
class Recommendation:
    """A value to favour: what to raise, and by which factor."""

    trait: Trait
    value: str
    action: str
    multiplier: float
    p_value: float


@dataclass(frozen=True)
class TraitReport:
    """What the top records share, and what follows from it.

    `reason` says why there is no recommendation; it is empty when there is one. `multipliers` are the recommended ones
    by content type, as `multipliers.apply_multipliers` takes them.
    """

    has_recommendations: bool
    shared_traits: tuple[SharedTrait, ...]
    recommendations: tuple[Recommendation, ...]
    analyzed_count: int
    statistical_confidence: Literal["HIGH", "LOW"]
    bonferroni_alpha: float
    multipliers: Mapping[str, float]
    reason: str
    warnings: tuple[str, ...]
