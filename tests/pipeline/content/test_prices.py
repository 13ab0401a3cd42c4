"""Prices, tip goals, and what sends should bring."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.catalog import CATALOG
from schedsolve.pipeline.content.filling import Terms, filled
from schedsolve.pipeline.content.prices import Prices, campaign_goal, suggested_price

from .small_plans import AS_OF, item, library, plan


@pytest.mark.parametrize(
    ("key", "price"),
    [
        ("ppv_unlock", 14.99),
        ("ppv_wall", 13.99),
        ("bundle", 16.99),
        ("flash_bundle", 15.99),
        ("snapchat_bundle", 17.99),
        ("tip_goal", None),
        ("bump_normal", None),
        ("ppv_followup", None),
    ],
)
def test_pay_per_view_sends_have_a_price_in_proportion_to_their_worth(key: str, price: float | None) -> None:
    assert suggested_price(CATALOG[key], CATALOG, Prices()) == price


@given(st.floats(0.99, 500))
def test_prices_end_on_ninety_nine_and_keep_the_order_of_types(base: float) -> None:
    prices = [
        suggested_price(CATALOG[key], CATALOG, Prices(base=base))
        for key in ("ppv_wall", "ppv_unlock", "flash_bundle", "bundle", "snapchat_bundle")
    ]
    known = [price for price in prices if price is not None]
    assert known == sorted(known)
    assert len(known) == 5
    assert all(round(100 * price) % 100 == 99 for price in known)


def test_only_tip_goals_have_a_goal() -> None:
    assert campaign_goal(CATALOG["tip_goal"], Prices()) == 250
    assert campaign_goal(CATALOG["tip_goal"], Prices(tip_goal=80)) == 80
    assert campaign_goal(CATALOG["bundle"], Prices()) is None


def test_revenue_sends_bring_the_known_mean_on_average_and_in_proportion() -> None:
    sends = ("20 10:07 bundle", "20 14:07 game_post", "20 16:07 dm_farm")
    found = filled(plan(*sends), library([]), AS_OF, Terms(prices=Prices(revenue_per_send=56)))
    assert [done.estimated_revenue for done in found.items] == [68, 44, None]


def test_without_known_earnings_nothing_is_estimated() -> None:
    assert filled(plan("20 10:07 bundle"), library([]), AS_OF).items[0].estimated_revenue is None


def test_what_an_item_states_stays() -> None:
    stated = item("20 10:07 bundle", suggested_price=9.5, estimated_revenue=12.0)
    found = filled(plan(stated), library([]), AS_OF, Terms(prices=Prices(base=30, revenue_per_send=100)))
    assert (found.items[0].suggested_price, found.items[0].estimated_revenue) == (9.5, 12.0)


@pytest.mark.parametrize("wrong", [{"base": 0}, {"tip_goal": -1}, {"revenue_per_send": -1}])
def test_prices_below_nothing_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"expected 0\.99 or more"):
        Prices(**wrong)
