"""What a creator has to send: contents with their media, how many there are, and how well they do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import model_validator
from sqlalchemy import Connection, select

from ..analytics.tables import Row
from ..model.fields import Identifier
from .content_types import add_content_types
from .importing import Imported, counted, require_all, require_once
from .row_fields import Count, Id, Key, Truth
from .tables import content_rankings, content_types, creators, vault
from .upsert import upsert


class VaultRow(Row):
    """One medium of one content; with `tier`, also how well the content does."""

    creator_id: Identifier
    content_type: Key | None = None
    content_type_id: Id | None = None
    media_type: Literal["video", "picture", "gif", "flyer", "none"]
    item_count: Count
    is_allowed: Truth = True
    tier: Literal["top", "mid", "low", "avoid"] | None = None

    @model_validator(mode="after")
    def _names_its_content(self) -> VaultRow:
        if (self.content_type is None) == (self.content_type_id is None):
            raise ValueError("give content_type or content_type_id, one of them")
        return self


def put_vault(connection: Connection, rows: Sequence[VaultRow], source: str, now: datetime) -> Imported:
    """Add entries of vaults, or change those that are known; contents named for the first time are added.

    Raises
    ------
    TableError
        When an entry is there twice, a creator or a content's number is not known, or a content has two tiers.
    """
    people = set(connection.scalars(select(creators.c.creator_id)))
    ids, new = add_content_types(connection, (row.content_type for row in rows))
    known = set(connection.scalars(select(content_types.c.content_type_id)))

    def faults(row: VaultRow) -> list[str]:
        found = [] if row.creator_id in people else [f"no creator {row.creator_id} is known"]
        if row.content_type_id is not None and row.content_type_id not in known:
            found.append(f"no content type {row.content_type_id} is known")
        return found

    require_all(source, rows, faults, "import creators first")
    entries = [_entry(row, ids, now) for row in rows]
    keys = [(entry["creator_id"], entry["content_type_id"], entry["media_type"]) for entry in entries]
    require_once(source, keys)
    held = {tuple(row) for row in connection.execute(select(*vault.primary_key.columns))}
    upsert(connection, vault, entries)
    ranked = {
        (entry["creator_id"], entry["content_type_id"]): row.tier
        for row, entry in zip(rows, entries, strict=True)
        if row.tier is not None
    }
    upsert(
        connection,
        content_rankings,
        [
            {"creator_id": creator, "content_type_id": content, "tier": tier, "measured_at": now}
            for (creator, content), tier in ranked.items()
        ],
    )
    return counted(held, keys, [f"{len(new)} new content types: {', '.join(new)}"] if new else [])


def _entry(row: VaultRow, ids: dict[str, int], now: datetime) -> dict[str, Any]:
    return {
        "creator_id": row.creator_id,
        "content_type_id": row.content_type_id if row.content_type is None else ids[row.content_type],
        "media_type": row.media_type,
        "item_count": row.item_count,
        "is_allowed": row.is_allowed,
        "updated_at": now,
    }
