"""Freshness, levels and the composite score, figure by figure."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.catalog import CATALOG
from schedsolve.model.content import Persona
from schedsolve.pipeline.content.composite import (
    LOW_FRESHNESS,
    STANDARD,
    diversity,
    persona_score,
    scores,
    type_priority,
)
from schedsolve.pipeline.content.freshness import band_of, freshness_of, freshness_scores
from schedsolve.pipeline.content.levels import level_of, levels_of

from .small_plans import AS_OF

POINTS = st.floats(0, 100, allow_nan=False)


@pytest.mark.parametrize(
    ("rested", "score", "band"),
    [
        (0, 0, "exhausted"),
        (2, 20, "exhausted"),
        (3, 30, "stale"),
        (4, 40, "stale"),
        (5, 50, "moderate"),
        (7, 70, "moderate"),
        (8, 80, "fresh"),
        (10, 100, "fresh"),
        (400, 100, "fresh"),
    ],
)
def test_freshness_grows_by_ten_points_a_day_of_rest(rested: int, score: float, band: str) -> None:
    assert freshness_of(AS_OF - timedelta(days=rested), AS_OF) == score
    assert band_of(score) == band


def test_a_caption_that_was_never_used_is_fresh_and_one_with_a_use_to_come_is_not() -> None:
    assert freshness_of(None, AS_OF) == 100
    assert freshness_of(AS_OF + timedelta(days=3), AS_OF) == 0


@given(st.lists(st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)), max_size=20))
def test_many_captions_are_as_fresh_together_as_each_alone(uses: list[date | None]) -> None:
    assert freshness_scores(uses, AS_OF).tolist() == [freshness_of(used, AS_OF) for used in uses]


@pytest.mark.parametrize(
    ("freshness", "performance", "level"),
    [
        (40, 60, 0),
        (39.9, 60, 1),
        (100, 59.9, 1),
        (30, 40, 1),
        (29, 100, 2),
        (20, 30, 2),
        (100, 29, 3),
        (10, 20, 3),
        (9, 100, 4),
        (100, 19, 4),
        (0, 0, 4),
    ],
)
def test_a_level_is_the_first_row_whose_bounds_are_both_met(freshness: float, performance: float, level: int) -> None:
    assert level_of(freshness, performance) == level


@given(st.lists(st.tuples(POINTS, POINTS), min_size=1))
def test_many_levels_are_those_of_each_alone(pairs: list[tuple[float, float]]) -> None:
    table = np.array(pairs)
    assert levels_of(table[:, 0], table[:, 1]).tolist() == [level_of(*pair) for pair in pairs]


def test_the_composite_has_its_check_value() -> None:
    assert scores(STANDARD, 92.0, 85.2, 88.0, 95.0, 82.0).composite_score == 88.67


def test_where_all_are_exhausted_performance_decides() -> None:
    assert scores(LOW_FRESHNESS, 20, 90, 100, 100, 50).composite_score == 4 + 45 + 15 + 10 + 2.5


@pytest.mark.parametrize("weights", [STANDARD, LOW_FRESHNESS])
def test_weights_sum_to_one(weights: object) -> None:
    assert sum(vars(weights).values()) == pytest.approx(1)


@given(POINTS, POINTS, POINTS, POINTS, POINTS)
def test_a_composite_lies_between_its_parts(a: float, b: float, c: float, d: float, e: float) -> None:
    for weights in (STANDARD, LOW_FRESHNESS):
        whole = scores(weights, a, b, c, d, e).composite_score
        assert min(a, b, c, d, e) - 0.01 <= whole <= max(a, b, c, d, e) + 0.01


def test_the_primary_caption_type_fits_better_than_the_secondary() -> None:
    row = CATALOG["ppv_unlock"]
    assert [type_priority(row, kind) for kind in ("ppv_offer", "teaser", "casual")] == [100, 70, 0]


def test_each_caption_of_the_type_that_day_takes_twenty_points_off_diversity() -> None:
    assert [diversity(earlier) for earlier in range(7)] == [100, 80, 60, 40, 20, 0, 0]


def test_a_persona_is_matched_by_the_share_of_its_known_traits() -> None:
    persona = Persona(tone="playful", emoji_frequency="high")
    assert persona_score(("playful", "emoji: high"), persona) == 100
    assert persona_score(("playful", "emoji: low", "muse"), persona) == 50
    assert persona_score(("warm",), persona) == 0


def test_without_a_persona_all_captions_suit_it_alike() -> None:
    assert persona_score(("playful",), None) == persona_score((), Persona()) == 50
