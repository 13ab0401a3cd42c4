"""Winners that run too seldom: shrunk means, monthly figures, and what is missed."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schedsolve.analytics.winners import CampaignResult, FamilyResult, find_winners
from schedsolve.model.campaign_families import Family, Range

TODAY = date(2025, 1, 31)
DESCRIPTIVE, SPIN, BUNDLE, OTHER = Family


def result(earnings: float, family: Family = DESCRIPTIVE, ago: int = 3) -> CampaignResult:
    return CampaignResult(date=TODAY - timedelta(ago), campaign_type=family, earnings=earnings)


def of(family: Family, *results: CampaignResult, base: float) -> FamilyResult:
    report = find_winners(results, base, TODAY)
    return next(found for found in report.families if found.family is family)


def test_five_wall_campaigns_a_month_are_too_few_for_what_they_earn() -> None:
    earned = (404.98, 274.89, 180.0, 150.0, 120.0)
    found = of(DESCRIPTIVE, *map(result, earned), base=60.0)
    assert found.expected == (5 * 60 + Fraction("1129.87")) / 10
    assert found.is_winner
    assert found.under_used
    assert (found.count, found.wanted, found.shortfall) == (5, Range(10, 15), 5)
    assert found.best == (404.98, 274.89)
    assert found.missed == 5 * found.expected / 2


@pytest.mark.parametrize(
    ("earnings", "winner"),
    [
        ([1000.0], False),  # one campaign makes no winner
        ([275.0, 275.0], True),  # (500 + 550) / 7 = 150
        ([274.99, 275.0], False),
        ([0.0, 0.0], False),
    ],
)
def test_a_winner_has_two_campaigns_and_half_again_the_mean_after_shrinking(
    earnings: list[float], winner: bool
) -> None:
    assert of(DESCRIPTIVE, *map(result, earnings), base=100.0).is_winner is winner


def test_a_family_that_runs_often_enough_is_not_under_used() -> None:
    found = of(SPIN, *[result(5000.0, SPIN, ago) for ago in (1, 8, 15, 22)], base=100.0)
    assert found.is_winner
    assert (found.shortfall, found.missed, found.under_used) == (0, 0, False)


def test_a_seldom_family_that_is_no_winner_misses_nothing() -> None:
    found = of(BUNDLE, result(10.0, BUNDLE), result(20.0, BUNDLE), base=100.0)
    assert (found.shortfall, found.missed, found.under_used) == (2, 0, False)


@pytest.mark.parametrize(("ago", "inside"), [(-1, False), (0, True), (29, True), (30, False)])
def test_the_window_is_the_thirty_days_that_end_today(ago: int, inside: bool) -> None:
    assert find_winners([result(1.0, ago=ago)], 1.0, TODAY).total == inside


@pytest.mark.parametrize(("count", "lacking"), [(0, 14), (13, 1), (14, 0), (25, 0)])
def test_fewer_than_fourteen_in_all_are_told_whoever_wins(count: int, lacking: int) -> None:
    report = find_winners([result(0.0, ago=day % 30) for day in range(count)], 100.0, TODAY)
    assert (report.total, report.total_shortfall, report.under_used) == (count, lacking, ())


def test_negative_earnings_are_refused() -> None:
    with pytest.raises(ValidationError):
        result(-0.01)
    with pytest.raises(ValueError, match="0 or more, found -1"):
        find_winners([], -1.0, TODAY)


@given(
    st.lists(st.tuples(st.sampled_from(list(Family)), st.integers(0, 10**9), st.integers(0, 29)), max_size=20),
    st.integers(0, 10**9),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter_and_the_estimate_lies_between_the_means(
    drawn: list[tuple[Family, int, int]], base: int, chance: object
) -> None:
    results = [result(float(earned), family, ago) for family, earned, ago in drawn]
    report = find_winners(results, float(base), TODAY)
    chance.shuffle(results)  # type: ignore[attr-defined]
    assert find_winners(results, float(base), TODAY) == report
    for found in report.families:
        own = [earned for family, earned, _ in drawn if family is found.family]
        means = [Fraction(base), Fraction(sum(own), len(own))] if own else [Fraction(base)]
        assert min(means) <= found.expected <= max(means)
    assert sum(found.count for found in report.families) == report.total == len(drawn)
