"""Trait detection: what is shared, what is significant, and what is recommended."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedsolve.analytics.tables import read_rows
from schedsolve.analytics.trait_record import TraitRecord
from schedsolve.analytics.trait_report import SharedTrait, TraitReport
from schedsolve.analytics.traits import detect_traits

from .trait_tables import LONG, record, table

EXAMPLE = Path(__file__).parents[2] / "examples" / "captions.csv"


def shared(report: TraitReport, trait: str) -> SharedTrait:
    (found,) = (one for one in report.shared_traits if one.trait == trait)
    return found


def advised(report: TraitReport) -> list[tuple[str, str, str, float]]:
    return [(one.trait, one.value, one.action, one.multiplier) for one in report.recommendations]


def test_eight_of_ten_against_twenty_of_ninety_is_recommended() -> None:
    report = detect_traits(table(8, 20, caption_text=LONG))
    length = shared(report, "length")
    assert (length.count, length.percentage, length.rest_count, length.rest_percentage) == (8, 80.0, 20, 22.22)
    assert length.p_value == pytest.approx(0.0005, abs=0.00005)
    assert length.is_significant
    assert length.text == "250-449 characters: 8 of the top 10 (80%), 20 of the other 90 (22.22%)"
    assert report.has_recommendations
    assert report.reason == ""
    assert advised(report) == [("length", "250-449", "raise caption weight", 1.25)]


def test_six_of_ten_against_twenty_of_ninety_is_shared_but_not_recommended() -> None:
    report = detect_traits(table(6, 20, content_type="solo"))
    kind = shared(report, "content_type")
    assert kind.p_value == pytest.approx(0.018, abs=0.0005)
    assert not kind.is_significant
    assert not report.has_recommendations
    assert report.recommendations == ()
    assert report.multipliers == {}
    assert "more than chance" in report.reason


def test_what_is_more_frequent_among_the_rest_is_never_recommended() -> None:
    report = detect_traits(table(6, 85, content_type="solo"))
    kind = shared(report, "content_type")
    assert kind.p_value == pytest.approx(0.005, abs=0.0005)
    assert kind.is_significant
    assert report.recommendations == ()


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"caption_text": LONG}, ("length", "250-449", "raise caption weight", 1.25)),
        ({"content_type": "solo"}, ("content_type", "solo", "raise its allocation", 1.25)),
        ({"detected_tone": "playful"}, ("tone", "playful", "raise caption weight", 1.20)),
        ({"detected_tone": "neutral"}, ("tone", "neutral", "raise caption weight", 1.20)),
    ],
)
def test_each_trait_has_its_action_and_its_multiplier(stated: dict[str, Any], expected: tuple[Any, ...]) -> None:
    assert advised(detect_traits(table(8, 10, **stated))) == [expected]


def test_multipliers_are_those_of_content_types() -> None:
    report = detect_traits(table(9, 10, content_type="solo", detected_tone="playful", caption_text=LONG))
    assert len(report.recommendations) == 3
    assert report.multipliers == {"solo": 1.25}


def test_a_price_is_only_reported() -> None:
    report = detect_traits(table(9, 0, price=15.0))
    price = shared(report, "price")
    assert (price.value, price.is_significant) == ("15", True)
    assert price.text.startswith("price $15: 9 of the top 10")
    assert not report.has_recommendations
    assert shared(detect_traits(table(9, 0, price=9.99)), "price").value == "9.99"


@pytest.mark.parametrize(("length", "long"), [(249, False), (250, True), (449, True), (450, False)])
def test_both_ends_of_the_length_are_long(length: int, long: bool) -> None:
    report = detect_traits(table(10, 0, caption_text="é" * length))
    assert bool(report.recommendations) is long


@pytest.mark.parametrize(("top", "told"), [(5, False), (6, True)])
def test_a_trait_is_shared_from_sixty_percent_on(top: int, told: bool) -> None:
    assert bool(detect_traits(table(top, 0, content_type="solo")).shared_traits) is told


def test_without_a_shared_trait_the_reason_says_so() -> None:
    report = detect_traits(table(0, 0))
    assert report.shared_traits == ()
    assert report.reason == "no trait is shared by 60% of the top"


@pytest.mark.parametrize("stated", [{"content_type": "unknown"}, {"detected_tone": "unknown"}, {"content_type": None}])
def test_what_is_unknown_is_never_recommended(stated: dict[str, Any]) -> None:
    report = detect_traits(table(10, 0, **stated))
    assert [one.value for one in report.shared_traits] == ["unknown"]
    assert shared(report, report.shared_traits[0].trait).is_significant
    assert report.recommendations == ()


@pytest.mark.parametrize("missing", [None, "", "  "])
def test_a_missing_tone_reads_as_neutral_and_is_never_recommended(missing: str | None) -> None:
    report = detect_traits(table(10, 0, detected_tone=missing))
    assert shared(report, "tone").value == "neutral"
    assert report.recommendations == ()


def test_missing_tones_lend_no_weight_to_stated_neutral_ones() -> None:
    records = [
        record(
            number, detected_tone="neutral" if number in {*range(6), *range(10, 40)} else None if number < 10 else "x"
        )
        for number in range(100)
    ]
    report = detect_traits(records)
    assert shared(report, "tone").count == 10
    assert shared(report, "tone").is_significant
    assert report.recommendations == ()


def test_missing_values_are_read_as_nothing() -> None:
    report = detect_traits([TraitRecord(earnings=None) for _ in range(10)])
    values = {one.trait: one.value for one in report.shared_traits}
    assert values == {"content_type": "unknown", "tone": "neutral", "price": "0"}


@pytest.mark.parametrize("count", [0, 1, 9])
def test_fewer_than_ten_records_recommend_nothing_and_say_why(count: int) -> None:
    report = detect_traits(table(9, 0, content_type="solo")[:count])
    assert (report.has_recommendations, report.shared_traits, report.analyzed_count) == (False, (), count)
    assert report.reason == f"{count} record{'s' * (count != 1)}, at least 10 are needed"


@pytest.mark.parametrize(("count", "confidence"), [(10, "LOW"), (49, "LOW"), (50, "HIGH"), (1000, "HIGH")])
def test_confidence_is_high_from_fifty_records_and_low_with_a_warning_below(count: int, confidence: str) -> None:
    report = detect_traits(table(8, 0, others=count - 10, content_type="solo"))
    assert report.statistical_confidence == confidence
    assert bool(report.warnings) is (confidence == "LOW")


def test_low_confidence_does_not_block() -> None:
    assert detect_traits(table(10, 0, others=30, content_type="solo")).has_recommendations


def test_without_a_rest_nothing_is_significant() -> None:
    report = detect_traits(table(10, 0, others=0, content_type="solo"))
    assert shared(report, "content_type").p_value == 1.0
    assert report.recommendations == ()


def test_the_level_is_divided_by_the_four_tests() -> None:
    assert detect_traits([]).bonferroni_alpha == 0.0125


def test_equal_earnings_are_ranked_by_id_as_a_person_counts() -> None:
    records = [
        record(0, id=str(number), earnings=5.0, content_type="solo" if number < 10 else "other")
        for number in range(100)
    ]
    report = detect_traits(reversed(records))
    assert (shared(report, "content_type").value, shared(report, "content_type").count) == ("solo", 10)


def test_ids_may_be_numbers() -> None:
    assert record(0, id=17).id == "17"


def test_the_top_may_be_larger_and_is_then_tested_by_chi_square() -> None:
    report = detect_traits(table(10, 45, content_type="solo"), top_n=40)
    kind = shared(report, "content_type")
    assert (kind.count, kind.rest_count) == (40, 15)
    assert kind.p_value < 1e-10


def test_a_top_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="top_n is 0"):
        detect_traits([], top_n=0)


@pytest.mark.parametrize("wrong", [{"price": -1.0}, {"earnings": float("nan")}, {"earnings": float("inf")}])
def test_impossible_figures_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        record(0, **wrong)


def test_very_large_earnings_work() -> None:
    assert detect_traits([*table(8, 20, content_type="solo"), record(0, earnings=1e9)]).has_recommendations


def test_the_example_has_one_true_trait() -> None:
    assert advised(detect_traits(read_rows(EXAMPLE, TraitRecord))) == [
        ("length", "250-449", "raise caption weight", 1.25),
    ]


def test_a_thousand_records_take_less_than_a_tenth_of_a_second() -> None:
    records = table(8, 300, others=990, caption_text=LONG, content_type="solo", detected_tone="bold", price=9.0)
    detect_traits(records)

    def seconds() -> float:
        begun = time.perf_counter()
        detect_traits(records)
        return time.perf_counter() - begun

    assert min(seconds() for _ in range(3)) < 0.1


few_records = st.lists(
    st.builds(
        TraitRecord,
        earnings=st.sampled_from([None, 0.0, 1.0, 2.0, 1e9]),
        id=st.sampled_from([None, "1", "2", "10", "x"]),
        caption_text=st.sampled_from([None, "short", LONG]),
        content_type=st.sampled_from([None, "solo", "duo"]),
        detected_tone=st.sampled_from([None, "neutral", "bold"]),
        price=st.sampled_from([None, 0.0, 10.0]),
    ),
    max_size=40,
)


@settings(deadline=None)
@given(few_records, st.randoms())
def test_the_order_of_records_is_irrelevant(records: list[TraitRecord], dice: Any) -> None:
    shuffled = [*records]
    dice.shuffle(shuffled)
    assert detect_traits(shuffled) == detect_traits(records)


@settings(deadline=None)
@given(few_records)
def test_a_recommendation_is_shared_significant_and_more_frequent_in_the_top(records: list[TraitRecord]) -> None:
    report = detect_traits(records)
    for advice in report.recommendations:
        found = shared(report, advice.trait)
        assert found.percentage >= 60
        assert found.percentage > found.rest_percentage
        assert found.p_value < report.bonferroni_alpha
        assert advice.value != "unknown"
