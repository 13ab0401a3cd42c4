"""What a send is worth: catalog values times the factors of the creator's figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.audience import Audience
from schedsolve.model.catalog import CATALOG
from schedsolve.pipeline.worth import worth_of_types

PLAIN_AUDIENCE = Audience(saturation=50, opportunity=50, revenue_trend="stable", caption_freshness=None)
PLAIN = {key: round(row.value * 1000) for key, row in CATALOG.items()}


def changed(**figures: Any) -> dict[str, float]:
    """Factor of every type whose worth differs from the catalog's."""
    worth = worth_of_types(CATALOG, replace(PLAIN_AUDIENCE, **figures))
    return {key: round(worth[key] / PLAIN[key], 3) for key in worth if worth[key] != PLAIN[key]}


def test_without_figures_a_send_is_worth_its_catalog_value() -> None:
    assert worth_of_types(CATALOG, PLAIN_AUDIENCE) == PLAIN


@pytest.mark.parametrize(
    ("figures", "factors"),
    [
        ({"opportunity": 71}, {"ppv_unlock": 1.5, "bundle": 1.4, "flash_bundle": 1.3, "vip_program": 1.2}),
        ({"opportunity": 39}, {"bump_normal": 1.3, "bump_descriptive": 1.3, "dm_farm": 1.2, "link_drop": 1.1}),
    ],
)
def test_opportunity_has_the_stated_factors(figures: dict[str, Any], factors: dict[str, float]) -> None:
    assert changed(**figures) == factors


@pytest.mark.parametrize(
    "figures",
    [
        {"opportunity": 70},
        {"opportunity": 40},
        {"saturation": 70},
        {"saturation": 30},
        {"saturation": 0, "opportunity": 70},
        {"caption_freshness": 50},
        {"revenue_trend": "stable"},
    ],
)
def test_figures_at_their_limits_change_nothing(figures: dict[str, Any]) -> None:
    assert changed(**figures) == {}


def test_a_saturated_audience_prefers_text_bumps() -> None:
    factors = changed(saturation=71)
    assert set(factors) == {"bump_text_only"}
    assert factors["bump_text_only"] > 1


def test_a_rested_promising_audience_prefers_ppv_and_bundles_even_more() -> None:
    promising, rested = changed(opportunity=71), changed(opportunity=71, saturation=29)
    assert {key for key in rested if rested[key] > promising[key]} == {"ppv_unlock", "bundle"}
    assert all(rested[key] >= promising[key] for key in promising)


def test_a_falling_trend_turns_from_ppv_to_bumps_and_dm_farm() -> None:
    factors = changed(revenue_trend="down")
    bumps = {key: 1.1 for key, row in CATALOG.items() if row.bump}
    assert factors == {"ppv_unlock": 0.9, "dm_farm": 1.2, **bumps}


def test_a_saturated_audience_is_not_promising() -> None:
    assert changed(opportunity=90, saturation=70)["ppv_unlock"] == 1.5
    assert changed(opportunity=90, saturation=71) == {"bump_text_only": 1.3}


def test_weights_end_at_half_and_at_double() -> None:
    factors = changed(opportunity=39, saturation=71, revenue_trend="down", caption_freshness=10)
    assert factors["bump_text_only"] == pytest.approx(1.3 * 1.1 * 1.3, abs=0.001)
    assert max(factors.values()) <= 2
    assert min(factors.values()) >= 0.5


def test_a_rising_trend_raises_bundles_and_the_vip_program_only() -> None:
    factors = changed(revenue_trend="up")
    assert factors == {"bundle": 1.1, "vip_program": 1.1}


def test_stale_captions_prefer_text_bumps_over_ppv() -> None:
    factors = changed(caption_freshness=49.9)
    assert set(factors) == {"bump_text_only", "ppv_unlock"}
    assert factors["bump_text_only"] > 1 > factors["ppv_unlock"]


def test_factors_multiply() -> None:
    both = changed(opportunity=80, revenue_trend="up")
    assert both["bundle"] == pytest.approx(1.4 * changed(revenue_trend="up")["bundle"], abs=0.002)


def test_only_the_given_types_are_valued() -> None:
    some = {key: CATALOG[key] for key in ("bundle", "link_drop")}
    assert set(worth_of_types(some, PLAIN_AUDIENCE)) == {"bundle", "link_drop"}


@given(
    st.floats(0, 100),
    st.floats(0, 100),
    st.sampled_from(["up", "stable", "down"]),
    st.none() | st.floats(0, 100),
)
def test_worth_is_a_positive_whole_number(
    saturation: float, opportunity: float, trend: str, freshness: float | None
) -> None:
    figures = {
        "saturation": saturation,
        "opportunity": opportunity,
        "revenue_trend": trend,
        "caption_freshness": freshness,
    }
    worth = worth_of_types(CATALOG, replace(PLAIN_AUDIENCE, **figures))
    assert all(value > 0 and value == int(value) for value in worth.values())
