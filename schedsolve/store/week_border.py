"""The border at which a week begins: the first day's midnight on the creator's wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from ..errors import StoreError
from ..model.plan import Plan


@dataclass(frozen=True)
class Border:
    """A week's first moment (UTC), its first day, and the zone that relates the two."""

    start: datetime
    first: date
    zone: str

    def local(self, moment: datetime) -> datetime:
        """A moment on the creator's wall clock, with its offset."""
        return moment.astimezone(ZoneInfo(self.zone))


def border(first: date, zone: str) -> Border:
    """The border before a day."""
    return Border(datetime.combine(first, time(), ZoneInfo(zone)).astimezone(UTC), first, zone)


def instant(local: str, zone: str) -> datetime:
    """A local time, as scenarios write it (with or without an offset) -> moment in UTC."""
    told = datetime.fromisoformat(local)
    return (told if told.tzinfo else told.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def border_of(plan: Plan) -> Border:
    """The border before a plan. Raises StoreError for a plan without days, or whose zone nothing tells."""
    if not plan.days:
        raise StoreError(f"the plan is {plan.status} and has no days: there is nothing to keep")
    told = ((plan.scenario.content or {}).get("creator") or {}).get("timezone")
    zone = told or next((item.timezone for item in plan.items), None)
    if zone is None:
        raise StoreError("the plan tells no time zone: it has neither sends nor the content of its scenario")
    return border(date.fromisoformat(plan.days[0].date), zone)
