"""Shares of the categories in the regular sends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...constraints.category_balance import CategoryBalance, shares
from ...model.catalog import Category
from ...model.validation_report import Bound, CategoryShare
from .check import Flaw, Found
from .schedule import Schedule

WEIGHT_PER_BOUND = 5


@dataclass(frozen=True)
class _Bound:
    """Which way a category is bound, and where; limits are shares 0..1."""

    category: Category
    bound: Bound
    limit: float

    @property
    def percent(self) -> float:
        return round(100 * self.limit, 2)

    def keeps(self, share: float) -> bool:
        return share <= self.limit if self.bound == "at most" else share >= self.limit


def off_balance(schedule: Schedule) -> Found:
    """Weeks in which a category has too small or too great a share; each bound that is missed weighs on its own."""
    flaws, categories = [], set()
    for days, held, share in _misses(schedule):
        categories.add(held.category)
        text = f"the week of {schedule.week.date(days[0])} has {share:.1%} {held.category} sends"
        message = f"{text}; {held.bound} {held.percent:g}% is needed"
        flaws.append(Flaw(message, value=round(100 * share, 2), limit=held.percent, origin=CategoryBalance.id))
    return Found(tuple(flaws), int(bool(flaws)), 1, weight=WEIGHT_PER_BOUND * len(categories))


def category_shares(schedule: Schedule) -> tuple[CategoryShare, ...]:
    """Shares over the whole plan, in percent; a bound passes that no week of it misses."""
    over_all = shares(schedule.table, range(schedule.week.horizon.days))
    missed = {held.category for _, held, _ in _misses(schedule)}
    return tuple(
        CategoryShare(
            category=held.category.value,
            percent=round(100 * share, 2),
            bound=held.bound,
            limit=held.percent,
            passed=held.category not in missed,
        )
        for held, share in zip(_bounds(schedule), over_all, strict=True)
    )


def _misses(schedule: Schedule) -> Iterator[tuple[range, _Bound, float]]:
    """Weeks, the bounds they miss, and the share there; none where the scenario switches the rule off."""
    if not schedule.week.scenario.rules.of(CategoryBalance.id).enabled:
        return
    for days in schedule.week.horizon.plan_weeks:
        if any(schedule.table.on_day(day) for day in days):
            for held, share in zip(_bounds(schedule), shares(schedule.table, days), strict=True):
                if not held.keeps(share):
                    yield days, held, share


def _bounds(schedule: Schedule) -> tuple[_Bound, _Bound, _Bound]:
    rule = CategoryBalance.of(schedule.week)
    return (
        _Bound(Category.REVENUE, "at least", rule.revenue_min),
        _Bound(Category.ENGAGEMENT, "at least", rule.engagement_min),
        _Bound(Category.RETENTION, "at most", rule.retention_max),
    )
