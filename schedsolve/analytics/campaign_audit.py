"""Whether the campaigns of a schedule keep their families' distances, and add up to enough in a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from pydantic import AliasChoices, ConfigDict, Field

from ..model.campaign_families import CADENCES, LOOK_BACK, OVERALL, Cadence, Family, Range, needed, projected
from ..model.fields import Day
from .kpis.columns import CreatorId
from .tables import Row

UNDATED_DAYS = 7
"""Length of a schedule of which neither the horizon nor any date is known."""

Finding = Literal["same_day", "too_close", "too_wide", "under_target", "overall_low"]
Severity = Literal["critical", "high", "medium"]


class CampaignRow(Row):
    """An item of a schedule, with its campaign family if it carries one; the date may also be called as in a plan."""

    model_config = ConfigDict(populate_by_name=True)

    date: Day = Field(validation_alias=AliasChoices("date", "scheduled_date"))
    campaign_type: Family | None
    creator_id: CreatorId = None


@dataclass(frozen=True)
class CampaignWarning:
    """One finding.

    `family` is None for all families together, `on` the date of the later campaign of a distance, `found` the days
    between two campaigns or a monthly projection, `allowed` what it is held against.
    """

    finding: Finding
    severity: Severity
    family: Family | None
    on: date | None
    found: Fraction
    allowed: Range
    shortfall: int
    message: str


@dataclass(frozen=True)
class CampaignRecommendation:
    """A family of which nothing is planned, and how often it should run in 30 days."""

    family: Family
    monthly: Range
    message: str


@dataclass(frozen=True)
class CampaignAudit:
    """What the audit found, projections included; `days` is the length of the schedule that they are based on."""

    days: int
    counts: dict[Family, int]
    projections: dict[Family, Fraction]
    total_monthly_projection: Fraction
    warnings: tuple[CampaignWarning, ...]
    recommendations: tuple[CampaignRecommendation, ...]

    @property
    def is_valid(self) -> bool:
        """No finding is critical."""
        return all(warning.severity != "critical" for warning in self.warnings)


def audit_campaigns(
    rows: Sequence[CampaignRow], days: int | None = None, history: Sequence[CampaignRow] = ()
) -> CampaignAudit:
    """Hold a schedule's campaigns against the families' cadences.

    Parameters
    ----------
    rows
        All items of the schedule, in any order; those without a family only tell its length.
    days
        Length of the schedule; without it, from the first date to the last.
    history
        Campaigns before it: those of the last 30 days count for the distance to the first planned one, and for
        nothing else.

    Raises
    ------
    ValueError
        When `days` is less than 1.
    """
    length = _length(rows, days)
    dates = {family: sorted(row.date for row in rows if row.campaign_type is family) for family in Family}
    counts = {family: len(planned) for family, planned in dates.items()}
    start = min((row.date for row in rows), default=None)
    warnings: list[CampaignWarning] = []
    for family, planned in dates.items():
        before = [row.date for row in history if row.campaign_type is family]
        warnings += _distances(family, _with_last(before, planned, start))
    for family, count in counts.items():
        warnings += _target(family, CADENCES[family].monthly, count, length)
    total = sum(counts.values())
    warnings += _target(None, OVERALL, total, length)
    return CampaignAudit(
        length,
        counts,
        {family: projected(count, length) for family, count in counts.items()},
        projected(total, length),
        tuple(warnings),
        tuple(_recommended(family, CADENCES[family]) for family, count in counts.items() if not count),
    )


def _length(rows: Sequence[CampaignRow], days: int | None) -> int:
    if days is not None:
        if days < 1:
            raise ValueError(f"a schedule has at least 1 day, found {days}")
        return days
    dates = [row.date for row in rows]
    return (max(dates) - min(dates)).days + 1 if dates else UNDATED_DAYS


def _with_last(before: Sequence[date], planned: Sequence[date], start: date | None) -> list[date]:
    """The planned dates, after the last one of history that counts."""
    if not planned or start is None:
        return []
    counting = [day for day in before if start - timedelta(LOOK_BACK) <= day <= planned[0]]
    return [*sorted(counting)[-1:], *planned]


def _distances(family: Family, dates: Sequence[date]) -> Iterator[CampaignWarning]:
    cadence = CADENCES[family]
    allowed = Range(cadence.nearest, cadence.farthest)
    for first, second in pairwise(dates):
        gap = (second - first).days
        told = f"{family}: {second} comes {gap} day{'s' * (gap != 1)} after {first}"
        if gap == 0:
            message = f"{family}: two campaigns on {second}"
            yield CampaignWarning("same_day", "critical", family, second, Fraction(0), allowed, 0, message)
        elif gap < allowed.least:
            message = f"{told}; at least {allowed.least} are needed"
            yield CampaignWarning("too_close", "high", family, second, Fraction(gap), allowed, 0, message)
        elif gap > allowed.most:
            message = f"{told}; at most {allowed.most} are wanted"
            yield CampaignWarning("too_wide", "medium", family, second, Fraction(gap), allowed, 0, message)


def _target(family: Family | None, monthly: Range, count: int, days: int) -> Iterator[CampaignWarning]:
    """A projection below the monthly figure, with the campaigns that the schedule lacks."""
    projection = projected(count, days)
    if projection >= monthly.least:
        return
    lacking = needed(monthly.least, days) - count
    message = (
        f"{family or 'all families together'}: {count} in {days} day{'s' * (days != 1)} make "
        f"{float(projection):.1f} a month, below {monthly.least}-{monthly.most}; {lacking} more would do"
    )
    finding: Finding = "under_target" if family else "overall_low"
    severity: Severity = "high" if family else "critical"
    yield CampaignWarning(finding, severity, family, None, projection, monthly, lacking, message)


def _recommended(family: Family, cadence: Cadence) -> CampaignRecommendation:
    monthly = cadence.monthly
    apart = f"{cadence.nearest}-{cadence.farthest} days apart"
    if cadence.nearest == cadence.farthest:
        apart = f"{cadence.nearest} days apart"
    message = f"{family}: none is planned; run {monthly.least}-{monthly.most} a month, {apart}"
    return CampaignRecommendation(family, monthly, message)
