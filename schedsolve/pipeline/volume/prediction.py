"""Module 8, prediction tracking: what the week is expected to bring, kept under a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...model.volume import Prediction, VolumeConfig
from .inputs import VolumeInputs

Recorder = Callable[[Prediction], int]
"""Keeps a prediction and gives it a number. It may fail with OSError; the week is planned all the same."""


def prediction_of(inputs: VolumeInputs, config: VolumeConfig, distribution: Mapping[int, int]) -> Prediction:
    """Revenue sends of a day times what one earned in the mean of 30 days; 0 where that is not known."""
    return Prediction(
        creator_id=inputs.creator_id,
        week_start=inputs.week_start,
        tier=config.tier,
        revenue_per_day=config.revenue_per_day,
        engagement_per_day=config.engagement_per_day,
        retention_per_day=config.retention_per_day,
        weekly_distribution=dict(distribution),
        predicted_revenue_per_day=round(config.revenue_per_day * (inputs.performance.revenue_per_send or 0.0), 2),
    )
