"""Multipliers of content types and captions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.analytics.multipliers import apply_multipliers, caption_multiplier, combined
from schedsolve.analytics.traits import detect_traits

from .trait_tables import LONG, SHORT, record, table


@pytest.mark.parametrize(
    ("allocations", "multipliers", "split"),
    [
        ({"solo": 4, "lingerie": 4}, {"solo": 1.25}, {"solo": 4, "lingerie": 4}),  # 4.44 and 3.56
        ({"solo": 5, "lingerie": 5}, {"solo": 1.25}, {"solo": 6, "lingerie": 4}),  # 5.56 and 4.44
        ({"solo": 4, "lingerie": 2, "outdoor": 1}, {"outdoor": 1.25}, {"solo": 4, "lingerie": 2, "outdoor": 1}),
        ({"solo": 10, "lingerie": 10}, {"solo": 9.0}, {"solo": 11, "lingerie": 9}),  # 1.30 at most: 11.30 and 8.70
        ({"solo": 3, "lingerie": 3}, {"outdoor": 1.25}, {"solo": 3, "lingerie": 3}),
        ({"solo": 3, "lingerie": 3}, {}, {"solo": 3, "lingerie": 3}),
        ({"solo": 0, "lingerie": 0}, {"solo": 1.25}, {"solo": 0, "lingerie": 0}),
        ({}, {"solo": 1.25}, {}),
        ({"solo": 10**9, "lingerie": 10**9}, {"solo": 1.25}, {"solo": 1111111111, "lingerie": 888888889}),
    ],
)
def test_allocations_are_split_again(
    allocations: dict[str, int], multipliers: dict[str, float], split: dict[str, int]
) -> None:
    before = dict(allocations)
    assert apply_multipliers(allocations, multipliers) == split
    assert allocations == before


@pytest.mark.parametrize("names", ["abc", "cba", "bca"])
def test_ties_go_by_name_whatever_the_order(names: str) -> None:
    split = apply_multipliers(dict.fromkeys(names, 5), {"c": 1.25})  # 4.615, 4.615 and 5.769
    assert split == {"a": 5, "b": 4, "c": 6}
    assert list(split) == list(names)


@pytest.mark.parametrize(
    ("allocations", "multipliers", "said"),
    [
        ({"solo": -1}, {}, "the allocation of solo is -1, must be at least 0"),
        ({"solo": 1}, {"solo": 0.0}, "the multiplier of solo is 0.0"),
        ({"solo": 1}, {"solo": float("nan")}, "the multiplier of solo is nan"),
    ],
)
def test_impossible_figures_are_refused(allocations: dict[str, int], multipliers: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        apply_multipliers(allocations, multipliers)


names = st.sampled_from(["solo", "lingerie", "outdoor", "cosplay", "feet"])
counts = st.dictionaries(names, st.integers(0, 10**9))


@given(counts, st.dictionaries(names, st.floats(0.5, 2.0)))
def test_the_total_always_stays(allocations: dict[str, int], multipliers: dict[str, float]) -> None:
    split = apply_multipliers(allocations, multipliers)
    assert sum(split.values()) == sum(allocations.values())
    assert list(split) == list(allocations)
    assert all(count >= 0 for count in split.values())


@given(counts, names, st.floats(1.0, 2.0))
def test_a_raised_type_never_gets_less(allocations: dict[str, int], name: str, factor: float) -> None:
    split = apply_multipliers(allocations, {name: factor})
    assert split.get(name, 0) >= allocations.get(name, 0)


@given(counts, st.dictionaries(names, st.floats(0.5, 2.0)))
def test_the_order_of_types_is_irrelevant(allocations: dict[str, int], multipliers: dict[str, float]) -> None:
    backwards = dict(reversed(allocations.items()))
    assert apply_multipliers(backwards, multipliers) == apply_multipliers(allocations, multipliers)


@pytest.mark.parametrize(
    ("factors", "product"), [([], 1.0), ([1.25], 1.25), ([1.25, 1.20], 1.30), ([1.1, 1.1], 1.21), ([2.0], 1.30)]
)
def test_multipliers_together_are_at_most_thirty_percent(factors: list[float], product: float) -> None:
    assert combined(factors) == product


@pytest.mark.parametrize(
    ("caption", "weight"),
    [
        ({"caption_text": LONG, "detected_tone": "bold"}, 1.30),
        ({"caption_text": LONG, "detected_tone": "soft"}, 1.25),
        ({"caption_text": SHORT, "detected_tone": "bold"}, 1.20),
        ({"caption_text": SHORT, "detected_tone": None}, 1.0),
    ],
)
def test_a_caption_gains_from_each_trait_it_has(caption: dict[str, Any], weight: float) -> None:
    report = detect_traits(table(9, 5, caption_text=LONG, detected_tone="bold"))
    assert caption_multiplier(report, record(0, **caption)) == weight


def test_a_missing_tone_gains_nothing_from_a_neutral_one() -> None:
    report = detect_traits(table(9, 5, detected_tone="neutral"))
    assert caption_multiplier(report, record(0, detected_tone="neutral")) == 1.20
    assert caption_multiplier(report, record(0, detected_tone=None)) == 1.0


def test_without_recommendations_captions_keep_their_weight() -> None:
    assert caption_multiplier(detect_traits([]), record(0, caption_text=LONG)) == 1.0
