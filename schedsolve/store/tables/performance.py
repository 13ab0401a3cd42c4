"""How a creator's audience did, what volume followed from it, and what was expected of a week."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from .base import creator, day, flag, json, moment, number, one_of, real, table, within, words

performance_history = table(
    "performance_history",
    creator(primary_key=True),
    words("period", primary_key=True),
    moment("measured_at", primary_key=True),
    real("saturation_score"),
    real("opportunity_score"),
    words("revenue_trend"),
    real("engagement_velocity", nullable=True),
    number("message_count", nullable=True),
    one_of("period", ("7d", "14d", "30d")),
    one_of("revenue_trend", ("up", "stable", "down")),
    within("saturation_score", 0, 100),
    within("opportunity_score", 0, 100),
    within("message_count", 0),
)

volume_configs = table(
    "volume_configs",
    creator(primary_key=True),
    moment("computed_at", primary_key=True),
    json("base_config"),
    json("final_config"),
    json("weekly_distribution"),
    json("dow_multipliers_used"),
    json("content_allocations"),
    real("fused_saturation"),
    real("fused_opportunity"),
    flag("divergence_detected"),
    real("confidence_score"),
    number("message_count"),
    flag("elasticity_capped"),
    json("adjustments_applied"),
    json("caption_warnings"),
    number("prediction_id", ForeignKey("predictions.prediction_id"), nullable=True),
)

predictions = table(
    "predictions",
    number("prediction_id", primary_key=True),
    creator(),
    day("week_start"),
    words("schedule_id", ForeignKey("schedules.schedule_id"), nullable=True),
    moment("made_at"),
    json("predicted"),
    number("predicted_revenue_per_day_cents"),
    number("observed_revenue_per_day_cents", nullable=True),
    real("error", nullable=True),
    within("predicted_revenue_per_day_cents", 0),
    Index(None, "creator_id", "week_start"),
)
