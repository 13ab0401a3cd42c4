"""What earlier weeks hand over to the next: sends, rotation, strategy of the eve, pins, campaigns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from ..model.campaign_settings import PastCampaign
from ..model.catalog import CATALOG, FOLLOWUP, Style
from ..model.plan import Plan
from ..model.scenario import History, PastPin, PastRotation, PastSend
from .engine import Store
from .errors import CreatorNotFoundError
from .pins import active_pins
from .resilience import READ
from .rotation_after import StandingRotation, rotation_after
from .rotation_states import rotation_of
from .tables import creators, schedule_items, schedules
from .week_border import Border, border

LOOK_BACK = timedelta(days=30)
"""How far back sends and campaigns matter: the longest distance between campaigns, and every gap between sends."""
EVENING = timedelta(minutes=75)
"""Parents this short before midnight may have left their followup to the next week: the widest window's start (45
minutes) before the active window's end (23:30)."""
_GONE = ("cancelled", "failed")


@dataclass(frozen=True)
class HandedOver:
    """What a scenario needs of the past: its `history` section, and the `history` of its `campaigns` section."""

    history: History
    campaigns: tuple[PastCampaign, ...] = ()


def history_of(store: Store, creator_id: str, week_start: date, zone: str | None = None) -> HandedOver:
    """What the kept weeks that began before `week_start` hand over to the one that begins then.

    `zone` is the next week's, the creator's by default. Without earlier weeks everything is empty.

    Raises
    ------
    CreatorNotFoundError
        When neither a zone nor the creator is known.
    """
    return store.read(lambda connection: _handed_over(connection, creator_id, week_start, zone), READ, "history_of")


def _handed_over(connection: Connection, creator_id: str, week_start: date, zone: str | None) -> HandedOver:
    zone = zone or connection.scalar(select(creators.c.timezone).where(creators.c.creator_id == creator_id))
    if zone is None:
        raise CreatorNotFoundError(creator_id)
    edge = border(week_start, zone)
    items = _items(connection, creator_id, edge)
    last = connection.scalar(
        select(schedules.c.plan_json)
        .where(
            schedules.c.creator_id == creator_id,
            schedules.c.week_start < week_start,
            schedules.c.status != "superseded",
        )
        .order_by(schedules.c.week_start.desc())
        .limit(1)
    )
    plan = None if last is None else Plan.model_validate(json.loads(last))
    standing = _kept_rotation(connection, creator_id, zone) if plan is None else rotation_after(plan, week_start)
    return HandedOver(
        History(
            sends=tuple(_sends(items, edge)),
            rotation=_rotation(standing, week_start),
            last_strategy=None if plan is None else _strategy_of(plan, week_start - timedelta(days=1)),
            pins=tuple(
                PastPin(
                    send_type_key=pin.send_type_key,
                    ends=edge.local(pin.end),
                    estimated_revenue=pin.priority,
                )
                for pin in active_pins(connection, creator_id, edge.start, week_start)
            ),
        ),
        _campaigns(items, edge),
    )


def _kept_rotation(connection: Connection, creator_id: str, zone: str) -> StandingRotation | None:
    """The rotation of a creator without any kept week; with one, it is that week's, and no part of what was before."""
    if connection.scalar(select(schedules.c.schedule_id).where(schedules.c.creator_id == creator_id).limit(1)):
        return None
    return rotation_of(connection, creator_id, zone)


def _items(connection: Connection, creator_id: str, edge: Border) -> list[Row[Any]]:
    """Sends of earlier weeks from the look back on, by time; such as went out, or will."""
    return list(
        connection.execute(
            select(schedule_items)
            .join(schedules, schedules.c.schedule_id == schedule_items.c.schedule_id)
            .where(
                schedules.c.creator_id == creator_id,
                schedules.c.week_start < edge.first,
                schedules.c.status != "superseded",
                schedule_items.c.publish_state.not_in(_GONE),
                schedule_items.c.scheduled_at_utc >= edge.start - LOOK_BACK,
            )
            .order_by(schedule_items.c.scheduled_at_utc, schedule_items.c.item_id)
        )
    )


def _sends(items: list[Row[Any]], edge: Border) -> Iterator[PastSend]:
    """Sends before the border, and followups beyond it whose parent is before."""
    before = {item.item_id for item in items if item.scheduled_at_utc < edge.start}
    followed = {item.parent_item_id for item in items if item.is_follow_up}
    for item in items:
        if item.item_id not in before and not (item.send_type_key == FOLLOWUP and item.parent_item_id in before):
            continue
        row = CATALOG.get(item.send_type_key)
        open_parent = (
            row is not None
            and row.followup
            and item.item_id not in followed
            and item.scheduled_at_utc >= edge.start - EVENING
        )
        yield PastSend(
            at=edge.local(item.scheduled_at_utc),
            send_type_key=item.send_type_key,
            ppv_style=None if item.ppv_style is None else Style(item.ppv_style),
            awaits_followup=open_parent,
        )


def _rotation(standing: StandingRotation | None, week_start: date) -> PastRotation | None:
    """The rotation, unless it began after the border."""
    if standing is None or standing.rotation.started > week_start:
        return None
    rotation = standing.rotation
    return PastRotation(
        state=rotation.state,
        pattern=rotation.pattern,
        started=rotation.started,
        position=standing.position,
        recent=rotation.recent,
    )


def _strategy_of(plan: Plan, day: date) -> str | None:
    return next((one.strategy for one in plan.days if one.date == day.isoformat()), None)


def _campaigns(items: list[Row[Any]], edge: Border) -> tuple[PastCampaign, ...]:
    return tuple(
        PastCampaign(date=item.scheduled_date, campaign_type=item.campaign_type)
        for item in items
        if item.campaign_type is not None and item.scheduled_at_utc < edge.start
    )
