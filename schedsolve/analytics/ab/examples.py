"""Three tests to start from, as records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .record import ABTest

EXAMPLES: Mapping[str, ABTest] = MappingProxyType(
    {
        test.test_id: test
        for test in (
            ABTest(
                test_id="bump_ratio_2x_vs_3x",
                hypothesis="Three bumps for every PPV instead of two raise daily revenue by 10%.",
                control_config={"bump_to_ppv_ratio": 2.0},
                treatment_config={"bump_to_ppv_ratio": 3.0},
                primary_metric="daily_revenue",
                secondary_metrics=("view_rate", "unsubscribe_rate", "engagement_rate"),
                duration_days=14,
                minimum_detectable_effect=0.10,
            ),
            ABTest(
                test_id="dow_distribution_uniform_vs_weighted",
                hypothesis="A week weighted by what its days earn raises weekly revenue by 15% over a uniform one.",
                control_config={"dow_distribution": "uniform"},
                treatment_config={"dow_distribution": "performance_based"},
                primary_metric="weekly_revenue",
                secondary_metrics=("message_fatigue_score", "weekend_engagement"),
                duration_days=21,
                minimum_detectable_effect=0.15,
            ),
            ABTest(
                test_id="campaign_frequency_high_vs_standard",
                hypothesis="Fifteen campaigns a month instead of five raise monthly revenue by 25%.",
                control_config={"campaigns_per_month": 5},
                treatment_config={"campaigns_per_month": 15},
                primary_metric="monthly_revenue",
                secondary_metrics=("campaign_fatigue", "unsubscribe_rate"),
                duration_days=30,
                minimum_detectable_effect=0.25,
            ),
        )
    }
)
"""By test id. The expected lift stands for the detectable effect."""
