"""The week's minutes as plain lists: local clock, day, block, stretch, and where nothing may stand."""

from __future__ import annotations

from ...model.calendar import MINUTES_PER_DAY
from ...model.timing import Stretch
from ...model.week import FixedSend, Week

NOON = 720
BEYOND = MINUTES_PER_DAY
"""Minutes after the last day that followups may reach."""


class Clock:
    """Lists by absolute minute; `closed` counts the rules that a regular send would break there.

    `followup_closed` does so for followups, but for the active window, which `outside` holds alone because late
    followups may leave it. `stretch_of` numbers the parts of blocks in which positions are counted.
    """

    def __init__(self, week: Week) -> None:
        horizon = week.horizon
        self.length = horizon.length
        reach = self.length + BEYOND
        self.day_start = horizon.day_starts
        self.clock = [0] * reach
        self.day_of = [0] * reach
        for piece in horizon.pieces(0, reach):
            for minute in range(piece.start, piece.end):
                self.clock[minute] = minute - piece.midnight
                self.day_of[minute] = piece.day
        limit = week.measure.scenario.rules.block_limit
        self.width = limit.hours * 60 if limit.enabled else 240
        self.block_of = [clock // self.width for clock in self.clock]
        self.morning = [clock < NOON for clock in self.clock]
        self.stretches: list[Stretch] = []
        self.stretch_of = [0] * self.length
        self._number_stretches(week)
        self._close(week)
        self.open = [not closed for closed in self.closed]
        for lock in binding_locks(week):
            self.open[lock.minute] = False
        self.stretches_on = [
            [number for number, stretch in enumerate(self.stretches) if stretch.day == day and self._usable(stretch)]
            for day in week.days
        ]

    def _number_stretches(self, week: Week) -> None:
        for day in week.days:
            for piece in week.horizon.pieces(self.day_start[day], self.day_start[day + 1]):
                minute = piece.start
                while minute < piece.end:
                    local = minute - piece.midnight
                    low = local // self.width * self.width
                    high = low + self.width
                    low, high = (low, min(high, NOON)) if local < NOON else (max(low, NOON), high)
                    start, end = max(piece.start, piece.midnight + low), min(piece.end, piece.midnight + high)
                    for inside in range(start, end):
                        self.stretch_of[inside] = len(self.stretches)
                    self.stretches.append(Stretch(day, local // self.width, start, end, piece.midnight))
                    minute = end

    def _close(self, week: Week) -> None:
        rules = week.scenario.rules
        self.avoided = week.avoided_hours(-1)
        avoided = [week.avoided_hours(day) if rules.avoid_hours.enabled else frozenset() for day in (*week.days, -1)]
        step = rules.round_minute.step if rules.round_minute.enabled else 0
        opens, closes = 0, MINUTES_PER_DAY - 1
        if rules.active_window.enabled:
            opens, closes = minutes_of(rules.active_window.start), minutes_of(rules.active_window.end)
        self.opens, self.closes = opens, closes
        self.followup_closed = [
            (clock // 60 in avoided[min(day, len(week.days))]) + (step > 0 and clock % 60 % step == 0)
            for clock, day in zip(self.clock, self.day_of, strict=True)
        ]
        if rules.blackout.enabled:
            for minute in range(len(self.clock)):
                self.followup_closed[minute] += any(span.start <= minute < span.end for span in week.blackouts)
        self.outside = [int(not opens <= clock <= closes) for clock in self.clock]
        self.closed = [
            closed + outside for closed, outside in zip(self.followup_closed[: self.length], self.outside, strict=False)
        ]

    def _usable(self, stretch: Stretch) -> bool:
        return any(self.open[stretch.start : stretch.end])


def binding_locks(week: Week) -> tuple[FixedSend, ...]:
    """The locks that the plan must hold: none where the scenario switches their rule off."""
    return week.locks if week.scenario.rules.lock.enabled else ()


def minutes_of(hhmm: str) -> int:
    """`20:07` -> local minute of the day."""
    return int(hhmm[:2]) * 60 + int(hhmm[3:])
