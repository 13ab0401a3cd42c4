"""Rule `avoid-hours`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..model.timetable import Timetable
from .draft import Draft
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class AvoidHours(Rule):
    """Nothing goes out in the local `hours` (0..23), nor in those the creator adds to them."""

    id = "avoid-hours"
    severity = "medium"
    monotone = True

    hours: tuple[int, ...]

    def narrow(self, draft: Draft) -> None:
        """Close the minutes of these hours."""
        hours = {*self.hours, *draft.week.scenario.timing.avoid_hours}
        draft.forbid_minutes(self.id, np.isin(draft.clock() // 60, sorted(hours)))

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends in an hour to be avoided."""
        avoided = {*self.hours, *plan.week.scenario.timing.avoid_hours}
        for send in plan.sends:
            hour = send.clock // 60
            if hour in avoided:
                yield self.broken(
                    send.id, 1, f"{sent(plan.week, send)} is in hour {hour:02d}, in which nothing goes out"
                )
