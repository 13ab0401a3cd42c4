"""The four traits, each with the value that is dominant in the top and what a recommendation of it would say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from .multipliers import LENGTH, LENGTH_MULTIPLIER, TONE_MULTIPLIER, TYPE_MULTIPLIER
from .trait_record import TraitRecord
from .trait_report import Trait

Has: TypeAlias = Callable[[TraitRecord], bool]
V = TypeVar("V", str, float)

NEVER_RECOMMENDED = "unknown"
"""A content type or tone that says nothing."""


@dataclass(frozen=True)
class Candidate:
    """A trait's value and who has it.

    `stated` is who has it when nothing missing is read as something: a recommendation needs the support of both.
    A candidate without an action is only reported.
    """

    trait: Trait
    value: str
    has: Has
    stated: Has
    action: str = ""
    multiplier: float = 1.0


def candidates(top: Sequence[TraitRecord]) -> tuple[Candidate, ...]:
    """The traits of the top records (at least one), in the order in which they are reported."""
    return _length(), _content_type(top), _tone(top), _price(top)


def _length() -> Candidate:
    def has(record: TraitRecord) -> bool:
        return record.length in LENGTH

    return Candidate("length", f"{LENGTH[0]}-{LENGTH[-1]}", has, has, "raise caption weight", LENGTH_MULTIPLIER)


def _content_type(top: Sequence[TraitRecord]) -> Candidate:
    dominant = _dominant(record.kind for record in top)

    def has(record: TraitRecord) -> bool:
        return record.kind == dominant

    action = "" if dominant.lower() == NEVER_RECOMMENDED else "raise its allocation"
    return Candidate("content_type", dominant, has, has, action, TYPE_MULTIPLIER)


def _tone(top: Sequence[TraitRecord]) -> Candidate:
    dominant = _dominant(record.tone for record in top)

    def has(record: TraitRecord) -> bool:
        return record.tone == dominant

    def stated(record: TraitRecord) -> bool:
        return record.stated_tone == dominant

    action = "" if dominant.lower() == NEVER_RECOMMENDED else "raise caption weight"
    return Candidate("tone", dominant, has, stated, action, TONE_MULTIPLIER)


def _price(top: Sequence[TraitRecord]) -> Candidate:
    dominant = _dominant(record.paid for record in top)

    def has(record: TraitRecord) -> bool:
        return record.paid == dominant

    return Candidate("price", f"{dominant:.2f}".removesuffix(".00"), has, has)


def _dominant(values: Iterable[V]) -> V:
    """The most frequent value; ties go to the first by alphabet, or to the lower number."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
