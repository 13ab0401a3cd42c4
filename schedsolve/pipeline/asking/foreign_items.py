"""Items of a plan that anyone made, as far as they tell: enough to compare them with our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ...model.catalog import CATALOG, FOLLOWUP, Category, Channel
from ...model.plan import Item, VariationMetadata
from ...model.timetable import Send, Timetable
from ...model.week import Week


def items_of(week: Week, data: Mapping[str, Any], table: Timetable) -> tuple[Item, ...]:
    """The plan's items: as they stand where they are whole, else what the timetable knows of each send."""
    try:
        return tuple(Item.model_validate(dict(item)) for item in data["items"])
    except ValidationError:
        return tuple(_item(week, send) for send in table.sends)


def _item(week: Week, send: Send) -> Item:
    local = week.horizon.local(send.minute)
    row = send.send_type or CATALOG[FOLLOWUP]  # a type that nobody knows still has a place and a name
    return Item(
        slot_id=send.id,
        scheduled_date=f"{local:%Y-%m-%d}",
        scheduled_time=f"{local:%H:%M:%S}",
        scheduled_at_utc=f"{week.horizon.instant(send.minute):%Y-%m-%dT%H:%M:%SZ}",
        timezone=week.horizon.timezone,
        send_type_key=send.type_key,
        category=send.category or Category.RETENTION,
        ppv_style=send.style,
        channel_key=Channel(send.channel) if send.channel in set(Channel) else row.channel,
        target_key=send.target or row.default_target,
        is_follow_up=send.followup,
        parent_item_id=send.parent,
        followup_delay_minutes=send.delay,
        timing_adjusted=send.timing_adjusted,
        expires_at_utc=None,
        priority=0,
        strategy_used=send.strategy or "",
        flavor_emphasis=send.flavor or "",
        expected_value=send.value or 0.0,
        locked=send.locked,
        variation_metadata=VariationMetadata(),
    )
