"""Creators, how they talk, and when their audience answers."""

from __future__ import annotations

from .base import creator, flag, json, moment, number, one_of, table, within, words

LEVELS = ("low", "mid", "high", "ultra")

creators = table(
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
    one_of("volume_level", LEVELS),
    one_of("content_style", ("nude", "non_nude", "porno")),
    one_of("sub_type", ("gfe", "commercial", "personalized")),
    within("performance_tier", 1, 5),
    within("fan_count", 0),
    within("avg_revenue_per_message_cents", 0),
)

personas = table(
    "personas",
    creator(primary_key=True),
    words("tone"),
    words("archetype"),
    words("emoji_frequency"),
    words("slang_level"),
    json("voice_samples"),
)

timing_profiles = table(
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
