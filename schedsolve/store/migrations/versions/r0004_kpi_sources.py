"""What the dashboard's views read."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from schedsolve.store.migrations.steps import create, drop
from schedsolve.store.tables.base import creator, day, flag, number, real, within, words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    create(
        "campaign_frequency_audit",
        number("audit_id", primary_key=True),
        creator(),
        words("campaign_type"),
        day("date"),
        flag("is_compliant"),
        Index(None, "creator_id", "date"),
    )
    create(
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
    create(
        "weekly_limit_audit",
        creator(primary_key=True),
        day("week_start", primary_key=True),
        words("send_type_key", ForeignKey("send_types.send_type_key"), primary_key=True),
        number("actual"),
        number("limit", nullable=True),
        within("actual", 0),
    )
    create(
        "weekly_actuals",
        number("prediction_id", ForeignKey("predictions.prediction_id"), primary_key=True, autoincrement=False),
        number("actual_revenue_per_day_cents", nullable=True),
        flag("is_complete"),
        within("actual_revenue_per_day_cents", 0),
    )
    create(
        "trait_recommendation_audit",
        number("audit_id", primary_key=True),
        creator(index=True),
        words("trait"),
        number("revenue_with_trait_cents"),
        number("baseline_cents"),
        within("revenue_with_trait_cents", 0),
        within("baseline_cents", 0),
    )
    create(
        "game_performance",
        number("play_id", primary_key=True),
        creator(),
        words("game_type"),
        day("played_on", nullable=True),
        number("earnings_cents"),
        within("earnings_cents", 0),
        Index(None, "creator_id", "game_type"),
    )
    create(
        "game_estimates",
        creator(primary_key=True),
        words("game_type", primary_key=True),
        number("estimate_cents"),
        within("estimate_cents", 0),
    )


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    drop(
        "game_estimates",
        "game_performance",
        "trait_recommendation_audit",
        "weekly_actuals",
        "weekly_limit_audit",
        "daily_schedule_audit",
        "campaign_frequency_audit",
    )
