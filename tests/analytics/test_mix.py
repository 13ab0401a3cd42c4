"""The mix rule: each tier's bounds, ends included, and what saturation excuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.analytics.mix import TARGETS, check_mix


@pytest.mark.parametrize(
    ("tier", "least", "most"), [("low", 48, 72), ("mid", 40, 60), ("high", 40, 60), ("ultra", 40, 60)]
)
def test_both_ends_of_the_bounds_are_kept_and_a_hair_beyond_is_not(tier: str, least: int, most: int) -> None:
    finding = check_mix(tier, least, 100 - least)
    assert (finding.least, finding.most, finding.is_kept) == (least, most, True)
    assert check_mix(tier, most, 100 - most).is_kept
    million = 10**6
    assert not check_mix(tier, least * million - 1, (100 - least) * million + 1).is_kept
    assert not check_mix(tier, most * million + 1, (100 - most) * million - 1).is_kept


@pytest.mark.parametrize(
    ("tier", "revenue", "engagement", "kept"),
    [
        ("low", 4, 3, True),
        ("low", 3, 3, True),
        ("low", 2, 3, False),
        ("low", 2, 4, False),
        ("mid", 5, 4, True),
        ("mid", 4, 4, True),
        ("mid", 3, 4, True),
        ("mid", 3, 5, False),
        ("high", 7, 5, True),
        ("high", 6, 5, True),
        ("high", 5, 6, True),
        ("high", 4, 6, True),
        ("ultra", 10, 5, False),
        ("ultra", 9, 6, True),
        ("ultra", 8, 6, True),
        ("ultra", 6, 7, True),
    ],
)
def test_the_rows_of_the_outcome_table(tier: str, revenue: int, engagement: int, kept: bool) -> None:
    week = check_mix(tier, 7 * revenue, 7 * engagement)
    assert (week.is_kept, week.severity) == (kept, "none" if kept else "medium")
    assert check_mix(tier, 7 * revenue, 7 * engagement, adjusted=True).severity == ("none" if kept else "information")


def test_a_finding_carries_its_figures() -> None:
    finding = check_mix("low", 14, 28)
    assert (finding.tier, finding.revenue, finding.engagement) == ("low", 14, 28)
    assert finding.text == "14 of 42 revenue and engagement sends are revenue, 33.3%; 48-72% suit tier low"


@given(st.sampled_from(sorted(TARGETS)), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 1000))
def test_the_verdict_hangs_on_the_share_alone(tier: str, revenue: int, engagement: int, times: int) -> None:
    one, many = check_mix(tier, revenue, engagement), check_mix(tier, revenue * times, engagement * times)
    assert one.is_kept == many.is_kept


def test_a_week_with_neither_keeps_the_rule() -> None:
    assert check_mix("mid", 0, 0).is_kept


@pytest.mark.parametrize(("revenue", "engagement"), [(-1, 3), (3, -1)])
def test_negative_counts_are_an_error(revenue: int, engagement: int) -> None:
    with pytest.raises(ValueError, match="counts are 0 or more"):
        check_mix("mid", revenue, engagement)


def test_an_unknown_tier_is_an_error() -> None:
    with pytest.raises(ValueError, match="expected one of low, mid, high, ultra"):
        check_mix("LOW", 1, 1)
