"""What happens to a kept week: a person approves it, its sends go out one by one, each under its own key.

An item moves pending -> publishing -> published or failed; failed -> publishing again; pending or failed -> cancelled.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, exists, func, select, update

from .audit_trail import Record, append
from .engine import Store, exclusively
from .errors import ScheduleNotFoundError, StateConflictError
from .moments import Clock
from .moments import now as _now
from .schedules import KeptItem
from .tables import caption_usage, captions, schedule_items, schedules

MOVES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pending": ("publishing", "cancelled"),
        "publishing": ("published", "failed"),
        "failed": ("publishing", "cancelled"),
        "published": (),
        "cancelled": (),
    }
)
PUBLISHABLE = ("approved", "published")


def approve(store: Store, schedule_id: str, by: str, *, clock: Clock = _now) -> None:
    """A person approves a week that needs review; approving an approved one does nothing.

    Raises
    ------
    ScheduleNotFoundError, StateConflictError
        When there is no such schedule, or it is superseded.
    """

    def change(connection: Connection) -> None:
        row = connection.execute(
            select(schedules).where(schedules.c.schedule_id == schedule_id).with_for_update()
        ).one_or_none()
        if row is None:
            raise ScheduleNotFoundError(f"no schedule {schedule_id} is kept")
        if row.status in PUBLISHABLE:
            return
        if row.status != "needs_review":
            raise StateConflictError(f"schedule {schedule_id} is {row.status}; only a standing version can be approved")
        now = clock()
        connection.execute(
            update(schedules)
            .where(schedules.c.schedule_id == schedule_id)
            .values(status="approved", approved_by=by, approved_at=now)
        )
        decision = Record("decision", {"approved_by": by, "schedule_id": schedule_id, "score": row.score}, "assembly")
        append(connection, row.generation_id, row.creator_id, [decision], now)

    store.write(change, name="approve")


def due_items(store: Store, until: datetime, limit: int = 100) -> tuple[KeptItem, ...]:
    """Sends of approved weeks that wait to go out at or before a moment, the earliest first."""
    query = (
        select(*(schedule_items.c[name] for name in KeptItem.__dataclass_fields__))
        .join(schedules, schedules.c.schedule_id == schedule_items.c.schedule_id)
        .where(
            schedules.c.status.in_(PUBLISHABLE),
            schedule_items.c.publish_state.in_(("pending", "failed")),
            func.coalesce(schedule_items.c.caption_status, "assigned") != "manual_required",
            schedule_items.c.scheduled_at_utc <= until,
        )
        .order_by(schedule_items.c.scheduled_at_utc, schedule_items.c.item_id)
        .limit(limit)
    )
    return store.read(lambda connection: tuple(KeptItem(*row) for row in connection.execute(query)))


def begin_publishing(store: Store, item_id: str) -> str:
    """Take an item to be sent; gives the key to send it under, the same at every try.

    Raises
    ------
    StateConflictError
        When its week is not approved, it lacks its caption, or it is not waiting to go out.
    """

    def change(connection: Connection) -> str:
        row = connection.execute(
            select(
                schedule_items.c.caption_status,
                schedule_items.c.publish_key,
                schedules.c.status,
            )
            .join(schedules, schedules.c.schedule_id == schedule_items.c.schedule_id)
            .where(schedule_items.c.item_id == item_id)
        ).one_or_none()
        if row is None:
            raise ScheduleNotFoundError(f"no item {item_id} is kept")
        if row.status not in PUBLISHABLE:
            raise StateConflictError(f"{item_id} is part of a week that is {row.status}; approve it first")
        if row.caption_status == "manual_required":
            raise StateConflictError(f"{item_id} needs a caption before it can go out")
        _move(connection, item_id, "publishing")
        return str(row.publish_key)

    return store.write(change, name="begin_publishing")


def publishing_failed(store: Store, item_id: str) -> None:
    """The item could not be sent; it may be tried again. Raises StateConflictError when it was not being sent."""
    store.write(lambda connection: _move(connection, item_id, "failed"), name="publishing_failed")


def cancel_item(store: Store, item_id: str) -> None:
    """The item is not to go out; its caption is free again. Raises StateConflictError when it went out."""

    def change(connection: Connection) -> None:
        _move(connection, item_id, "cancelled")
        connection.execute(
            update(caption_usage)
            .where(caption_usage.c.schedule_item_id == item_id, caption_usage.c.state == "planned")
            .values(state="cancelled")
        )

    store.write(change, name="cancel_item")


def published(store: Store, item_id: str, *, clock: Clock = _now) -> None:
    """The item went out: its caption is used, and a week whose last item it was is published.

    Raises
    ------
    StateConflictError
        When it was not being sent.
    """

    def change(connection: Connection) -> None:
        at = clock()
        _move(connection, item_id, "published", at)
        mine = caption_usage.c.schedule_item_id == item_id
        connection.execute(
            update(caption_usage).where(mine, caption_usage.c.state == "planned").values(state="sent", used_at=at)
        )
        used = select(caption_usage.c.caption_id).where(mine, caption_usage.c.state == "sent")
        connection.execute(
            update(captions)
            .where(
                captions.c.caption_id.in_(used),
                (captions.c.last_used_at.is_(None)) | (captions.c.last_used_at < at),
            )
            .values(last_used_at=at)
        )
        _finish_week(connection, item_id)

    store.write(change, name="published")


def _move(connection: Connection, item_id: str, state: str, published_at: datetime | None = None) -> None:
    allowed = [old for old, moves in MOVES.items() if state in moves]
    changed = connection.execute(
        update(schedule_items)
        .where(schedule_items.c.item_id == item_id, schedule_items.c.publish_state.in_(allowed))
        .values(publish_state=state, published_at=published_at)
    )
    if not changed.rowcount:
        held = connection.scalar(select(schedule_items.c.publish_state).where(schedule_items.c.item_id == item_id))
        raise StateConflictError(f"{item_id} is {held or 'not kept'} and cannot become {state}")


def _finish_week(connection: Connection, item_id: str) -> None:
    """A week without anything left to send is published. Two last items may end at once: one lock a week."""
    mine = select(schedule_items.c.schedule_id).where(schedule_items.c.item_id == item_id)
    schedule_id = str(connection.scalar(mine))
    exclusively(connection, "published", schedule_id)
    left = exists().where(
        schedule_items.c.schedule_id == schedule_id,
        schedule_items.c.publish_state.in_(("pending", "publishing", "failed")),
    )
    connection.execute(
        update(schedules)
        .where(schedules.c.schedule_id == schedule_id, schedules.c.status == "approved", ~left)
        .values(status="published")
    )
