"""The checkpoint before allocation: a volume that does not hold together goes no further."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.catalog import PageType
from ...model.volume import VolumeResult
from .figures import MOST, MOST_BY_STYLE
from .weekdays import DAYS

BASE_AUDIT = "base_tier_calculation"


def volume_faults(result: VolumeResult, page: PageType) -> list[str]:
    """What is wrong with a result, each in a sentence; nothing in one that may be used."""
    return [*_quotas(result, page), *_week(result), *_scores(result), *_trail(result)]


def _quotas(result: VolumeResult, page: PageType) -> Iterator[str]:
    config = result.final_config
    most = MOST if config.ppv_range is None else MOST_BY_STYLE
    stated = (
        ("revenue", config.revenue_per_day, 1, most.revenue),
        ("engagement", config.engagement_per_day, 1, most.engagement),
        ("retention", config.retention_per_day, 0, 0 if page is PageType.FREE else most.retention),
    )
    for name, quota, low, high in stated:
        if not low <= quota <= high:
            yield f"{name} is {quota} a day, {low} to {high} is allowed"


def _week(result: VolumeResult) -> Iterator[str]:
    if sorted(result.weekly_distribution) != list(DAYS) or sorted(result.dow_multipliers_used) != list(DAYS):
        yield "the week does not have the days 0 to 6"
    total, wanted = sum(result.weekly_distribution.values()), 7 * result.final_config.per_day
    if total != wanted:
        yield f"the week sums to {total} sends, not to seven times {result.final_config.per_day}"
    if result.content_allocations and sum(result.content_allocations.values()) != result.revenue_per_day:
        yield f"the contents do not sum to {result.revenue_per_day} revenue sends"


def _scores(result: VolumeResult) -> Iterator[str]:
    for name, score in (("saturation", result.fused_saturation), ("opportunity", result.fused_opportunity)):
        if not 0 <= score <= 100:
            yield f"{name} is {score:g}, 0 to 100 is allowed"
    if not 0 <= result.confidence_score <= 1:
        yield f"confidence is {result.confidence_score:g}, 0 to 1 is allowed"


def _trail(result: VolumeResult) -> Iterator[str]:
    if BASE_AUDIT not in result.adjustments_applied:
        yield f"{BASE_AUDIT} is not among the adjustments"
