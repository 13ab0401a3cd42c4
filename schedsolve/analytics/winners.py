"""Campaign families that earn well and run too seldom.

A family's mean earnings are shrunk towards the creator's mean per send, as a normal mean with a prior of five sends:
two lucky campaigns do not make a winner yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from ..model.campaign_families import CADENCES, MONTH, OVERALL, Family, Range
from ..model.fields import Day
from .dollars import exact, mean
from .tables import Row

PRIOR_SENDS = 5
"""Sends at the creator's mean that every family is given beforehand."""
LEAST_CAMPAIGNS = 2
"""Campaigns below which no family is a winner."""
WINNING = Fraction(3, 2)
"""Times the creator's mean that a winner earns at least."""
MISSED_SHARE = Fraction(1, 2)
"""Part of its expected earnings that a campaign more is counted with."""
BEST_TOLD = 2
"""Best earners that are named."""


class CampaignResult(Row):
    """A campaign that ran, and what it earned in dollars."""

    date: Day
    campaign_type: Family
    earnings: Annotated[float, Field(ge=0)]


@dataclass(frozen=True)
class FamilyResult:
    """What a family earned in the window.

    Attributes
    ----------
    count, wanted
        Campaigns that ran, and how many should in 30 days.
    expected
        Dollars of one more campaign: the family's mean shrunk towards the creator's.
    shortfall
        Campaigns missing to the least number wanted.
    best
        The two greatest earnings.
    missed
        Dollars that the missing campaigns are reckoned to have cost; 0 for a family that is no winner.
    """

    family: Family
    count: int
    wanted: Range
    expected: Fraction
    is_winner: bool
    shortfall: int
    best: tuple[float, ...]
    missed: Fraction

    @property
    def under_used(self) -> bool:
        """A winner that ran too seldom."""
        return self.is_winner and self.shortfall > 0


@dataclass(frozen=True)
class WinnerReport:
    """All families, and how many campaigns ran in all; `total_shortfall` counts what 14 a month lack."""

    families: tuple[FamilyResult, ...]
    total: int
    total_shortfall: int

    @property
    def under_used(self) -> tuple[FamilyResult, ...]:
        """Winners that ran too seldom."""
        return tuple(result for result in self.families if result.under_used)


def find_winners(results: Sequence[CampaignResult], mean_per_send: float, today: date) -> WinnerReport:
    """Judge the 30 days that end with `today`, by the creator's mean earnings per send in dollars.

    Raises
    ------
    ValueError
        When the mean is negative.
    """
    if not mean_per_send >= 0:
        raise ValueError(f"mean earnings per send are 0 or more, found {mean_per_send}")
    inside = [result for result in results if today - timedelta(MONTH) < result.date <= today]
    base = exact(mean_per_send)
    families = tuple(
        _judged(family, [result.earnings for result in inside if result.campaign_type is family], base)
        for family in Family
    )
    return WinnerReport(families, len(inside), max(0, OVERALL.least - len(inside)))


def _judged(family: Family, earnings: Sequence[float], base: Fraction) -> FamilyResult:
    count, wanted = len(earnings), CADENCES[family].monthly
    own = count * mean(earnings) if earnings else Fraction(0)
    expected = (PRIOR_SENDS * base + own) / (PRIOR_SENDS + count)
    winner = count >= LEAST_CAMPAIGNS and expected >= WINNING * base
    shortfall = max(0, wanted.least - count)
    missed = shortfall * expected * MISSED_SHARE if winner else Fraction(0)
    best = tuple(sorted(earnings, reverse=True)[:BEST_TOLD])
    return FamilyResult(family, count, wanted, expected, winner, shortfall, best, missed)
