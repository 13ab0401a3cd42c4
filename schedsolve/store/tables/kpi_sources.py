"""What the dashboard's views read: audits of schedules and what weeks, traits and games brought. Money in cents."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from .base import creator, day, flag, number, real, table, within, words

campaign_frequency_audit = table(
    "campaign_frequency_audit",
    number("audit_id", primary_key=True),
    creator(),
    words("campaign_type"),
    day("date"),
    flag("is_compliant"),
    Index(None, "creator_id", "date"),
)

daily_schedule_audit = table(
    "daily_schedule_audit",
    creator(primary_key=True),
    day("date", primary_key=True),
    number("ppv_count"),
    number("bump_count"),
    real("expected_min", nullable=True),
    real("expected_max", nullable=True),
    number("followup_count", nullable=True),
    within("ppv_count", 0),
    within("bump_count", 0),
    within("followup_count", 0),
)

weekly_limit_audit = table(
    "weekly_limit_audit",
    creator(primary_key=True),
    day("week_start", primary_key=True),
    words("send_type_key", ForeignKey("send_types.send_type_key"), primary_key=True),
    number("actual"),
    number("limit", nullable=True),
    within("actual", 0),
)

weekly_actuals = table(
    "weekly_actuals",
    number("prediction_id", ForeignKey("predictions.prediction_id"), primary_key=True, autoincrement=False),
    number("actual_revenue_per_day_cents", nullable=True),
    flag("is_complete"),
    within("actual_revenue_per_day_cents", 0),
)

trait_recommendation_audit = table(
    "trait_recommendation_audit",
    number("audit_id", primary_key=True),
    creator(index=True),
    words("trait"),
    number("revenue_with_trait_cents"),
    number("baseline_cents"),
    within("revenue_with_trait_cents", 0),
    within("baseline_cents", 0),
)

game_performance = table(
    "game_performance",
    number("play_id", primary_key=True),
    creator(),
    words("game_type"),
    day("played_on", nullable=True),
    number("earnings_cents"),
    within("earnings_cents", 0),
    Index(None, "creator_id", "game_type"),
)

game_estimates = table(
    "game_estimates",
    creator(primary_key=True),
    words("game_type", primary_key=True),
    number("estimate_cents"),
    within("estimate_cents", 0),
)
