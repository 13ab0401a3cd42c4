"""Rule `strategy-variety`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import span_of, week_words


@dataclass(frozen=True)
class StrategyVariety(Rule):
    """Each week of the plan uses enough different strategies.

    The floor falls to the number of strategies on offer and to the number of days that state theirs.
    """

    id = "strategy-variety"
    severity = "medium"
    needs = ("strategies",)

    strategies: int

    def post(self, draft: Draft) -> None:
        """Enough strategies met in each week."""
        for days in draft.week.horizon.plan_weeks:
            met = []
            subject = week_words(draft.week, days)
            for key in draft.week.strategies:
                literal = draft.literal("met")
                draft.add(self.id, subject, literal <= sum(draft.strategy(day)[key] for day in days))
                met.append(literal)
            draft.add(self.id, subject, sum(met) >= min(self.strategies, len(met), len(days)))

    def notches(self, week: Week) -> Iterator[Notch]:
        """One strategy fewer than the week needs."""
        longest = max(len(days) for days in week.horizon.plan_weeks)
        needed = min(self.strategies, len(week.strategies), longest)
        if needed > 1:
            edit = self.setting("strategies", needed - 1)
            yield self.notch(f"{needed} strategies a week", f"{needed - 1} strategies a week", edit)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Weeks with too few strategies."""
        for days in plan.week.horizon.plan_weeks:
            stated = [strategy for day in days if (strategy := plan.strategy(day)) is not None]
            floor = min(self.strategies, len(plan.week.strategies), len(stated))
            found = len(set(stated))
            if found < floor:
                week = span_of(plan.week, days)
                yield self.broken(week, floor - found, f"{week} uses {found} different strategies; {floor} are needed")
