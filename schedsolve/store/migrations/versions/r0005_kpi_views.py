"""The views that the dashboard's KPIs are read off. Revenue in dollars; ratios are null on a zero divisor."""

from __future__ import annotations

from alembic import op

from schedsolve.store.migrations.steps import create_view, drop_view

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FOLLOWUPS_A_DAY = 4
EXCLUSIVE = "('vip_program', 'snapchat_bundle')"
RECENT = {
    "sqlite": "date > DATE('now', '-30 days') AND date <= DATE('now')",
    "postgresql": (
        "date > CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS DATE) - 30 "
        "AND date <= CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS DATE)"
    ),
}


def _dollars(cents: str) -> str:
    return f"CAST({cents} AS DOUBLE PRECISION) / 100"


VIEWS = {
    "volume_predictions": f"""
        SELECT prediction_id, creator_id, week_start, schedule_id,
               {_dollars("predicted_revenue_per_day_cents")} AS predicted_revenue_per_day
        FROM predictions
    """,
    "v_campaign_frequency_adherence": """
        SELECT creator_id, campaign_type, total, compliant,
               CAST((20000 * compliant + total) / (2 * total) AS DOUBLE PRECISION) / 100 AS adherence_percent
        FROM (
            SELECT creator_id, campaign_type, COUNT(*) AS total,
                   COUNT(CASE WHEN is_compliant THEN 1 END) AS compliant
            FROM campaign_frequency_audit
            WHERE {recent}
            GROUP BY creator_id, campaign_type
        ) AS counted
    """,
    "v_volume_prediction_accuracy": f"""
        SELECT p.creator_id, p.week_start, p.prediction_id, p.predicted_revenue_per_day,
               {_dollars("a.actual_revenue_per_day_cents")} AS actual_revenue_per_day,
               CASE WHEN a.actual_revenue_per_day_cents <> 0 THEN
                   100 * ABS(p.predicted_revenue_per_day - {_dollars("a.actual_revenue_per_day_cents")})
                   / ({_dollars("a.actual_revenue_per_day_cents")})
               END AS percentage_error
        FROM volume_predictions AS p
        JOIN weekly_actuals AS a ON a.prediction_id = p.prediction_id
        WHERE a.is_complete AND a.actual_revenue_per_day_cents IS NOT NULL
    """,
    "v_bump_ratio_compliance": """
        SELECT creator_id, date, ppv_count, bump_count,
               CASE WHEN ppv_count > 0 THEN CAST(bump_count AS DOUBLE PRECISION) / ppv_count END AS ratio,
               expected_min, expected_max,
               CASE
                   WHEN ppv_count = 0 THEN CASE WHEN bump_count > 0 THEN 0 END
                   WHEN expected_min IS NULL OR expected_max IS NULL THEN NULL
                   WHEN CAST(bump_count AS DOUBLE PRECISION) / ppv_count BETWEEN expected_min AND expected_max THEN 1
                   ELSE 0
               END AS is_compliant
        FROM daily_schedule_audit
        WHERE ppv_count > 0 OR bump_count > 0
    """,
    "v_trait_lift": f"""
        SELECT creator_id, trait, {_dollars("revenue_cents")} AS revenue_with_trait,
               {_dollars("baseline_cents")} AS baseline,
               CASE WHEN baseline_cents > 0 THEN
                   100 * CAST(revenue_cents - baseline_cents AS DOUBLE PRECISION) / baseline_cents
               END AS lift
        FROM (
            SELECT creator_id, trait, CAST(SUM(revenue_with_trait_cents) AS BIGINT) AS revenue_cents,
                   CAST(SUM(baseline_cents) AS BIGINT) AS baseline_cents
            FROM trait_recommendation_audit
            GROUP BY creator_id, trait
        ) AS summed
    """,
    "v_followup_utilization": f"""
        SELECT creator_id, date, followup_count,
               100 * CAST(followup_count AS DOUBLE PRECISION) / {FOLLOWUPS_A_DAY} AS utilization_percent
        FROM daily_schedule_audit
        WHERE followup_count IS NOT NULL
    """,
    "v_weekly_limit_violations": f"""
        SELECT creator_id, week_start, send_type_key, actual, "limit", actual - "limit" AS excess
        FROM (
            SELECT w.creator_id, w.week_start, w.send_type_key, w.actual,
                   COALESCE(w."limit", t.max_per_week) AS "limit"
            FROM weekly_limit_audit AS w
            JOIN send_types AS t ON t.send_type_key = w.send_type_key
            WHERE w.send_type_key IN {EXCLUSIVE}
        ) AS limited
        WHERE actual > "limit"
    """,
    "v_game_revenue_variance": """
        SELECT creator_id, game_type, plays, mean_cents / 100 AS mean,
               CASE WHEN plays > 1 THEN SQRT(squares / (plays - 1)) / 100 END AS std_dev,
               CASE WHEN plays > 1 AND mean_cents > 0 THEN SQRT(squares / (plays - 1)) / mean_cents END AS variation
        FROM (
            SELECT m.creator_id, m.game_type, m.plays, m.mean_cents,
                   SUM((p.earnings_cents - m.mean_cents) * (p.earnings_cents - m.mean_cents)) AS squares
            FROM game_performance AS p
            JOIN (
                SELECT creator_id, game_type, COUNT(*) AS plays,
                       CAST(SUM(earnings_cents) AS DOUBLE PRECISION) / COUNT(*) AS mean_cents
                FROM game_performance
                GROUP BY creator_id, game_type
            ) AS m ON m.creator_id = p.creator_id AND m.game_type = p.game_type
            GROUP BY m.creator_id, m.game_type, m.plays, m.mean_cents
        ) AS summed
    """,
    "v_bayesian_accuracy": f"""
        SELECT e.creator_id, e.game_type, {_dollars("e.estimate_cents")} AS estimate, m.mean AS actual,
               CASE WHEN m.mean > 0 THEN ABS({_dollars("e.estimate_cents")} - m.mean) / m.mean END AS relative_error
        FROM game_estimates AS e
        JOIN v_game_revenue_variance AS m ON m.creator_id = e.creator_id AND m.game_type = e.game_type
    """,
}


def upgrade() -> None:
    """Make the views."""
    recent = RECENT[op.get_bind().dialect.name]
    for name, select in VIEWS.items():
        create_view(name, select.replace("{recent}", recent))


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    for name in reversed(VIEWS):
        drop_view(name)
