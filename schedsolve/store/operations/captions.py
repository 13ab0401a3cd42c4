"""Captions that a creator may use, the freshest first, then those that earned most."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from ..captions import KeptCaption, best
from ..engine import Store
from ..errors import UnknownReferenceError
from ..moments import now as _now
from ..resilience import READ
from ..tables import content_types, send_type_caption_types, send_types, vault
from .asking import Document, require_creator, told

FRESHNESS_A_DAY = 10
FRESHEST = 100
FULL_REST = timedelta(days=FRESHEST // FRESHNESS_A_DAY)
TYPE_PRIORITY = {1: 100.0, 2: 70.0}
UNKNOWN_PERFORMANCE = 50.0
"""What a caption without any history counts as."""


def get_top_captions(
    store: Store,
    creator_id: str,
    caption_type: str | None = None,
    content_type: str | None = None,
    send_type_key: str | None = None,
    min_freshness: float = 30,
    min_performance: float = 40,
    limit: int = 10,
    as_of: datetime | None = None,
) -> list[Document]:
    """The best captions whose content the creator's vault allows; of a type, of a content, fit for a send type.

    Raises CreatorNotFoundError and UnknownReferenceError.
    """
    require_creator(store, creator_id, "get_top_captions")
    moment = as_of or _now()

    def ask(connection: Connection) -> list[Document]:
        priorities = None if send_type_key is None else _priorities(connection, send_type_key)
        allowed = _allowed(connection, creator_id)
        if content_type is not None:
            allowed = {number: name for number, name in allowed.items() if name == content_type}
        kinds = None if priorities is None else set(priorities)
        if caption_type is not None:
            kinds = {caption_type} if kinds is None else kinds & {caption_type}
        found = best(
            connection,
            moment - FULL_REST,
            limit,
            caption_types=None if kinds is None else sorted(kinds),
            content_type_ids=allowed,
            least_performance=min_performance,
            without_history=UNKNOWN_PERFORMANCE,
        )
        scored = [_scored(caption, moment, priorities, allowed) for caption in found]
        fit = [row for row in scored if row["freshness_score"] >= min_freshness]
        fit.sort(key=lambda row: (-row["freshness_score"], -row["performance_score"], row["caption_id"]))
        return fit[:limit]

    return store.read(ask, READ, "get_top_captions")


def get_send_type_captions(
    store: Store,
    creator_id: str,
    send_type_key: str,
    min_freshness: float = 30,
    min_performance: float = 40,
    limit: int = 10,
    as_of: datetime | None = None,
) -> list[Document]:
    """The best captions of the types that fit a send type. Raises CreatorNotFoundError and UnknownReferenceError."""
    return get_top_captions(
        store,
        creator_id,
        send_type_key=send_type_key,
        min_freshness=min_freshness,
        min_performance=min_performance,
        limit=limit,
        as_of=as_of,
    )


def freshness(last_used_at: datetime | None, as_of: datetime) -> float:
    """Ten points for each whole day of rest, at most 100; a use that lies ahead is no rest at all."""
    if last_used_at is None:
        return FRESHEST
    return min(FRESHEST, FRESHNESS_A_DAY * max(0, (as_of - last_used_at).days))


def _priorities(connection: Connection, send_type_key: str) -> Mapping[str, int]:
    """Caption types that fit a send type, with their priority; a retired key is read as its successor."""
    row = connection.execute(select(send_types).where(send_types.c.send_type_key == send_type_key)).one_or_none()
    if row is None:
        raise UnknownReferenceError([f"no send type {send_type_key} is known"])
    current = row.replaced_by or send_type_key
    fitting = select(send_type_caption_types).where(send_type_caption_types.c.send_type_key == current)
    return {one.caption_type: one.priority for one in connection.execute(fitting)}


def _allowed(connection: Connection, creator_id: str) -> Mapping[int | None, str | None]:
    """Contents of the vault that may be used, by name; none means no captions at all, not even without content."""
    rows = connection.execute(
        select(content_types)
        .join(vault, vault.c.content_type_id == content_types.c.content_type_id)
        .where(vault.c.creator_id == creator_id, vault.c.is_allowed)
    )
    found: dict[int | None, str | None] = {row.content_type_id: row.name for row in rows}
    return {None: None, **found} if found else {}


def _scored(
    caption: KeptCaption,
    as_of: datetime,
    priorities: Mapping[str, int] | None,
    names: Mapping[int | None, str | None],
) -> Document:
    known = caption.performance_score
    return {
        "caption_id": caption.caption_id,
        "caption_text": caption.caption_text,
        "caption_type": caption.caption_type,
        "content_type_id": caption.content_type_id,
        "content_type": names[caption.content_type_id],
        "persona_tags": list(caption.persona_tags),
        "last_used_at": told(caption.last_used_at),
        "freshness_score": freshness(caption.last_used_at, as_of),
        "performance_score": UNKNOWN_PERFORMANCE if known is None else known,
        "type_priority_score": None if priorities is None else TYPE_PRIORITY[priorities[caption.caption_type]],
    }
