"""Prices: what a pay-per-view send should cost, what a tip goal asks for, and what a send will bring.

No formula is laid down; these follow from what is known. A creator's plain message has a price (14.99 unless stated),
and the catalog says how much more or less than one a send of another type is worth: prices keep these proportions and
end on .99. Confidence in the volume figures moves no price; the stage records it beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...model.catalog import Category, SendType
from ...model.plan import Item
from .figures import BASE_PRICE, TIP_GOAL

MESSAGE = "ppv_unlock"
"""The type that costs the base price."""
ENDING = 0.01


@dataclass(frozen=True)
class Prices:
    """What is known of a creator's prices, in dollars.

    `base` is the price of a pay-per-view message, `revenue_per_send` what a revenue send earned on average, None where
    nobody knows.
    """

    base: float = BASE_PRICE
    tip_goal: float = TIP_GOAL
    revenue_per_send: float | None = None

    def __post_init__(self) -> None:
        if min(self.base, self.tip_goal) < 0.99 or (self.revenue_per_send or 0) < 0:
            raise ValueError(
                f"prices: found {self.base}, {self.tip_goal} and {self.revenue_per_send}, expected 0.99 or more, "
                "and revenue of 0 or more"
            )


def suggested_price(row: SendType, catalog: Mapping[str, SendType], prices: Prices) -> float | None:
    """The price of a pay-per-view send, None for any other: the base price in proportion to the type's value."""
    if not row.ppv:
        return None
    proportion = row.value / catalog[MESSAGE].value if MESSAGE in catalog else 1.0
    return round(max(1, round(prices.base * proportion + ENDING)) - ENDING, 2)


def campaign_goal(row: SendType, prices: Prices) -> float | None:
    """What a tip goal asks for, None for any other type."""
    return round(prices.tip_goal, 2) if row.key == "tip_goal" else None


def revenue_by_point(items: Sequence[Item], prices: Prices) -> float | None:
    """Dollars that a point of expected value stands for: the plan's revenue sends earn the known mean on average."""
    values = [item.expected_value for item in items if item.category is Category.REVENUE]
    if prices.revenue_per_send is None or not sum(values) > 0:
        return None
    return prices.revenue_per_send * len(values) / sum(values)


def estimated_revenue(item: Item, by_point: float | None) -> float | None:
    """Dollars that a revenue send should bring, None for others and where nothing is known."""
    if by_point is None or item.category is not Category.REVENUE:
        return None
    return round(item.expected_value * by_point, 2)
