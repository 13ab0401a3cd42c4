"""Modules 2 and 3: fusion of looks back, the five bands, confidence and what few messages leave of a change."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.audience import Horizon
from schedsolve.model.catalog import PageType
from schedsolve.model.week import Quota
from schedsolve.pipeline.volume.base_tier import base_of
from schedsolve.pipeline.volume.confidence import confidence_of, confidence_score
from schedsolve.pipeline.volume.confidence import damped as damped_change
from schedsolve.pipeline.volume.dampening import damped, pull
from schedsolve.pipeline.volume.horizon_fusion import fuse
from schedsolve.pipeline.volume.saturation import Adjustment, adjustment, priority_shift

from .figures_of import split


def look(saturation: float, opportunity: float, messages: int) -> Horizon:
    return Horizon(saturation=saturation, opportunity=opportunity, messages=messages)


# --- fusion ---------------------------------------------------------------------------------------


def test_looks_back_weigh_by_their_messages() -> None:
    fused = fuse({"7d": look(40, 80, 10), "14d": look(50, 70, 20), "30d": look(46, 76, 70)}, 5, 5)
    assert fused.saturation == pytest.approx((400 + 1000 + 3220) / 100)
    assert fused.opportunity == pytest.approx((800 + 1400 + 5320) / 100)
    assert (fused.looks, fused.divergence) == (3, False)


def test_a_look_without_messages_drops_out() -> None:
    fused = fuse({"7d": look(99, 1, 0), "14d": look(40, 60, 5), "30d": look(42, 62, 5)}, None, None)
    assert (fused.saturation, fused.opportunity, fused.looks) == (41, 61, 2)


def test_a_single_look_is_taken_as_it_is() -> None:
    fused = fuse({"14d": look(33, 44, 7), "7d": look(99, 99, 0)}, 80, 80)
    assert (fused.saturation, fused.opportunity, fused.looks, fused.divergence) == (33, 44, 1, False)


@pytest.mark.parametrize(("stated", "fused"), [((45, 62), (45, 62)), ((None, 70), (50, 70)), ((None, None), (50, 50))])
def test_without_looks_the_stated_scores_hold_and_50_for_what_is_not_stated(
    stated: tuple[float | None, float | None], fused: tuple[float, float]
) -> None:
    found = fuse({}, *stated)
    assert (found.saturation, found.opportunity, found.looks) == (*fused, 0)


@pytest.mark.parametrize(
    ("first", "second", "divergent"),
    [
        ((40, 50), (60, 50), False),
        ((40, 50), (60.5, 50), True),
        ((40, 50), (40, 71), True),
        ((40, 70), (40, 50), False),
    ],
)
def test_more_than_20_points_of_either_score_diverge(
    first: tuple[float, float], second: tuple[float, float], divergent: bool
) -> None:
    assert fuse({"7d": look(*first, 9), "30d": look(*second, 30)}, None, None).divergence is divergent


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.integers(0, 10**6)), min_size=3, max_size=3))
def test_fused_scores_lie_between_the_looks_in_any_order(looks: list[tuple[float, float, int]]) -> None:
    periods = ("7d", "14d", "30d")
    there = {period: look(*figures) for period, figures in zip(periods, looks, strict=True)}
    back = dict(reversed(there.items()))
    fused = fuse(there, None, None)  # type: ignore[arg-type]
    assert fused == fuse(back, None, None)  # type: ignore[arg-type]
    used = [figures for figures in looks if figures[2]]
    if used:
        low, high = min(f[0] for f in used), max(f[0] for f in used)
        assert low - 1e-9 <= fused.saturation <= high + 1e-9


# --- bands ----------------------------------------------------------------------------------------

OUTCOMES = {
    "low": ((4, 3, 1), (3, 3, 1), (3, 3, 1), (2, 3, 1), (2, 4, 1)),
    "mid": ((5, 4, 2), (4, 4, 2), (4, 4, 2), (3, 4, 2), (3, 5, 2)),
    "high": ((7, 5, 2), (7, 5, 2), (6, 5, 2), (5, 6, 2), (4, 6, 2)),
    "ultra": ((10, 5, 3), (9, 6, 3), (8, 6, 3), (6, 7, 3), (6, 7, 3)),
}
CHANGES = ((20, -10), (10, 0), (0, 0), (-20, 10), (-30, 20))


@pytest.mark.parametrize(
    ("saturation", "opportunity", "change"),
    [
        (0, 71, (20, -10)),
        (30, 71, (20, -10)),
        (30, 70, (10, 0)),
        (0, 51, (10, 0)),
        (0, 50, (0, 0)),
        (30.1, 100, (10, 0)),
        (50, 51, (10, 0)),
        (50, 50, (0, 0)),
        (50.1, 100, (0, 0)),
        (70, 0, (0, 0)),
        (70.1, 100, (-20, 10)),
        (85, 0, (-20, 10)),
        (85.1, 0, (-30, 20)),
        (100, 100, (-30, 20)),
    ],
)
def test_bands_include_their_upper_end_and_upward_moves_need_opportunity(
    saturation: float, opportunity: float, change: tuple[int, int]
) -> None:
    found = adjustment(saturation, opportunity)
    assert (found.revenue, found.engagement) == change


@pytest.mark.parametrize("tier", OUTCOMES)
def test_every_tier_has_the_listed_outcomes(tier: str) -> None:
    base = base_of(tier, PageType.PAID)
    found = tuple(split(base.changed(Fraction(revenue), Fraction(engagement))) for revenue, engagement in CHANGES)
    assert found == OUTCOMES[tier]


@pytest.mark.parametrize(
    ("scores", "shift"),
    [
        ((71, 90), "engagement"),
        ((70, 90), "balanced"),
        ((40, 60), "revenue"),
        ((40, 50), "balanced"),
        ((10, 80), "revenue"),
    ],
)
def test_the_week_leans_where_the_scores_say(scores: tuple[float, float], shift: str) -> None:
    assert priority_shift(*scores) == shift


# --- confidence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("messages", "score"), [(0, 0.30), (22, 0.55), (30, 0.60), (100, 0.80), (156, 0.86)])
def test_confidence_grows_with_messages_as_listed(messages: int, score: float) -> None:
    assert round(confidence_of(messages), 2) == score


@pytest.mark.parametrize(
    ("stated", "trends", "messages", "score"),
    [
        (0.4, False, 500, 0.4),
        (1.7, True, 0, 1.0),
        (-3.0, True, 500, 0.0),
        (None, False, 500, 0.5),
        (None, True, 100, 0.8),
        (None, True, None, 0.7),
    ],
)
def test_a_stated_score_wins_then_missing_trends_then_messages(
    stated: float | None, trends: bool, messages: int | None, score: float
) -> None:
    assert confidence_score(stated, trends, messages) == pytest.approx(score)


@pytest.mark.parametrize(
    ("messages", "left"), [(0, 0), (12, Fraction(8)), (15, 10), (29, Fraction(58, 3)), (30, 20), (5000, 20), (None, 0)]
)
def test_fewer_than_30_messages_bear_their_share_of_a_change(messages: int | None, left: Fraction) -> None:
    change = damped_change(Adjustment(Fraction(20), Fraction(-10)), messages)
    assert (change.revenue, change.engagement) == (left, -Fraction(left) / 2)


# --- dampening of days ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quota", "least", "wanted"), [((8, 6, 3), (6, 5, 2), (7, 6, 3)), ((6, 5, 2), (4, 4, 2), (5, 5, 2))]
)
def test_at_a_confidence_of_03_a_day_is_half_way_to_its_least(
    quota: tuple[int, int, int], least: tuple[int, int, int], wanted: tuple[int, int, int]
) -> None:
    assert pull(0.3) == Fraction(1, 2)
    assert split(damped(Quota(*quota), Quota(*least), 0.3)) == wanted


@pytest.mark.parametrize(
    ("confidence", "share"),
    [
        (0.0, Fraction(1)),
        (0.45, Fraction(1, 4)),
        (0.59, Fraction(1, 10)),
        (0.6, Fraction(1, 10)),
        (0.7, Fraction(1, 20)),
        (0.8, Fraction(0)),
        (1.0, Fraction(0)),
    ],
)
def test_the_pull_is_linear_on_either_side_of_06_and_at_least_a_tenth_below(confidence: float, share: Fraction) -> None:
    assert pull(confidence) == share


@given(
    st.tuples(*[st.integers(0, 13)] * 3),
    st.tuples(*[st.integers(0, 13)] * 3),
    st.floats(0, 1),
)
def test_dampening_never_raises_a_quota_and_never_passes_its_minimum(
    quota: tuple[int, int, int], least: tuple[int, int, int], confidence: float
) -> None:
    for before, low, after in zip(quota, least, split(damped(Quota(*quota), Quota(*least), confidence)), strict=True):
        assert min(before, low) <= after <= before
