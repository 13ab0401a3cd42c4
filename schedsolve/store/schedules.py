"""Kept weeks, read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ..model.plan import Plan
from .engine import Store
from .errors import ScheduleNotFoundError
from .resilience import READ
from .tables import schedule_items, schedules


@dataclass(frozen=True)
class KeptSchedule:
    """A version of a week as the store has it, without its plan."""

    schedule_id: str
    creator_id: str
    week_start: date
    days: int
    timezone: str
    version: int
    status: str
    score: int
    degraded_mode: bool
    generation_id: str
    prediction_id: int | None
    validation_report: Mapping[str, Any]
    volume_metadata: Mapping[str, Any]
    engine_version: str
    created_at: datetime
    approved_by: str | None
    approved_at: datetime | None


@dataclass(frozen=True)
class KeptItem:
    """A send of a kept week, as publishing sees it."""

    item_id: str
    schedule_id: str
    slot_id: str
    scheduled_at_utc: datetime
    send_type_key: str
    channel_key: str
    target_key: str
    caption_id: int | None
    caption_text: str | None
    caption_status: str | None
    parent_item_id: str | None
    publish_state: str
    publish_key: str | None
    published_at: datetime | None


def schedule(store: Store, schedule_id: str) -> KeptSchedule:
    """A schedule by its id. Raises ScheduleNotFoundError."""
    found = store.read(
        lambda connection: _first(connection, _heads().where(schedules.c.schedule_id == schedule_id)), READ
    )
    if found is None:
        raise ScheduleNotFoundError(f"no schedule {schedule_id} is kept")
    return found


def schedule_of_request(store: Store, key: str) -> KeptSchedule | None:
    """The schedule that a request has made, by the request's key, however long ago; None where it has made none."""
    query = _heads().where(schedules.c.request_key == key)
    return store.read(lambda connection: _first(connection, query), READ)


def standing_schedule(store: Store, creator_id: str, week_start: date) -> KeptSchedule | None:
    """The version of a week that holds; None when none is kept."""
    query = _heads().where(
        schedules.c.creator_id == creator_id,
        schedules.c.week_start == week_start,
        schedules.c.status != "superseded",
    )
    return store.read(lambda connection: _first(connection, query), READ)


def schedules_of(store: Store, creator_id: str, week_start: date | None = None) -> tuple[KeptSchedule, ...]:
    """A creator's schedules, all versions, by week and version; of one week where that is given."""
    query = _heads().where(schedules.c.creator_id == creator_id)
    if week_start is not None:
        query = query.where(schedules.c.week_start == week_start)
    query = query.order_by(schedules.c.week_start, schedules.c.version)
    return store.read(lambda connection: tuple(map(_kept, connection.execute(query))), READ)


def plan_text(store: Store, schedule_id: str) -> str:
    """The plan of a schedule: the bytes that were kept. Raises ScheduleNotFoundError."""
    query = select(schedules.c.plan_json).where(schedules.c.schedule_id == schedule_id)
    text: str | None = store.read(lambda connection: connection.scalar(query), READ)
    if text is None:
        raise ScheduleNotFoundError(f"no schedule {schedule_id} is kept")
    return text


def plan(store: Store, schedule_id: str) -> Plan:
    """The plan of a schedule. Raises ScheduleNotFoundError."""
    return Plan.model_validate_json(plan_text(store, schedule_id))


def items_of(store: Store, schedule_id: str) -> tuple[KeptItem, ...]:
    """The sends of a schedule, by time."""
    query = (
        select(*(schedule_items.c[name] for name in KeptItem.__dataclass_fields__))
        .where(schedule_items.c.schedule_id == schedule_id)
        .order_by(schedule_items.c.scheduled_at_utc, schedule_items.c.slot_id)
    )
    return store.read(lambda connection: tuple(KeptItem(*row) for row in connection.execute(query)), READ)


def _heads() -> Select[Any]:
    return select(*(schedules.c[name] for name in KeptSchedule.__dataclass_fields__))


def _first(connection: Connection, query: Select[Any]) -> KeptSchedule | None:
    row = connection.execute(query).one_or_none()
    return None if row is None else _kept(row)


def _kept(row: Row[Any]) -> KeptSchedule:
    return KeptSchedule(*tuple(row))
