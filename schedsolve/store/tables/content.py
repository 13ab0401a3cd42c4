"""What can be sent: captions with their uses, contents with their ranks, and the vault."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text

from .base import creator, day, flag, json, moment, number, one_of, real, table, within, words

CONTENT_TIERS = ("top", "mid", "low", "avoid")

content_types = table(
    "content_types",
    number("content_type_id", primary_key=True, autoincrement=False),
    words("name", unique=True),
)

captions = table(
    "captions",
    number("caption_id", primary_key=True, autoincrement=False),
    words("caption_text"),
    words("caption_type"),
    number("content_type_id", ForeignKey("content_types.content_type_id"), nullable=True, index=True),
    real("performance_score", nullable=True),
    words("origin_creator_id", nullable=True),
    json("persona_tags"),
    moment("last_used_at", nullable=True),
    flag("is_active"),
    within("performance_score", 0, 100),
    Index(None, "caption_type", "is_active"),
)

caption_usage = table(
    "caption_usage",
    number("usage_id", primary_key=True),
    number("caption_id", ForeignKey("captions.caption_id")),
    creator(),
    words("schedule_item_id", ForeignKey("schedule_items.item_id"), index=True),
    day("week_start"),
    moment("used_at"),
    words("state"),
    one_of("state", ("planned", "sent", "cancelled")),
    Index(None, "caption_id", "used_at"),
)
Index(
    "uq_caption_usage_once_a_week",
    caption_usage.c.creator_id,
    caption_usage.c.week_start,
    caption_usage.c.caption_id,
    unique=True,
    sqlite_where=text("state <> 'cancelled'"),
    postgresql_where=text("state <> 'cancelled'"),
)

content_rankings = table(
    "content_rankings",
    creator(primary_key=True),
    number("content_type_id", ForeignKey("content_types.content_type_id"), primary_key=True, autoincrement=False),
    words("tier"),
    moment("measured_at"),
    one_of("tier", CONTENT_TIERS),
)

vault = table(
    "vault",
    creator(primary_key=True),
    number("content_type_id", ForeignKey("content_types.content_type_id"), primary_key=True, autoincrement=False),
    words("media_type", primary_key=True),
    number("item_count"),
    flag("is_allowed"),
    moment("updated_at"),
    one_of("media_type", ("video", "picture", "gif", "flyer", "none")),
    within("item_count", 0),
)
