"""Send types, audiences and channels as rows, so that schedules can refer to them. Filled from the catalog."""

from __future__ import annotations

from sqlalchemy import ForeignKey

from .base import flag, json, number, one_of, table, words

channels = table("channels", words("channel_key", primary_key=True), flag("supports_targeting"))

targets = table("targets", words("target_key", primary_key=True), words("display_name"), json("page_types"))

target_channels = table(
    "target_channels",
    words("target_key", ForeignKey("targets.target_key"), primary_key=True),
    words("channel_key", ForeignKey("channels.channel_key"), primary_key=True),
    number("preference"),
)

send_types = table(
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

send_type_caption_types = table(
    "send_type_caption_types",
    words("send_type_key", ForeignKey("send_types.send_type_key"), primary_key=True),
    words("caption_type", primary_key=True),
    number("priority", primary_key=True, autoincrement=False),
)
