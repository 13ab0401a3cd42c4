"""KPI `followup_limit_utilization`: how much of the daily followup limit is used."""

from __future__ import annotations

from collections.abc import Iterable

from ..followup_limit import DAILY_LIMIT
from .daily import ScheduleDay, each_day_once
from .kpi import Interval, Kpi, Reading, Unit

UTILIZATION = Kpi(
    "followup_limit_utilization",
    "followups of a day against the daily limit",
    Unit.PERCENT,
    target=Interval(75, 100),
    alert=Interval(high=50, ends=False),
)


def followup_limit_utilization(days: Iterable[ScheduleDay]) -> Reading:
    """Mean of a day's followups / limit x 100; days whose followups are not known are left out."""
    counts = [day.followup_count for day in each_day_once(days) if day.followup_count is not None]
    return UTILIZATION.reading(100 * sum(counts) / (DAILY_LIMIT * len(counts)) if counts else None, len(counts))
