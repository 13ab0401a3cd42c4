"""Draws are a matter of seed and key alone, and fair."""

from __future__ import annotations

from collections import Counter

from benchmarks.instances.dice import Dice


def test_equal_seeds_and_keys_draw_equally() -> None:
    assert [Dice(1, "a").roll() for _ in range(3)] == [Dice(1, "a").roll()] * 3
    assert len({Dice(1, "a").roll(), Dice(1, "b").roll(), Dice(2, "a").roll()}) == 3


def test_whole_numbers_reach_both_ends() -> None:
    dice = Dice(1, "ends")
    assert {dice.between(3, 5) for _ in range(100)} == {3, 4, 5}


def test_weights_decide_how_often() -> None:
    dice = Dice(1, "weights")
    drawn = Counter(dice.weighted("abc", (1.0, 0.0, 3.0)) for _ in range(4000))
    assert drawn["b"] == 0
    assert 2850 < drawn["c"] < 3150


def test_a_sample_keeps_order_and_never_repeats() -> None:
    dice = Dice(1, "sample")
    for count in range(12):
        drawn = dice.sample(range(10), count)
        assert drawn == sorted(set(drawn))
        assert len(drawn) == min(count, 10)
