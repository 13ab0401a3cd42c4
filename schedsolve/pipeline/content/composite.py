"""The composite score: what speaks for a caption on a send, weighted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ...model.catalog import SendType
from ...model.content import Persona
from ...model.plan import CaptionScores
from .figures import FULL_SCORE, PRIMARY, REPEATED, SECONDARY, WITHOUT_PERSONA


@dataclass(frozen=True)
class Weights:
    """Weights of the five parts; they sum to 1."""

    freshness: float
    performance: float
    type_priority: float
    diversity: float
    persona: float


STANDARD = Weights(0.40, 0.35, 0.15, 0.05, 0.05)
LOW_FRESHNESS = Weights(0.20, 0.50, 0.15, 0.10, 0.05)
"""Where every candidate of a send type is exhausted: performance decides."""


def scores(
    weights: Weights, freshness: float, performance: float, type_priority: float, diversity: float, persona: float
) -> CaptionScores:
    """The five parts (0 to 100) and the composite, in hundredths of a point."""
    whole = (
        weights.freshness * freshness
        + weights.performance * performance
        + weights.type_priority * type_priority
        + weights.diversity * diversity
        + weights.persona * persona
    )
    return CaptionScores(
        freshness_score=round(freshness, 2),
        performance_score=round(performance, 2),
        type_priority_score=type_priority,
        diversity_score=diversity,
        persona_score=round(persona, 2),
        composite_score=round(whole, 2),
    )


def type_priority(row: SendType, caption_type: str) -> float:
    """Fit of a caption type to a send type; 0 for none at all."""
    if caption_type not in row.captions:
        return 0.0
    return PRIMARY if caption_type == row.captions[0] else SECONDARY


def diversity(earlier: int) -> float:
    """By how many captions of the same type go out earlier that day."""
    return max(0.0, FULL_SCORE - REPEATED * earlier)


def persona_score(tags: Collection[str], persona: Persona | None) -> float:
    """Share of the persona's traits that the caption has; the middle where none is known."""
    traits = persona.traits if persona else frozenset()
    return FULL_SCORE * len(traits & frozenset(tags)) / len(traits) if traits else WITHOUT_PERSONA
