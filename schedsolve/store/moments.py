"""Moments and money as the store has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

Clock = Callable[[], datetime]


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def moment_of(text: str) -> datetime:
    """`2025-01-20T14:07:00Z` -> moment in UTC; text without a zone is UTC."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def optional_moment(text: str | None) -> datetime | None:
    """The same, or None."""
    return None if text is None else moment_of(text)


def cents(amount: float | None) -> int | None:
    """Money -> whole cents, half up from what is written: 14.995 -> 1500."""
    if amount is None:
        return None
    return int((Decimal(str(amount)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def money(amount: int | None) -> float | None:
    """Whole cents -> money."""
    return None if amount is None else amount / 100
