"""`strategy-mix`: a day's sends stress what its strategy stresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.catalog import Category
from ...model.strategies import STRATEGIES
from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import POINT, Preference

DISTINCT = 2 * POINT
"""Units for each different revenue or engagement type on a day that spreads over many types."""


@dataclass(frozen=True)
class StrategyMix(Preference):
    """A send of a type that the day's strategy boosts earns `boost[type]` more; a spreading day earns per type."""

    id = "strategy-mix"
    boost: Mapping[str, int]

    @classmethod
    def of(cls, week: Week) -> StrategyMix:
        factor = week.scenario.variation.boost_factor - 1
        return cls({key: round(week.worth[key] * factor) for key in week.types})

    def post(self, draft: Draft) -> None:
        week = draft.week
        for day in week.days:
            slots = [slot for slot in draft.slots if slot.day == day]
            strategy = draft.strategy(day)
            spreading = [literal for key, literal in strategy.items() if STRATEGIES[key].spreads]
            for key, row in week.types.items():
                sends = sum(slot.kinds[key] for slot in slots if key in slot.kinds)
                boosting = [literal for name, literal in strategy.items() if key in STRATEGIES[name].boosts]
                most = _most(week, day, row.category, len(slots))
                if boosting and most:
                    boosted = draft.integer(0, most, "boosted", day, chained=True)
                    draft.add(self.id, key, boosted <= sends)
                    draft.add(self.id, key, boosted <= most * sum(boosting))
                    draft.reward(self.id, self.boost[key], boosted)
                if spreading and row.category is not Category.RETENTION:
                    met = draft.literal("met", day, chained=True)
                    draft.add(self.id, key, met <= sends)
                    draft.add(self.id, key, met <= sum(spreading))
                    draft.reward(self.id, DISTINCT, met)

    def score(self, plan: Timetable) -> int:
        total = 0
        for day in plan.week.days:
            strategy = STRATEGIES.get(plan.strategy(day) or "")
            if strategy is None:
                continue
            sends = [send for send in plan.on_day(day) if send.type_key in self.boost]
            total += sum(self.boost[send.type_key] for send in sends if send.type_key in strategy.boosts)
            if strategy.spreads:
                total += DISTINCT * len({s.type_key for s in sends if s.category is not Category.RETENTION})
        return total


def _most(week: Week, day: int, category: Category, slots: int) -> int:
    """Sends of one type that a day can hold at most: the quota, or half of it where a type may not repeat at once."""
    rules = week.scenario.rules
    if not rules.daily_quota.enabled:
        return slots
    quota = week.quotas[day].of(category)
    return (quota + 1) // 2 if rules.no_repeat_type.enabled else quota
