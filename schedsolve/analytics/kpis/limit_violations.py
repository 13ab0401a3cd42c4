"""KPI `weekly_limit_violations`: how often VIP and Snapchat went out too often in a week."""

from __future__ import annotations

from collections.abc import Iterable

from ...model.fields import Day
from ..tables import Row
from ..weekly_limits import WEEKLY_CAPS
from .columns import Count, CreatorId, Key, once
from .kpi import Interval, Kpi, Part, Reading, Unit

VIOLATIONS = Kpi(
    "weekly_limit_violations",
    "weeks with too many VIP or Snapchat sends",
    Unit.COUNT,
    target=Interval(0, 0),
    alert=Interval(low=0, ends=False),
)
EXCLUSIVE = ("vip_program", "snapchat_bundle")
"""Types that live on being rare."""


class WeekOfType(Row):
    """How often a creator sent a type in the calendar week from `week_start`; without `limit`, the usual one holds."""

    creator_id: CreatorId = None
    week_start: Day
    send_type_key: Key
    actual: Count
    limit: Count | None = None

    @property
    def excess(self) -> int:
        """Sends too many."""
        limit = WEEKLY_CAPS.get(self.send_type_key) if self.limit is None else self.limit
        return 0 if limit is None else max(0, self.actual - limit)


def weekly_limit_violations(weeks: Iterable[WeekOfType]) -> Reading:
    """How many (creator, week, type) of the exclusive types hold too many; the parts are their excesses."""
    rows = once(weeks, lambda week: (week.creator_id, week.week_start, week.send_type_key), "limits")
    counted = [week for week in rows if week.send_type_key in EXCLUSIVE]
    over = sorted((Part(_subject(week), week.excess) for week in counted if week.excess), key=lambda part: part.subject)
    return VIOLATIONS.reading(len(over) if counted else None, len(counted), tuple(over))


def _subject(week: WeekOfType) -> str:
    return " ".join(filter(None, (week.creator_id, week.week_start.isoformat(), week.send_type_key)))
