"""What a creator has, and how well it does."""

from __future__ import annotations

from sqlalchemy import select

from ..engine import Store
from ..tables import content_rankings, content_types, vault
from .asking import Document, documents, require_creator


def get_content_type_rankings(store: Store, creator_id: str) -> Document:
    """Contents by tier, the best and those to avoid by name. Raises CreatorNotFoundError."""
    require_creator(store, creator_id, "get_content_type_rankings")
    query = (
        select(content_types.c.content_type_id, content_types.c.name, content_rankings.c.tier)
        .join(content_types, content_types.c.content_type_id == content_rankings.c.content_type_id)
        .where(content_rankings.c.creator_id == creator_id)
        .order_by(content_types.c.name)
    )
    rows = documents(store, query, "get_content_type_rankings")
    by_tier = {tier: [row["name"] for row in rows if row["tier"] == tier] for tier in ("top", "mid", "low", "avoid")}
    return {"rankings": by_tier, "top_types": by_tier["top"], "avoid_types": by_tier["avoid"]}


def get_vault_availability(store: Store, creator_id: str) -> Document:
    """Entries, contents that may be used, counts by medium, and when they were last updated. Raises
    CreatorNotFoundError."""
    require_creator(store, creator_id, "get_vault_availability")
    query = (
        select(vault, content_types.c.name.label("content_type"))
        .join(content_types, content_types.c.content_type_id == vault.c.content_type_id)
        .where(vault.c.creator_id == creator_id)
        .order_by(content_types.c.name, vault.c.media_type)
    )
    rows = documents(store, query, "get_vault_availability")
    allowed = [row for row in rows if row["is_allowed"]]
    counts: dict[str, int] = {}
    for row in allowed:
        counts[row["media_type"]] = counts.get(row["media_type"], 0) + row["item_count"]
    return {
        "vault_items": rows,
        "content_types": sorted({row["content_type"] for row in allowed}),
        "content_counts": counts,
        "last_updated": max((row["updated_at"] for row in rows), default=None),
    }
