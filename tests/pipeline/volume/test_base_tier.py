"""Module 1: tiers by fans, rows and minima, pages, and the exact rounding of percentages."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.catalog import PageType
from schedsolve.pipeline.volume.base_tier import base_of, config_of, kinds_of, tier_of, type_limits
from schedsolve.pipeline.volume.figures import LEVELS, MINIMA
from schedsolve.pipeline.volume.rounding import changed_by, half_up
from schedsolve.pipeline.volume.style_matrix import style_row

from .figures_of import split

ROWS = {
    "low": ((3, 3, 1), (2, 2, 1)),
    "mid": ((4, 4, 2), (3, 3, 1)),
    "high": ((6, 5, 2), (4, 4, 2)),
    "ultra": ((8, 6, 3), (6, 5, 2)),
}


@pytest.mark.parametrize(
    ("fans", "tier"),
    [
        (0, "low"),
        (999, "low"),
        (1000, "mid"),
        (4999, "mid"),
        (5000, "high"),
        (14999, "high"),
        (15000, "ultra"),
        (10**9, "ultra"),
    ],
)
def test_fans_make_the_tier(fans: int, tier: str) -> None:
    assert tier_of(fans) == tier


@pytest.mark.parametrize("fans", [-1, -(10**9), 1.5, True, "900", None])
def test_fans_that_are_no_count_are_refused_by_name(fans: object) -> None:
    with pytest.raises(ValueError, match=r"fans: found .*, expected a whole number, 0 or more"):
        tier_of(fans)  # type: ignore[arg-type]


@pytest.mark.parametrize(("tier", "rows"), ROWS.items())
def test_a_tier_has_its_row_and_its_least(tier: str, rows: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    base = base_of(tier, PageType.PAID)
    assert (split(base.quota), split(base.minimum)) == rows


def test_the_least_of_a_tier_is_the_revenue_and_engagement_of_the_tier_below() -> None:
    tiers = list(LEVELS)
    for below, tier in pairwise(tiers):
        assert MINIMA[tier].revenue <= LEVELS[tier].revenue
        assert (MINIMA[tier].revenue, MINIMA[tier].engagement) == (LEVELS[below].revenue, LEVELS[below].engagement)


@pytest.mark.parametrize("tier", ROWS)
def test_free_pages_have_no_retention_and_give_it_to_nobody(tier: str) -> None:
    paid, free = base_of(tier, PageType.PAID), base_of(tier, PageType.FREE)
    assert (free.quota.retention, free.minimum.retention) == (0, 0)
    assert (free.quota.revenue, free.quota.engagement) == (paid.quota.revenue, paid.quota.engagement)
    assert free.quota.total == {"low": 6, "mid": 8, "high": 11, "ultra": 14}[tier]


@pytest.mark.parametrize(("tier", "kinds"), [("low", (2, 2)), ("mid", (3, 3)), ("high", (5, 4)), ("ultra", (7, 5))])
def test_one_send_of_revenue_and_of_engagement_stays_open(tier: str, kinds: tuple[int, int]) -> None:
    config = config_of(tier, LEVELS[tier], None, {})
    assert (config.ppv_per_day, config.bump_per_day) == kinds
    assert (config.ppv_range, config.bump_range) == (None, None)


def test_at_least_one_send_is_of_the_kind() -> None:
    assert kinds_of(1, None) == 1


def test_by_a_style_the_days_pay_per_view_sends_stay_in_its_range() -> None:
    allowed = style_row("high", "nude").ppv
    assert [kinds_of(quota, allowed) for quota in (4, 7, 8, 9, 10, 13)] == [4, 7, 7, 8, 9, 9]


def test_capped_types_are_listed_by_page() -> None:
    paid, free = type_limits(PageType.PAID), type_limits(PageType.FREE)
    weekly = {key: limit.per_week for key, limit in paid.items() if limit.per_week is not None}
    assert weekly == {"vip_program": 1, "snapchat_bundle": 1, "tip_goal": 3}
    assert paid["ppv_followup"].per_day == 4
    assert "tip_goal" not in free


@given(st.integers(0, 1000), st.integers(-100, 300))
def test_percentages_round_half_up_as_the_whole_number_formula(quota: int, percent: int) -> None:
    assert changed_by(quota, Fraction(percent)) == (quota * (100 + percent) + 50) // 100


@pytest.mark.parametrize(("halves", "rounded"), [(1, 1), (3, 2), (5, 3), (-1, 0), (4, 2)])
def test_halves_go_up(halves: int, rounded: int) -> None:
    assert half_up(Fraction(halves, 2)) == rounded
