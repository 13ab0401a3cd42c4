"""Which week comes next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..store.engine import Store
from ..store.schedules import schedules_of

WEEK = timedelta(days=7)


def first_day(store: Store, creator_id: str, zone: str, as_of: datetime) -> date:
    """The day after the last kept week, or the first Monday after today where that day has passed or none is kept."""
    today = as_of.astimezone(ZoneInfo(zone)).date()
    monday = today + WEEK - timedelta(days=today.weekday())
    kept = [one for one in schedules_of(store, creator_id) if one.status != "superseded"]
    following = max((one.week_start + timedelta(days=one.days) for one in kept), default=monday)
    return following if following > today else monday
