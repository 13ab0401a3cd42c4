"""Rule `strategy-repeat`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import date_of, day_words


@dataclass(frozen=True)
class StrategyRepeat(Rule):
    """Two consecutive days have different strategies, the eve of the first day included.

    With one strategy on offer there is nothing to change; a day that states none is skipped.
    """

    id = "strategy-repeat"
    severity = "medium"
    needs = ("strategies",)

    def post(self, draft: Draft) -> None:
        """No strategy on two days in a row."""
        offered = draft.week.strategies
        if len(offered) < 2:
            return
        for first, second in pairwise(draft.week.days):
            subject = day_words(draft.week, second)
            for key in offered:
                draft.at_most_one(self.id, subject, [draft.strategy(first)[key], draft.strategy(second)[key]])
        if draft.week.last_strategy in offered:
            draft.add(self.id, day_words(draft.week, 0), draft.strategy(0)[draft.week.last_strategy] == 0)

    def notches(self, week: Week) -> Iterator[Notch]:
        """Strategies may repeat."""
        if len(week.strategies) > 1:
            yield self.switched_off()

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Days with the strategy of the day before."""
        if len(plan.week.strategies) == 1:
            return
        before = plan.week.last_strategy
        for day in plan.week.days:
            strategy = plan.strategy(day)
            if strategy is not None and strategy == before:
                date = date_of(plan.week, day)
                yield self.broken(date, 1, f"{date} repeats the strategy {strategy} of the day before")
            before = strategy
