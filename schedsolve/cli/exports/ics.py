"""A plan as an iCalendar file (RFC 5545): one event per send, the same bytes for the same plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from ...model.plan import Item, Plan

LENGTH = timedelta(minutes=15)
_PRODUCT = "-//schedsolve//creator-week//EN"


def plan_as_ics(plan: Plan) -> bytes:
    """The calendar; its timestamps are the plan's first day, not the time of writing."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", plan.scenario.name)
    stamp = datetime.combine(date.fromisoformat(plan.days[0].date), time(), UTC)
    for item in plan.items:
        calendar.add_component(_event(item, plan.creator_id, stamp))
    return bytes(calendar.to_ical())


def _event(item: Item, creator_id: str, stamp: datetime) -> Event:
    start = datetime.fromisoformat(item.scheduled_at_utc).astimezone(UTC)
    event = Event()
    event.add("uid", f"{item.slot_id}.{creator_id}@schedsolve")
    event.add("dtstamp", stamp)
    event.add("dtstart", start)
    event.add("dtend", start + LENGTH)
    event.add("summary", f"{item.send_type_key} ({item.ppv_style})" if item.ppv_style else item.send_type_key)
    event.add("description", _description(item))
    event.add("categories", [item.category.value])
    return event


def _description(item: Item) -> str:
    told = {
        "local time": f"{item.scheduled_date} {item.scheduled_time[:5]} {item.timezone}",
        "strategy": item.strategy_used,
        "channel": item.channel_key.value,
        "target": item.target_key,
        "parent": item.parent_item_id,
        "expires": item.expires_at_utc,
        "caption": item.caption_text,
    }
    lines = [f"{name}: {value}" for name, value in told.items() if value is not None]
    return "\n".join([*lines, "locked"] if item.locked else lines)
