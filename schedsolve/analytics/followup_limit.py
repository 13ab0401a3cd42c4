"""Which followups of a day are worth sending: priority = 0.50 revenue + 0.30 recency + 0.20 engagement, best kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from ..model.exact import exact
from ..model.rule_settings import FollowupDailyLimitSettings
from .identity import Id, Order, id_order
from .tables import Row
from .wall_time import WallTime

DAILY_LIMIT = FollowupDailyLimitSettings().max
REVENUE_WEIGHT, RECENCY_WEIGHT, ENGAGEMENT_WEIGHT = Fraction(50, 100), Fraction(30, 100), Fraction(20, 100)
FULL_REVENUE = 1000
"""Dollars of a parent from which its revenue counts in full."""
FULL_ENGAGEMENT = Fraction(20, 100)
FADED_AFTER = timedelta(hours=24)
"""Age of a parent at which recency is 0."""
UNKNOWN_RECENCY = Fraction(50, 100)


class Followup(Row):
    """A followup and its parent. `sent_at` is when it is actually sent, after any move past the night limit.

    Revenue in dollars, the engagement rate as a share (0.12 is 12%).
    """

    id: Id
    sent_at: WallTime
    parent_at: WallTime | None = None
    parent_estimated_revenue: Annotated[float, Field(ge=0, le=1e12)] | None = None
    parent_engagement_rate: Annotated[float, Field(ge=0, le=1)] | None = None

    @property
    def day(self) -> date:
        """The local day that it counts for."""
        return self.sent_at.date()

    @property
    def revenue(self) -> float:
        """The parent's estimated revenue in dollars; 0 when missing."""
        return self.parent_estimated_revenue or 0.0


@dataclass(frozen=True)
class RankedFollowup:
    """A followup with its priority, 0..1, and its parent's estimated revenue in dollars."""

    id: str
    date: date
    priority: float
    parent_estimated_revenue: float


@dataclass(frozen=True)
class FollowupLimit:
    """Which followups to send and which not, each by date and then best first; `followup_count` are to be sent."""

    modified: bool
    followup_count: int
    removed_count: int
    removed_items: tuple[RankedFollowup, ...]
    kept_items: tuple[RankedFollowup, ...]
    warnings: tuple[str, ...]


def followup_priority(followup: Followup) -> Fraction:
    """0..1, exactly. Recency is the parent's age at the end of the followup's day, so that no clock decides."""
    revenue = min(exact(followup.revenue) / FULL_REVENUE, Fraction(1))
    engagement = min(exact(followup.parent_engagement_rate or 0.0) / FULL_ENGAGEMENT, Fraction(1))
    return REVENUE_WEIGHT * revenue + RECENCY_WEIGHT * _recency(followup) + ENGAGEMENT_WEIGHT * engagement


def _recency(followup: Followup) -> Fraction:
    """1 for a parent at the end of the day, 0 for one a day older; UNKNOWN_RECENCY without a parent's time."""
    if followup.parent_at is None:
        return UNKNOWN_RECENCY
    age = datetime.combine(followup.day, time()) + timedelta(days=1) - followup.parent_at
    return min(max(1 - Fraction(age // _SECOND, FADED_AFTER // _SECOND), Fraction(0)), Fraction(1))


_SECOND = timedelta(seconds=1)


def limit_followups(followups: Iterable[Followup], most: int = DAILY_LIMIT) -> FollowupLimit:
    """Keep the `most` best of every day; ties go to the higher revenue, the later parent, the first id.

    The order of followups is irrelevant; a day with `most` or fewer keeps them all.
    """
    if most < 0:
        raise ValueError(f"the daily limit is {most}, must be at least 0")
    days: dict[date, list[Followup]] = {}
    for followup in sorted(followups, key=_order):
        days.setdefault(followup.day, []).append(followup)
    kept = tuple(_ranked(one) for day in days.values() for one in day[:most])
    removed = tuple(_ranked(one) for day in days.values() for one in day[most:])
    return FollowupLimit(
        modified=bool(removed),
        followup_count=len(kept),
        removed_count=len(removed),
        removed_items=removed,
        kept_items=kept,
        warnings=tuple(_warning(day, held, most) for day, held in days.items() if len(held) > most),
    )


def _order(followup: Followup) -> tuple[date, Fraction, float, float, Order]:
    """By day, then best first."""
    later = (followup.parent_at - datetime.min).total_seconds() if followup.parent_at else -1.0
    return followup.day, -followup_priority(followup), -followup.revenue, -later, id_order(followup.id)


def _ranked(followup: Followup) -> RankedFollowup:
    return RankedFollowup(followup.id, followup.day, float(followup_priority(followup)), followup.revenue)


def _warning(day: date, held: list[Followup], most: int) -> str:
    left_out = ", ".join(f"{one.id} (parent ${one.revenue:,.2f})" for one in held[most:])
    return f"{day} has {len(held)} followups, {most} are allowed: {left_out} removed"
