"""`category-balance` as the solver pursues it: shares in balance wherever no quota is touched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ...model.catalog import Category
from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import POINT, Preference

OFF_BALANCE = 1000 * POINT
"""Units lost by a week off balance: less than one more missing send, more than types and times can earn."""
MILLION = 1_000_000


@dataclass(frozen=True)
class BalancedWeek(Preference):
    """Each week whose shares leave their bounds costs once; quotas alone decide unless sends are missing.

    `bounds` holds category, share in millionths, and +1 for at least, -1 for at most; empty when the rule is off.
    `weeks` are those whose full quotas are in balance: where quotas alone forbid it, there is nothing to pursue.
    """

    id = "category-balance"
    bounds: tuple[tuple[Category, int, int], ...]
    weeks: tuple[range, ...]

    @classmethod
    def of(cls, week: Week) -> BalancedWeek:
        wanted = {days: Counter({c: week.week_quota(days, c) for c in Category}) for days in week.horizon.plan_weeks}
        pursued = tuple(days for days, counts in wanted.items() if not _off(_bounds(week.measure), counts))
        return cls(_bounds(week), pursued)

    def post(self, draft: Draft) -> None:
        for days in self.weeks:
            slots = [slot for slot in draft.slots if slot.day in days]
            if not self.bounds or not slots:
                continue
            off = draft.literal("off balance")
            total = sum(slot.used for slot in slots)
            for category, share, sign in self.bounds:
                count = sum(slot.categories[category] for slot in slots)
                surplus = sign * (MILLION * count - share * total)
                draft.add(self.id, category, surplus >= -MILLION * len(slots) * off)
            draft.reward(self.id, -OFF_BALANCE, off)

    def score(self, plan: Timetable) -> int:
        lost = 0
        for days in self.weeks:
            lost += _off(
                self.bounds, Counter(send.category for send in plan.regular if send.category and send.day in days)
            )
        return -OFF_BALANCE * lost


def _off(bounds: tuple[tuple[Category, int, int], ...], counts: Counter[Category]) -> bool:
    total = counts.total()
    return any(sign * (MILLION * counts[c] - share * total) < 0 for c, share, sign in bounds)


def _bounds(week: Week) -> tuple[tuple[Category, int, int], ...]:
    rule = week.scenario.rules.category_balance
    if not rule.enabled:
        return ()
    return (
        (Category.REVENUE, round(MILLION * rule.revenue_min), 1),
        (Category.ENGAGEMENT, round(MILLION * rule.engagement_min), 1),
        (Category.RETENTION, round(MILLION * rule.retention_max), -1),
    )
