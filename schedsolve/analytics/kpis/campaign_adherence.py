"""KPI `campaign_frequency_adherence`: how many campaigns keep the rules of their family."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ...model.fields import Day
from ..tables import Row
from .columns import CampaignType, CreatorId, Truth
from .kpi import Interval, Kpi, Reading, Unit

ADHERENCE = Kpi(
    "campaign_frequency_adherence",
    "campaigns that keep the rules of their family",
    Unit.PERCENT,
    target=Interval(low=90),
    alert=Interval(high=75, ends=False),
)
WINDOW = timedelta(days=30)


class AuditedCampaign(Row):
    """A campaign, and whether it kept the rules of its family."""

    creator_id: CreatorId = None
    campaign_type: CampaignType
    date: Day | None = None
    is_compliant: Truth


def campaign_frequency_adherence(campaigns: Iterable[AuditedCampaign], as_of: date | None = None) -> Reading:
    """compliant / total x 100; with `as_of` only over the campaigns dated in the 30 days that end on that day."""
    counted = [one for one in campaigns if as_of is None or _recent(one.date, as_of)]
    compliant = sum(one.is_compliant for one in counted)
    return ADHERENCE.reading(100 * compliant / len(counted) if counted else None, len(counted))


def _recent(day: date | None, as_of: date) -> bool:
    return day is not None and as_of - WINDOW < day <= as_of
