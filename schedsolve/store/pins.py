"""Pins of kept weeks. A week's rows hold its own pins and those it took over, each with the end the week gives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from ..model.plan import Plan
from .item_rows import item_id
from .moments import moment_of
from .tables import pins, schedules
from .week_border import border_of, instant

LONGEST = timedelta(days=28)
"""No pin began to end longer ago than this, and yet matters."""
_HANDED_OVER = "history_pin_"


@dataclass(frozen=True)
class ActivePin:
    """A pin that is up: the stable id of its post, and when it comes down."""

    post_id: str
    send_type_key: str
    start: datetime
    end: datetime
    priority: float


def insert_pins(connection: Connection, plan: Plan, schedule_id: str, held: tuple[ActivePin, ...]) -> None:
    """Keep a plan's pins; `held` are those up when the plan starts, as its scenario numbered them."""
    posts = _posts(plan, schedule_id, held)
    rows = [
        {
            "creator_id": plan.creator_id,
            "schedule_id": schedule_id,
            "post_id": posts[pin.item],
            "send_type_key": pin.send_type_key,
            "pin_start_at": moment_of(pin.starts_at_utc),
            "pin_end_at": moment_of(pin.ends_at_utc),
            "priority": pin.priority,
            "replaced_by": None if pin.replaced_by is None else posts.get(pin.replaced_by, pin.replaced_by),
            "state": "active" if pin.replaced_by is None else "replaced",
        }
        for pin in plan.pins
    ]
    if rows:
        connection.execute(insert(pins), rows)


def _posts(plan: Plan, schedule_id: str, held: Iterable[ActivePin]) -> dict[str, str]:
    """Stable ids of posts by the plan's names for them; pins handed over are known by their type and end."""
    named = {pin.item: item_id(schedule_id, pin.item) for pin in plan.pins}
    told: list[dict[str, Any]] = ((plan.scenario.content or {}).get("history") or {}).get("pins") or []
    up = {(pin.send_type_key, pin.end): pin.post_id for pin in held}
    zone = border_of(plan).zone
    for number, pin in enumerate(told):
        post = up.get((pin["send_type_key"], instant(pin["ends"], zone)))
        if post is not None:
            named[f"{_HANDED_OVER}{number}"] = post
    return named


def active_pins(connection: Connection, creator_id: str, at: datetime, before_week: date) -> tuple[ActivePin, ...]:
    """Pins of weeks that began before `before_week` that are up at a moment, by their end.

    A later week has the last word on a post's end.
    """
    rows = connection.execute(
        select(pins)
        .join(schedules, schedules.c.schedule_id == pins.c.schedule_id)
        .where(
            pins.c.creator_id == creator_id,
            pins.c.state != "cancelled",
            schedules.c.week_start < before_week,
            pins.c.pin_start_at < at,
            pins.c.pin_end_at > at - LONGEST,
        )
        .order_by(schedules.c.week_start, pins.c.pin_id)
    ).all()
    last = {row.post_id: row for row in rows}
    up = sorted((row for row in last.values() if row.pin_end_at > at), key=lambda row: (row.pin_end_at, row.post_id))
    return tuple(
        ActivePin(row.post_id, row.send_type_key, row.pin_start_at, row.pin_end_at, row.priority) for row in up
    )
