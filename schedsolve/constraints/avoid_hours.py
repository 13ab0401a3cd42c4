"""Rule `avoid-hours`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..model.notch import Edit, Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import A_DAY, Rule, Violation
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

    def day_notches(self, week: Week) -> Iterator[Notch]:
        """None of the rule's hours avoided on a day; what the creator adds stays."""
        for day in week.days:
            stated = week.exceptions.get((self.id, day))
            hours = self.hours if stated is None or stated.hours is None else stated.hours
            if set(hours) - set(week.scenario.timing.avoid_hours):
                yield self.exception(week, day, "closed", "open", 2 * A_DAY, hours=())

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


def _told(hours: tuple[int, ...]) -> Edit:
    """The edit of what the creator adds."""
    return Edit(op="replace", path="/timing/avoid_hours", value=hours)


def _edges(week: Week, avoided: set[int]) -> list[int]:
    """Avoided hours with an open hour, or the window's border, beside them."""
    window = week.scenario.rules.active_window
    first, last = (int(window.start[:2]), int(window.end[:2])) if window.enabled else (0, 23)
    closed = {hour for hour in avoided if first <= hour <= last}
    return [hour for hour in sorted(closed) if not {hour - 1, hour + 1} <= closed]
