"""The catalog as rows of the store: written anew whenever the store is brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from ..model.catalog import CATALOG, DEPRECATED, FOLLOWUP, TARGETS, Channel, SendType
from ..model.rule_settings import FollowupDailyLimitSettings
from .tables import channels, send_type_caption_types, send_types, target_channels, targets

TARGETED = (Channel.MASS_MESSAGE, Channel.TARGETED_MESSAGE)
"""The channels that can be sent to an audience."""
_NAMES = {"inactive_7d": "Inactive 7 Days", "ppv_non_purchasers": "PPV Non-Purchasers"}


def write_catalog(connection: Connection) -> None:
    """Add and change rows until they are as the catalog has them; keys it no longer knows become inactive."""
    _put(connection, channels, ({"channel_key": c.value, "supports_targeting": c in TARGETED} for c in Channel))
    _put(connection, targets, ({"target_key": key, **_target(key)} for key in TARGETS))
    _put(connection, send_types, map(_send_type, CATALOG.values()))
    _put(connection, send_types, (_retired(old, new) for old, new in DEPRECATED.items()))
    known = [*CATALOG, *DEPRECATED]
    connection.execute(update(send_types).where(send_types.c.send_type_key.not_in(known)).values(is_active=False))
    for table in (target_channels, send_type_caption_types):
        connection.execute(delete(table))
    connection.execute(
        insert(target_channels),
        [
            {"target_key": target.key, "channel_key": channel.value, "preference": place}
            for target in TARGETS.values()
            for place, channel in enumerate(target.channels, 1)
        ],
    )
    connection.execute(
        insert(send_type_caption_types),
        [
            {"send_type_key": row.key, "caption_type": kind, "priority": place}
            for row in CATALOG.values()
            for place, kind in enumerate(row.captions, 1)
        ],
    )


def _put(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows with new keys, change the others."""
    (key,) = table.primary_key.columns
    held = set(connection.scalars(select(key)))
    for row in rows:
        if row[key.name] in held:
            connection.execute(update(table).where(key == row[key.name]).values(**row))
        else:
            connection.execute(insert(table).values(**row))


def _target(key: str) -> dict[str, Any]:
    return {
        "display_name": _NAMES.get(key, key.replace("_", " ").title()),
        "page_types": [page.value for page in TARGETS[key].pages],
    }


def _send_type(row: SendType) -> dict[str, Any]:
    return {
        "send_type_key": row.key,
        "category": row.category.value,
        "page_types": [page.value for page in row.pages],
        "platform_feature": row.channel.value,
        "default_target_key": row.default_target,
        "required_target_keys": list(row.required_targets),
        "requires_media": row.requires_media,
        "media_type": row.media_type.value,
        "requires_flyer": row.requires_flyer,
        "can_have_followup": row.followup,
        "min_gap_minutes": row.gap_minutes,
        "max_per_day": FollowupDailyLimitSettings().max if row.key == FOLLOWUP else None,
        "max_per_week": row.weekly_cap,
        "default_expiration_hours": row.expiry_hours,
        "replaced_by": None,
        "is_active": True,
    }


def _retired(old: str, new: str) -> dict[str, Any]:
    return _send_type(CATALOG[new]) | {"send_type_key": old, "replaced_by": new, "is_active": False}
