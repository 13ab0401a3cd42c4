"""The ratio check: every outcome, every band of the content-style matrix, and what decides."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.analytics.ratio import (
    CountedDay,
    Outcome,
    RatioRange,
    Severity,
    check_ratio,
    ratio_finding,
)
from schedsolve.analytics.tables import parse_rows
from schedsolve.errors import TableError
from schedsolve.model.week import CountRange
from schedsolve.pipeline.volume.style_matrix import style_row, target

STYLES = tuple(product(("nude", "non_nude", "porno"), ("gfe", "commercial", "personalized")))
TIERS = ("low", "mid", "high", "ultra")
LOW = RatioRange.of(CountRange(2, 3), CountRange(4, 6))


def expected(tier: str, style: str, sub_type: str) -> RatioRange:
    row = style_row(tier, style, sub_type)
    return RatioRange.of(row.ppv, row.bumps)


def days(*counts: tuple[int, int]) -> list[CountedDay]:
    first = date(2025, 1, 20)
    return [
        CountedDay(date=first + timedelta(days=number), ppv_count=ppv, bump_count=bumps)
        for number, (ppv, bumps) in enumerate(counts)
    ]


@pytest.mark.parametrize(
    ("ppv", "bumps", "outcome", "valid", "severity"),
    [
        (0, 0, "nothing_planned", True, "warning"),
        (0, 5, "bumps_without_ppv", False, "error"),
        (3, 0, "bumps_missing", False, "error"),
        (3, 3, "too_low", False, "error"),
        (2, 8, "too_high", False, "warning"),
        (3, 5, "in_range", True, "none"),
    ],
)
def test_the_six_outcomes(ppv: int, bumps: int, outcome: Outcome, valid: bool, severity: Severity) -> None:
    finding = ratio_finding("2025-01-20", ppv, bumps, LOW)
    assert (finding.outcome, finding.is_valid, finding.severity) == (outcome, valid, severity)
    assert finding.ratio == (Fraction(bumps, ppv) if ppv else None)
    assert finding.text.startswith("2025-01-20: ")
    assert (str(bumps) in finding.text and str(ppv) in finding.text) or outcome == "nothing_planned"


BANDS: dict[tuple[str, str, str], tuple[str, str]] = {
    ("low", "nude", "gfe"): ("1.07", "3.60"),
    ("low", "nude", "personalized"): ("1.07", "3.60"),
    ("low", "nude", "commercial"): ("1.33", "3.60"),
    ("low", "non_nude", "gfe"): ("1.07", "3.60"),
    ("low", "non_nude", "commercial"): ("1.33", "3.60"),
    ("low", "porno", "gfe"): ("1.33", "4.20"),
    ("low", "porno", "commercial"): ("1.33", "4.80"),
    **{("mid", *style): ("0.53", "1.80") for style in STYLES},
    **{("high", *style): ("0.62", "1.54") for style in STYLES},
    **{("ultra", *style): ("0.67", "1.44") for style in STYLES},
}


@pytest.mark.parametrize(("row", "band"), BANDS.items(), ids=lambda value: "-".join(value))
def test_the_pass_bands_of_the_matrix_end_exactly_there(row: tuple[str, str, str], band: tuple[str, str]) -> None:
    least, most = expected(*row).band
    assert (f"{float(least):.2f}", f"{float(most):.2f}") == band
    for end, hair in ((least, Fraction(-1, 10**9)), (most, Fraction(1, 10**9))):
        ppv, bumps = end.denominator, end.numerator
        assert ratio_finding("day", ppv, bumps, expected(*row)).is_valid
        beyond = end + hair
        assert not ratio_finding("day", beyond.denominator, beyond.numerator, expected(*row)).is_valid


def test_the_corner_ratios_of_porno_commercial_at_low() -> None:
    ratio = expected("low", "porno", "commercial")
    assert (ratio.low, ratio.high) == (Fraction(5, 3), 4)
    corners = [Fraction(bumps, ppv) for bumps, ppv in product((5, 8), (2, 3))]
    assert [f"{float(corner):.2f}" for corner in corners] == ["2.50", "1.67", "4.00", "2.67"]
    assert f"{float(sum(corners) / 4):.2f}" == "2.71"
    assert all(ratio_finding("day", corner.denominator, corner.numerator, ratio).is_valid for corner in corners)


@pytest.mark.parametrize(("tier", "style"), list(product(TIERS, STYLES)), ids=str)
def test_whatever_lies_in_both_ranges_passes_and_so_do_the_targets(tier: str, style: tuple[str, str]) -> None:
    row = style_row(tier, *style)
    ratio = RatioRange.of(row.ppv, row.bumps)
    inside = product(range(row.ppv.low, row.ppv.high + 1), range(row.bumps.low, row.bumps.high + 1))
    assert all(ratio_finding("day", *counts, ratio).outcome == "in_range" for counts in inside)
    assert ratio_finding("day", target(row.ppv), target(row.bumps), ratio).is_valid


@pytest.mark.parametrize(("ppv", "bumps", "to_add"), [(3, 1, 3), (3, 3, 1), (2, 1, 2), (300, 319, 81), (6, 6, 2)])
def test_a_low_ratio_says_how_many_bumps_bring_it_up_to_the_range(ppv: int, bumps: int, to_add: int) -> None:
    finding = ratio_finding("day", ppv, bumps, LOW)
    assert (finding.outcome, finding.to_add) == ("too_low", to_add)
    assert Fraction(bumps + to_add, ppv) >= LOW.low > Fraction(bumps + to_add - 1, ppv)
    assert f"{to_add} more bump" in finding.text


def test_the_whole_schedule_decides_and_days_are_told_beside_it() -> None:
    check = check_ratio(days((3, 1), (2, 6), (0, 0), (3, 6)), CountRange(2, 3), CountRange(4, 6))
    assert [finding.outcome for finding in check.days] == ["too_low", "in_range", "nothing_planned", "in_range"]
    assert [finding.scope for finding in check.days] == ["2025-01-20", "2025-01-21", "2025-01-22", "2025-01-23"]
    assert (check.whole.ppv, check.whole.bumps, check.whole.scope) == (8, 13, "schedule")
    assert check.is_valid
    balanced = check_ratio(days((0, 4), (8, 9)), CountRange(2, 3), CountRange(4, 6))
    assert [finding.is_valid for finding in balanced.days] == [False, True]
    assert balanced.is_valid
    assert not check_ratio(days((3, 4), (9, 4)), CountRange(2, 3), CountRange(4, 6)).is_valid


def test_no_days_at_all_are_nothing_planned() -> None:
    check = check_ratio([], CountRange(2, 3), CountRange(4, 6))
    assert (check.whole.outcome, check.days, check.is_valid) == ("nothing_planned", (), True)


counts = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=9)


@given(counts, st.randoms(use_true_random=False))
def test_days_add_up_in_any_order(rows: list[tuple[int, int]], chance: object) -> None:
    table = days(*rows)
    check = check_ratio(table, CountRange(2, 3), CountRange(4, 6))
    chance.shuffle(table)  # type: ignore[attr-defined]
    assert check_ratio(table, CountRange(2, 3), CountRange(4, 6)) == check
    assert check.whole.ppv == sum(finding.ppv for finding in check.days) == sum(ppv for ppv, _ in rows)
    assert check.whole.bumps == sum(finding.bumps for finding in check.days) == sum(bumps for _, bumps in rows)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_exactly_one_outcome_fits_any_counts(ppv: int, bumps: int) -> None:
    finding = ratio_finding("day", ppv, bumps, LOW)
    least, most = LOW.band
    inside = ppv > 0 and bumps > 0 and least * ppv <= bumps <= most * ppv
    assert (finding.outcome == "in_range") == inside
    assert finding.is_valid == (inside or ppv == bumps == 0)
    assert (finding.to_add > 0) == (finding.outcome == "too_low")


def test_great_counts_are_compared_exactly() -> None:
    assert ratio_finding("day", 10**9, 3_600_000_000, LOW).is_valid
    assert ratio_finding("day", 10**9, 3_600_000_001, LOW).outcome == "too_high"
    assert ratio_finding("day", 15, 16, LOW).is_valid
    assert ratio_finding("day", 15 * 10**9, 16 * 10**9 - 1, LOW).outcome == "too_low"


@pytest.mark.parametrize(("ppv", "bumps"), [(-1, 3), (3, -1)])
def test_negative_counts_are_an_error(ppv: int, bumps: int) -> None:
    with pytest.raises(ValueError, match="counts are 0 or more"):
        ratio_finding("2025-01-20", ppv, bumps, LOW)


@pytest.mark.parametrize(
    ("ppv", "bumps", "said"), [((0, 3), (4, 6), "pay-per-view"), ((3, 2), (4, 6), "3-2"), ((2, 3), (-1, 6), "bump")]
)
def test_a_range_that_is_none_is_an_error(ppv: tuple[int, int], bumps: tuple[int, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        RatioRange.of(CountRange(*ppv), CountRange(*bumps))


def test_a_table_is_read_and_its_faults_are_named_by_row_and_column() -> None:
    text = "date,ppv_count,bump_count\n2025-01-20,3,5\n2025-01-21,2,6\n"
    check = check_ratio(parse_rows(text, "days.csv", CountedDay), CountRange(2, 3), CountRange(4, 6))
    assert (check.whole.ppv, check.whole.bumps) == (5, 11)
    with pytest.raises(TableError, match="bump_count") as caught:
        parse_rows(f"{text}2025-01-22,2,-6\n", "days.csv", CountedDay)
    assert caught.value.problems[0].line == 4
    with pytest.raises(TableError, match="2025-01-20 is there twice"):
        check_ratio([*days((1, 1)), *days((2, 2))], CountRange(2, 3), CountRange(4, 6))
