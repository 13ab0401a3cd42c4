"""KPI `bump_ratio_compliance`: on how many days bumps and PPVs stand in the expected ratio."""

from __future__ import annotations

from collections.abc import Iterable

from .daily import ScheduleDay, each_day_once
from .kpi import Interval, Kpi, Reading, Unit

COMPLIANCE = Kpi(
    "bump_ratio_compliance",
    "days with the bump ratio in its expected range",
    Unit.PERCENT,
    target=Interval(low=85),
    alert=Interval(high=70, ends=False),
)


def is_compliant(day: ScheduleDay) -> bool | None:
    """Whether the day's ratio is in its range, ends included and no tolerance; bumps without any PPV never are.

    None where there is nothing to judge: neither PPV nor bump, or no range.
    """
    if day.ratio is None:
        return False if day.bump_count else None
    if day.expected_min is None or day.expected_max is None:
        return None
    return day.expected_min <= day.ratio <= day.expected_max


def bump_ratio_compliance(days: Iterable[ScheduleDay]) -> Reading:
    """compliant / judged x 100."""
    judged = [verdict for day in each_day_once(days) if (verdict := is_compliant(day)) is not None]
    return COMPLIANCE.reading(100 * sum(judged) / len(judged) if judged else None, len(judged))
