"""Weeks so short that a test can solve them several times."""

from __future__ import annotations

from typing import Any

from schedsolve.model.scenario import Scenario
from schedsolve.solver.search import Budget

BRIEF = Budget(moves=60, improve=0.1, bound=0.05)
"""Enough for a plan of such a week, not for a good one."""


def short(days: int = 2, total: int = 5, **changes: Any) -> Scenario:
    """A paid page from Monday 20 January 2025 on, with a few sends a day."""
    return Scenario.model_validate(
        {
            "schedsolve": 1,
            "kind": "creator-week",
            "name": "two short days",
            "seed": 7,
            "week_start": "2025-01-20",
            "days": days,
            "creator": {"id": "alexia", "page_type": "paid", "timezone": "America/New_York"},
            "volume": {
                "revenue_per_day": 2,
                "engagement_per_day": 2,
                "retention_per_day": 1,
                "weekly_distribution": [total] * days,
                "confidence_score": 0.9,
            },
            **changes,
        }
    )
