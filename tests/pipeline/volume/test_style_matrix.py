"""Section 5: ranges of all styles at all tiers, their targets, and what unknown styles read as."""

from __future__ import annotations

from fractions import Fraction

import pytest

from schedsolve.model.catalog import PageType
from schedsolve.model.week import CountRange
from schedsolve.pipeline.volume.base_tier import base_of
from schedsolve.pipeline.volume.style_matrix import style_row, target

from .figures_of import split

PPV = {"low": (2, 3), "mid": (4, 6), "high": (7, 9), "ultra": (10, 12)}
LOW_BUMPS = {
    ("nude", "gfe"): (4, 6),
    ("nude", "commercial"): (5, 6),
    ("non_nude", "gfe"): (4, 6),
    ("non_nude", "commercial"): (5, 6),
    ("porno", "gfe"): (5, 7),
    ("porno", "commercial"): (5, 8),
}
TARGETS = {"mid": (5, 5), "high": (8, 8), "ultra": (11, 11)}
LOW_TARGETS = {
    ("nude", "gfe"): (3, 5),
    ("nude", "commercial"): (3, 6),
    ("non_nude", "gfe"): (3, 5),
    ("non_nude", "commercial"): (3, 6),
    ("porno", "gfe"): (3, 6),
    ("porno", "commercial"): (3, 7),
}
CASES = [(tier, *style) for tier in PPV for style in LOW_BUMPS]


def ends(allowed: CountRange) -> tuple[int, int]:
    return allowed.low, allowed.high


@pytest.mark.parametrize(("tier", "style", "sub_type"), CASES)
def test_every_combination_has_its_ranges_and_targets(tier: str, style: str, sub_type: str) -> None:
    row = style_row(tier, style, sub_type)
    assert ends(row.ppv) == PPV[tier]
    assert ends(row.bumps) == (LOW_BUMPS[style, sub_type] if tier == "low" else PPV[tier])
    assert (target(row.ppv), target(row.bumps)) == TARGETS.get(tier, LOW_TARGETS[style, sub_type])
    assert row.warning == ""


@pytest.mark.parametrize(("tier", "total"), [("mid", (8, 12)), ("high", (14, 18)), ("ultra", (20, 24))])
def test_totals_are_the_sums_of_the_ends(tier: str, total: tuple[int, int]) -> None:
    assert ends(style_row(tier, "porno", "commercial").total) == total


@pytest.mark.parametrize(
    ("style", "total"),
    [(("nude", "gfe"), (6, 9)), (("nude", "commercial"), (7, 9)), (("porno", "commercial"), (7, 11))],
)
def test_totals_at_low_depend_on_the_style(style: tuple[str, str], total: tuple[int, int]) -> None:
    assert ends(style_row("low", *style).total) == total


@pytest.mark.parametrize("tier", PPV)
@pytest.mark.parametrize("style", ["nude", "non_nude", "porno"])
@pytest.mark.parametrize("sub_type", ["personalized", "unheard_of", None, ""])
def test_personalized_and_unknown_sub_types_read_as_gfe(tier: str, style: str, sub_type: str | None) -> None:
    assert style_row(tier, style, sub_type) == style_row(tier, style, "gfe")


def test_an_unknown_style_reads_as_nude_gfe_with_a_warning() -> None:
    row = style_row("low", "abstract", "commercial")
    assert ends(row.bumps) == (4, 6)
    assert "'abstract' is not known" in row.warning


def test_the_ratios_of_porno_commercial_at_low() -> None:
    row = style_row("low", "porno", "commercial")
    assert row.bump_to_ppv_ratio == Fraction(5, 2)
    assert row.ratios == (Fraction(5, 3), Fraction(4))
    corners = [Fraction(b, p) for b in ends(row.bumps) for p in ends(row.ppv)]
    assert sorted(round(float(ratio), 2) for ratio in corners) == [1.67, 2.5, 2.67, 4.0]
    assert round(float(sum(corners) / 4), 2) == 2.71


def test_porno_commercial_at_low_has_a_quarter_to_a_third_more_bumps_than_nude_gfe() -> None:
    plain, much = style_row("low", "nude", "gfe").bumps, style_row("low", "porno", "commercial").bumps
    assert (Fraction(much.low, plain.low), Fraction(much.high, plain.high)) == (Fraction(5, 4), Fraction(4, 3))


@pytest.mark.parametrize(("percent", "wanted"), [(20, 9), (10, 9), (0, 8), (-20, 7), (-30, 7)])
def test_a_target_moves_by_the_percentage_inside_its_range(percent: int, wanted: int) -> None:
    assert target(style_row("high", "nude").ppv, Fraction(percent)) == wanted


@pytest.mark.parametrize(
    ("tier", "quota", "least"),
    [("low", (4, 6, 1), (3, 5, 1)), ("mid", (6, 6, 2), (5, 5, 1)), ("ultra", (12, 12, 3), (11, 11, 2))],
)
def test_a_styles_quotas_leave_one_send_open(tier: str, quota: tuple[int, ...], least: tuple[int, ...]) -> None:
    base = base_of(tier, PageType.PAID, style_row(tier, "nude", "gfe"))
    assert (split(base.quota), split(base.minimum)) == (quota, least)


@pytest.mark.parametrize("tier", PPV)
def test_free_pages_keep_the_ranges_without_retention(tier: str) -> None:
    base = base_of(tier, PageType.FREE, style_row(tier, "porno", "commercial"))
    assert base.quota.retention == base.minimum.retention == 0
