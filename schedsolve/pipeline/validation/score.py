"""From what checks found to a score 0-100 and a status; exact, and rounded down once."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import floor

from ...model.validation_report import ValidationStatus
from .check import Check, Found

LEAST_SHARE = Fraction(1, 10)
"""A check that is not clean costs at least this share of its weight."""
REVIEW_CAP = 84
"""The most that a schedule gets which a person must look at."""
NEEDS_REVIEW_FROM, APPROVED_FROM = 70, 85


def loss_of(check: Check, found: Found) -> Fraction:
    """Points that a check costs: 0 where it is clean, its weight as a whole, or by the share affected."""
    if not found.flaws:
        return Fraction(0)
    weight = check.weight if found.weight is None else found.weight
    if check.scope == "schedule":
        return Fraction(weight)
    return weight * max(LEAST_SHARE, Fraction(found.affected, max(found.examined, found.affected, 1)))


def score_of(losses: Iterable[Fraction], review: bool = False) -> int:
    """100 less what the checks cost, at least 0; with `review` at most what leaves it to a person."""
    score = max(0, floor(100 - sum(losses, Fraction(0))))
    return min(score, REVIEW_CAP) if review else score


def status_of(score: int) -> ValidationStatus:
    """What a score means."""
    if score < NEEDS_REVIEW_FROM:
        return "rejected"
    return "approved" if score >= APPROVED_FROM else "needs_review"
