"""Send types, audiences and channels."""

from __future__ import annotations

from sqlalchemy import select

from ..engine import Store
from ..errors import UnknownReferenceError
from ..tables import channels, send_type_caption_types, send_types, target_channels, targets
from .asking import Document, documents


def get_send_types(store: Store, category: str | None = None, page_type: str | None = None) -> list[Document]:
    """Send types in use, by key; of a category, of a page type."""
    query = select(send_types).where(send_types.c.is_active).order_by(send_types.c.send_type_key)
    if category is not None:
        query = query.where(send_types.c.category == category)
    rows = documents(store, query, "get_send_types")
    return [row for row in rows if page_type is None or page_type in row["page_types"]]


def get_send_type_details(store: Store, send_type_key: str) -> Document:
    """All of one send type; a retired key gives the type that took its place. Raises UnknownReferenceError."""
    rows = {row["send_type_key"]: row for row in documents(store, select(send_types), "get_send_type_details")}
    row = rows.get(send_type_key)
    if row is None:
        raise UnknownReferenceError([f"no send type {send_type_key} is known"])
    current = rows[row["replaced_by"] or send_type_key]
    kinds = (
        select(send_type_caption_types.c.caption_type)
        .where(send_type_caption_types.c.send_type_key == current["send_type_key"])
        .order_by(send_type_caption_types.c.priority)
    )
    types = [kind["caption_type"] for kind in documents(store, kinds, "get_send_type_details")]
    return current | {"caption_types": types}


def get_audience_targets(store: Store, page_type: str | None = None, channel_key: str | None = None) -> list[Document]:
    """Audiences with the channels that reach them, best first; of a page type, reached by a channel."""
    rows = documents(store, select(targets).order_by(targets.c.target_key), "get_audience_targets")
    query = select(target_channels).order_by(target_channels.c.preference)
    reached: dict[str, list[str]] = {}
    for link in documents(store, query, "get_audience_targets"):
        reached.setdefault(link["target_key"], []).append(link["channel_key"])
    return [
        row | {"channels": reached.get(row["target_key"], [])}
        for row in rows
        if (page_type is None or page_type in row["page_types"])
        and (channel_key is None or channel_key in reached.get(row["target_key"], []))
    ]


def get_channels(store: Store, supports_targeting: bool | None = None) -> list[Document]:
    """Channels; those that can be sent to an audience, or those that cannot."""
    query = select(channels).order_by(channels.c.channel_key)
    rows = documents(store, query, "get_channels")
    return [row for row in rows if supports_targeting is None or row["supports_targeting"] is supports_targeting]
