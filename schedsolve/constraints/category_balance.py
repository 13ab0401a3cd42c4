"""Rule `category-balance`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import Category
from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .daily_quota import DailyQuota
from .draft import Draft
from .rule import Rule, Violation
from .wording import span_of

MILLION = 1_000_000
"""Shares are compared in millionths, in whole numbers."""
STEP = 0.05
"""What a bound gives way by, as a share of the week's sends."""


@dataclass(frozen=True)
class CategoryBalance(Rule):
    """In a week of the plan, revenue and engagement have at least, retention at most, its share of sends.

    The rule yields to `daily-quota`: a week that holds every quota, declared shortfalls deducted, keeps it. In the
    model it is therefore a preference of its own (`preferences/balanced_week.py`), next in weight to missing sends.
    """

    id = "category-balance"
    severity = "medium"

    revenue_min: float
    engagement_min: float
    retention_max: float

    def post(self, draft: Draft) -> None:
        """Where quotas do not bind there is nothing to yield to: the shares are hard."""
        if draft.week.scenario.rules.daily_quota.enabled:
            return
        for days in draft.week.horizon.plan_weeks:
            slots = [slot for slot in draft.slots if slot.day in days]
            total = sum(slot.used for slot in slots)
            for category, share, sign in (
                (Category.REVENUE, self.revenue_min, 1),
                (Category.ENGAGEMENT, self.engagement_min, 1),
                (Category.RETENTION, self.retention_max, -1),
            ):
                count = sum(slot.categories[category] for slot in slots)
                if slots:
                    draft.add(self.id, category, sign * (MILLION * count - round(MILLION * share) * total) >= 0)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """Five percentage points for each bound; no balance at all."""
        for category, name, share, wider in (
            (Category.REVENUE, "revenue_min", self.revenue_min, max(0.0, self.revenue_min - STEP)),
            (Category.ENGAGEMENT, "engagement_min", self.engagement_min, max(0.0, self.engagement_min - STEP)),
            (Category.RETENTION, "retention_max", self.retention_max, min(1.0, self.retention_max + STEP)),
        ):
            if wider != share:
                bound = "at most" if category is Category.RETENTION else "at least"
                edit = self.setting(name, round(wider, 6))
                before, after = f"{bound} {100 * share:.4g} %", f"{bound} {100 * wider:.4g} %"
                yield self.notch(before, after, edit, subject=category)
        yield self.switched_off()

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Weeks off their quotas whose shares are off balance too."""
        for days in plan.week.horizon.plan_weeks:
            yields = plan.week.scenario.rules.daily_quota.enabled and _keeps_quotas(plan, days)
            if yields or not any(send.day in days for send in plan.regular):
                continue
            revenue, engagement, retention = shares(plan, days)
            week = span_of(plan.week, days)
            if revenue < self.revenue_min:
                yield self._off(week, Category.REVENUE, revenue, "at least", self.revenue_min)
            if engagement < self.engagement_min:
                yield self._off(week, Category.ENGAGEMENT, engagement, "at least", self.engagement_min)
            if retention > self.retention_max:
                yield self._off(week, Category.RETENTION, retention, "at most", self.retention_max)

    def _off(self, week: str, category: Category, share: float, bound: str, limit: float) -> Violation:
        return self.broken(
            week,
            abs(share - limit),
            f"{week}: {category} is {share:.1%} of the regular sends; {bound} {limit:.1%} is needed",
        )


def shares(plan: Timetable, days: range) -> tuple[float, float, float]:
    """Shares 0..1 of revenue, engagement and retention in the regular sends of some days; 0 without any."""
    counts = Counter(send.category for send in plan.regular if send.day in days)
    total = counts.total() - counts[None]
    if total == 0:
        return 0.0, 0.0, 0.0
    return (
        counts[Category.REVENUE] / total,
        counts[Category.ENGAGEMENT] / total,
        counts[Category.RETENTION] / total,
    )


def _keeps_quotas(plan: Timetable, days: range) -> bool:
    """Whether every (day, category) holds exactly its quota less the declared shortfall."""
    held = Counter((send.day, send.category) for send in plan.regular)
    for shortfall in plan.short_of(DailyQuota.id):
        held[shortfall.day, shortfall.category] += shortfall.count
    return all(held[day, category] == plan.week.quotas[day].of(category) for day in days for category in Category)
