"""What a plan refers to is looked up before it is kept: send types, channels, targets, captions, contents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from ..model.catalog import DEPRECATED
from ..model.plan import Plan
from .errors import CreatorNotFoundError, UnknownReferenceError
from .tables import captions, channels, content_types, creators, send_types, targets

_CHUNK = 500


def require_known(connection: Connection, plan: Plan) -> None:
    """Check every key of a plan.

    Raises
    ------
    CreatorNotFoundError
        When its creator is not known.
    UnknownReferenceError
        When its items name keys that the store does not know, or that are retired.
    """
    if connection.scalar(select(creators.c.creator_id).where(creators.c.creator_id == plan.creator_id)) is None:
        raise CreatorNotFoundError(plan.creator_id)
    faults = [
        *_unknown(connection, "send type", send_types.c.send_type_key, (item.send_type_key for item in plan.items)),
        *_retired(connection, plan),
        *_unknown(connection, "channel", channels.c.channel_key, (item.channel_key for item in plan.items)),
        *_unknown(connection, "target", targets.c.target_key, (item.target_key for item in plan.items)),
        *_unknown(connection, "caption", captions.c.caption_id, (item.caption_id for item in plan.items)),
        *_unknown(
            connection, "content type", content_types.c.content_type_id, (item.content_type_id for item in plan.items)
        ),
    ]
    if faults:
        raise UnknownReferenceError(faults)


def _unknown(connection: Connection, what: str, column: ColumnElement[Any], used: Iterable[Any]) -> list[str]:
    wanted = sorted({key for key in used if key is not None})
    known: set[Any] = set()
    for start in range(0, len(wanted), _CHUNK):
        known |= set(connection.scalars(select(column).where(column.in_(wanted[start : start + _CHUNK]))))
    return [f"no {what} {key} is known" for key in wanted if key not in known]


def _retired(connection: Connection, plan: Plan) -> list[str]:
    used = sorted({item.send_type_key for item in plan.items})
    rows = connection.execute(
        select(send_types.c.send_type_key, send_types.c.replaced_by).where(
            send_types.c.send_type_key.in_(used), ~send_types.c.is_active
        )
    )
    return [
        f"{row.send_type_key} is retired; write {row.replaced_by or DEPRECATED.get(row.send_type_key)}"
        if row.replaced_by
        else f"{row.send_type_key} is no longer used"
        for row in rows
    ]
