"""Rule `avoid-hours`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..model.notch import Edit, Notch
from ..model.timetable import Timetable
from ..model.week import Week
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

    def notches(self, week: Week) -> Iterator[Notch]:
        """Each hour at an edge of what is closed inside the active window."""
        stated, more = self.hours, week.scenario.timing.avoid_hours
        for hour in _edges(week, {*stated, *more}):
            yield self.notch(
                "closed",
                "open",
                *([self.setting("hours", tuple(h for h in stated if h != hour))] if hour in stated else []),
                *([_told(tuple(h for h in more if h != hour))] if hour in more else []),
                subject=f"{hour:02d}-{hour + 1:02d} h",
            )

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends in an hour to be avoided."""
        avoided = {*self.hours, *plan.week.scenario.timing.avoid_hours}
        for send in plan.sends:
            hour = send.clock // 60
            if hour in avoided:
                yield self.broken(
                    send.id, 1, f"{sent(plan.week, send)} is in hour {hour:02d}, in which nothing goes out"
                )


def _told(hours: tuple[int, ...]) -> Edit:
    """The edit of what the creator adds."""
    return Edit(op="replace", path="/timing/avoid_hours", value=hours)


def _edges(week: Week, avoided: set[int]) -> list[int]:
    """Avoided hours with an open hour, or the window's border, beside them."""
    window = week.scenario.rules.active_window
    first, last = (int(window.start[:2]), int(window.end[:2])) if window.enabled else (0, 23)
    closed = {hour for hour in avoided if first <= hour <= last}
    return [hour for hour in sorted(closed) if not {hour - 1, hour + 1} <= closed]
