"""Seeded draws: repeatable, independent of order, and distributed as stated."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import mean, pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.noise import Noise

NOISE = Noise(7)
# Chi-square quantiles at 0.999 by degrees of freedom: a fair draw exceeds them once in a thousand seeds.
CRITICAL = {1: 10.83, 2: 13.82, 3: 16.27, 4: 18.47, 9: 27.88, 15: 37.70, 30: 59.70}

keys = st.lists(st.text(max_size=10) | st.integers(-1000, 1000), max_size=4).map(tuple)


def chi_square(counts: Sequence[float], shares: Sequence[float]) -> float:
    total, scale = sum(counts), sum(shares)
    expected = [total * share / scale for share in shares]
    return sum((count - mid) ** 2 / mid for count, mid in zip(counts, expected, strict=True))


@given(st.integers(0, 2**63 - 1), keys)
def test_equal_seed_and_key_give_equal_draws(seed: int, key: tuple[str | int, ...]) -> None:
    one, other = Noise(seed), Noise(seed)
    assert one.uniform(*key) == other.uniform(*key)
    assert one.gumbel(*key) == other.gumbel(*key)
    assert one.pick("abcdefg", *key) == other.pick("abcdefg", *key)
    assert one.truncated_normal(28, 8, 15, 45, *key) == other.truncated_normal(28, 8, 15, 45, *key)
    assert one.generator(*key).integers(2**62) == other.generator(*key).integers(2**62)


def test_draws_do_not_depend_on_the_order_in_which_they_are_made() -> None:
    places = [("jitter", day, slot) for day in range(7) for slot in range(12)]
    straight = {place: NOISE.truncated_normal(28, 8, 15, 45, *place) for place in places}
    random.Random(0).shuffle(places)
    shuffled = {place: NOISE.truncated_normal(28, 8, 15, 45, *place) for place in places}
    assert shuffled == straight


def test_draws_are_the_same_on_every_machine() -> None:
    assert NOISE.uniform("jitter", "alexia", 3) == 0.18724127383102557
    assert NOISE.pick(range(1000), "jitter", "alexia", 3) == 187


def test_seed_every_part_of_the_key_and_its_borders_count() -> None:
    draws = [
        NOISE.uniform("a", "b"),
        NOISE.uniform("b", "a"),
        NOISE.uniform("ab"),
        NOISE.uniform("a", "b", ""),
        NOISE.uniform("a"),
        NOISE.uniform(),
        Noise(8).uniform("a", "b"),
    ]
    assert len(set(draws)) == len(draws)


@given(st.integers(0, 2**63 - 1), keys)
def test_uniform_draws_lie_strictly_between_0_and_1(seed: int, key: tuple[str | int, ...]) -> None:
    assert 0 < Noise(seed).uniform(*key) < 1
    assert math.isfinite(Noise(seed).gumbel(*key))


def test_uniform_draws_are_even() -> None:
    draws = [NOISE.uniform("even", number) for number in range(10_000)]
    counts = np.histogram(draws, bins=10, range=(0, 1))[0].tolist()
    assert chi_square(counts, [1] * 10) < CRITICAL[9]
    pairs = np.histogram2d(draws[::2], draws[1::2], bins=4, range=((0, 1), (0, 1)))[0].ravel().tolist()
    assert chi_square(pairs, [1] * 16) < CRITICAL[15]


@pytest.mark.parametrize("size", [2, 3, 4, 10])
def test_a_pick_is_equally_likely_to_be_any_option(size: int) -> None:
    draws = [NOISE.pick(range(size), "pick", number) for number in range(4000)]
    assert chi_square([draws.count(option) for option in range(size)], [1] * size) < CRITICAL[size - 1]


def test_one_option_is_always_picked() -> None:
    assert NOISE.pick(["only"], "key") == "only"


def test_gumbel_draws_have_their_mean_and_deviation() -> None:
    draws = [NOISE.gumbel("gumbel", number) for number in range(10_000)]
    assert mean(draws) == pytest.approx(0.5772, abs=0.05)
    assert pstdev(draws) == pytest.approx(math.pi / math.sqrt(6), abs=0.05)


@pytest.mark.parametrize(
    "weights",
    [
        (0.2, 0.2, 0.2, 0.2, 0.2),
        (0.1, 0.3, 0.2, 0.2, 0.2),
        (0.3, 0.1, 0.2, 0.2, 0.2),
        (0.5, 0.5),
        (0.05, 0.95),
    ],
)
def test_the_greatest_log_weight_plus_gumbel_is_drawn_by_the_weights(weights: tuple[float, ...]) -> None:
    options = range(len(weights))
    counts = [0] * len(weights)
    for number in range(5000):
        scores = [math.log(weights[option]) + NOISE.gumbel("strategy", number, option) for option in options]
        counts[scores.index(max(scores))] += 1
    assert chi_square(counts, list(weights)) < CRITICAL[len(weights) - 1]


def test_followup_delays_have_the_stated_mean_and_deviation_and_reach_both_ends() -> None:
    draws = [NOISE.truncated_normal(28, 8, 15, 45, "followup", number) for number in range(10_000)]
    assert mean(draws) == pytest.approx(28.6, abs=0.3)
    assert pstdev(draws) == pytest.approx(6.8, abs=0.2)
    assert set(draws) == set(range(15, 46))


def test_followup_delays_follow_the_cut_normal_minute_by_minute() -> None:
    draws = [NOISE.truncated_normal(28, 8, 15, 45, "followup", number) for number in range(10_000)]
    shares = [_below(minute + 0.5) - _below(minute - 0.5) for minute in range(15, 46)]
    assert chi_square([draws.count(minute) for minute in range(15, 46)], shares) < CRITICAL[30]


def _below(value: float) -> float:
    return 0.5 * (1 + math.erf((value - 28) / (8 * math.sqrt(2))))


@given(st.integers(0, 1000), st.integers(0, 40), st.integers(0, 2**32))
def test_a_cut_normal_draw_stays_inside_however_far_off_the_mean_is(low: int, width: int, seed: int) -> None:
    assert low <= Noise(seed).truncated_normal(28, 8, low, low + width, "followup") <= low + width


def test_after_a_hundred_misses_the_draw_is_even() -> None:
    draws = [NOISE.truncated_normal(28, 8, 500, 504, "far", number) for number in range(2000)]
    assert chi_square([draws.count(value) for value in range(500, 505)], [1] * 5) < CRITICAL[4]
