"""A new version of a week takes the place of the standing one; what went out already stays what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from .errors import StateConflictError
from .tables import caption_usage, pins, schedule_items, schedules

SENT = ("publishing", "published")
"""Items that went out, or may have: a later version takes them over as they are."""


@dataclass(frozen=True)
class Predecessor:
    """The version that stood until now, with its items that went out."""

    version: int
    schedule_id: str | None
    sent: tuple[Row[Any], ...] = ()


def supersede(connection: Connection, creator_id: str, week_start: date) -> Predecessor:
    """Make way for the next version: the standing one is superseded, its planned sends and caption uses cancelled."""
    of_week = (schedules.c.creator_id == creator_id) & (schedules.c.week_start == week_start)
    last = connection.scalar(select(func.max(schedules.c.version)).where(of_week)) or 0
    old = connection.scalar(select(schedules.c.schedule_id).where(of_week, schedules.c.status != "superseded"))
    if old is None:
        return Predecessor(last, None)
    items = schedule_items.c.schedule_id == old
    sent = connection.execute(select(schedule_items).where(items, schedule_items.c.publish_state.in_(SENT))).all()
    connection.execute(update(schedules).where(schedules.c.schedule_id == old).values(status="superseded"))
    connection.execute(
        update(schedule_items)
        .where(items, schedule_items.c.publish_state.in_(("pending", "failed")))
        .values(publish_state="cancelled")
    )
    connection.execute(update(schedule_items).where(items).values(publish_key=None))
    connection.execute(
        update(caption_usage)
        .where(
            caption_usage.c.schedule_item_id.in_(select(schedule_items.c.item_id).where(items)),
            caption_usage.c.state == "planned",
        )
        .values(state="cancelled")
    )
    connection.execute(update(pins).where(pins.c.schedule_id == old).values(state="cancelled"))
    return Predecessor(last, old, tuple(sent))


def take_over(rows: Sequence[dict[str, Any]], sent: Sequence[Row[Any]]) -> None:
    """Let the new version's rows go on from what went out: state, key and moment of publishing.

    Raises
    ------
    StateConflictError
        When the new version leaves out, moves or changes something that went out.
    """
    places: dict[tuple[datetime, str], dict[str, Any]] = {
        (row["scheduled_at_utc"], row["send_type_key"]): row for row in rows
    }
    for item in sent:
        row = places.get((item.scheduled_at_utc, item.send_type_key))
        if row is None or row["caption_id"] != item.caption_id:
            raise StateConflictError(
                f"{item.slot_id} ({item.send_type_key} at {item.scheduled_at_utc:%Y-%m-%dT%H:%MZ}) is "
                f"{item.publish_state} and cannot be changed; lock it and plan again"
            )
        row |= {name: getattr(item, name) for name in ("publish_state", "publish_key", "published_at")}


def move_uses(connection: Connection, rows: Sequence[dict[str, Any]], sent: Sequence[Row[Any]]) -> set[int]:
    """Hang the uses of captions that went out on the new version's items; gives the captions."""
    new_ids = {(row["scheduled_at_utc"], row["send_type_key"]): row["item_id"] for row in rows}
    taken = set()
    for item in sent:
        if item.caption_id is None:
            continue
        taken.add(item.caption_id)
        connection.execute(
            update(caption_usage)
            .where(caption_usage.c.schedule_item_id == item.item_id, caption_usage.c.caption_id == item.caption_id)
            .values(
                schedule_item_id=new_ids[item.scheduled_at_utc, item.send_type_key],
                state="sent" if item.publish_state == "published" else "planned",
            )
        )
    return taken
