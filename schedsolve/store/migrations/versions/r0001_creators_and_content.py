"""Creators, the catalog, captions, contents and the vault."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from schedsolve.store.migrations.steps import create, drop
from schedsolve.store.tables.base import creator, flag, json, moment, number, one_of, real, within, words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    create(
        "creators",
        words("creator_id", primary_key=True),
        words("display_name"),
        words("page_type"),
        number("performance_tier", nullable=True),
        words("volume_level", nullable=True),
        number("fan_count", nullable=True),
        number("avg_revenue_per_message_cents", nullable=True),
        words("timezone"),
        words("content_style", nullable=True),
        words("sub_type", nullable=True),
        json("analytics_summary"),
        json("top_content_types"),
        flag("is_active"),
        moment("updated_at"),
        one_of("page_type", ("paid", "free")),
        one_of("volume_level", ("low", "mid", "high", "ultra")),
        one_of("content_style", ("nude", "non_nude", "porno")),
        one_of("sub_type", ("gfe", "commercial", "personalized")),
        within("performance_tier", 1, 5),
        within("fan_count", 0),
        within("avg_revenue_per_message_cents", 0),
    )
    create(
        "personas",
        creator(primary_key=True),
        words("tone"),
        words("archetype"),
        words("emoji_frequency"),
        words("slang_level"),
        json("voice_samples"),
    )
    create(
        "timing_profiles",
        creator(primary_key=True),
        json("peak_hours"),
        json("avoid_hours"),
        json("best_days"),
        json("hourly_performance"),
        number("avg_response_minutes", nullable=True),
        flag("multi_timezone_audience"),
        number("peak_engagement_hour", nullable=True),
        words("timing_variation"),
        one_of("timing_variation", ("low", "medium", "high")),
        within("peak_engagement_hour", 0, 23),
    )
    create("channels", words("channel_key", primary_key=True), flag("supports_targeting"))
    create("targets", words("target_key", primary_key=True), words("display_name"), json("page_types"))
    create(
        "target_channels",
        words("target_key", ForeignKey("targets.target_key"), primary_key=True),
        words("channel_key", ForeignKey("channels.channel_key"), primary_key=True),
        number("preference"),
    )
    create(
        "send_types",
        words("send_type_key", primary_key=True),
        words("category"),
        json("page_types"),
        words("platform_feature"),
        words("default_target_key", ForeignKey("targets.target_key")),
        json("required_target_keys"),
        flag("requires_media"),
        words("media_type"),
        flag("requires_flyer"),
        flag("can_have_followup"),
        number("min_gap_minutes"),
        number("max_per_day", nullable=True),
        number("max_per_week", nullable=True),
        number("default_expiration_hours", nullable=True),
        words("replaced_by", ForeignKey("send_types.send_type_key"), nullable=True),
        flag("is_active"),
        one_of("category", ("revenue", "engagement", "retention")),
    )
    create(
        "send_type_caption_types",
        words("send_type_key", ForeignKey("send_types.send_type_key"), primary_key=True),
        words("caption_type", primary_key=True),
        number("priority", primary_key=True, autoincrement=False),
    )
    create(
        "content_types",
        number("content_type_id", primary_key=True, autoincrement=False),
        words("name", unique=True),
    )
    create(
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
    create(
        "content_rankings",
        creator(primary_key=True),
        number("content_type_id", ForeignKey("content_types.content_type_id"), primary_key=True, autoincrement=False),
        words("tier"),
        moment("measured_at"),
        one_of("tier", ("top", "mid", "low", "avoid")),
    )
    create(
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


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    drop(
        "vault",
        "content_rankings",
        "captions",
        "content_types",
        "send_type_caption_types",
        "send_types",
        "target_channels",
        "targets",
        "channels",
        "timing_profiles",
        "personas",
        "creators",
    )
