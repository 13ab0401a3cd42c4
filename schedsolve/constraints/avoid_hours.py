"""Rule `avoid-hours`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class AvoidHours(Rule):
    """Nothing goes out in the local `hours` (0..23) or a day's own instead of them, nor in those the creator adds."""

    id = "avoid-hours"
    severity = "medium"
    monotone = True

    hours: tuple[int, ...]

    def narrow(self, draft: Draft) -> None:
        """Close the minutes of these hours."""
        hours, horizon = draft.clock() // 60, draft.week.horizon
        closed = np.isin(hours, sorted(self._on(draft.week, -1)))
        for day in draft.week.days:
            span = slice(horizon.day_start(day), horizon.day_start(day + 1))
            closed[span] = np.isin(hours[span], sorted(self._on(draft.week, day)))
        draft.forbid_minutes(self.id, closed)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends in an hour to be avoided."""
        for send in plan.sends:
            hour = send.clock // 60
            if hour in self._on(plan.week, send.day):
                yield self.broken(
                    send.id, 1, f"{sent(plan.week, send)} is in hour {hour:02d}, in which nothing goes out"
                )

    def _on(self, week: Week, day: int) -> frozenset[int]:
        """Hours avoided on a day; outside the plan those of the rule."""
        exception = week.exceptions.get((self.id, day))
        hours = self.hours if exception is None or exception.hours is None else exception.hours
        return frozenset((*hours, *week.scenario.timing.avoid_hours)) - week.step(day).opened
