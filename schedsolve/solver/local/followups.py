"""Where a followup may stand: its delay, the policy for late ones, and the minutes left open."""

from __future__ import annotations

from dataclasses import dataclass

from ...constraints.preferences.followup_value import FollowupValue
from ...model.calendar import MINUTES_PER_DAY
from ...model.week import Week
from .clock import Clock, minutes_of

MORNING_OPENS, MORNING_CLOSES = 8 * 60, 9 * 60
"""Local minutes strictly between which a followup left for the next morning goes out."""
JUMP = 180
"""Minutes by which the clock may have jumped since midnight, and more."""


@dataclass(frozen=True)
class OpenParent:
    """A parent in history that still awaits its followup: its index there, its minute, units, and what is allowed."""

    index: int
    minute: int
    units: int
    choices: tuple[int, ...]


class Followups:
    """Faults and choices by parent minute; minutes are absolute."""

    def __init__(self, week: Week, clock: Clock) -> None:
        self._clock = clock
        self._policy = week.late_policy
        self.earliest, self.latest = week.followup_window.earliest, week.followup_window.latest
        self._last_usable = _last_usable(week)
        self._choices: dict[int, tuple[int, ...]] = {}
        self.units = FollowupValue.of(week).units
        self.open_parents = tuple(self._open_parents(week))

    def late(self, parent_day: int, minute: int) -> bool:
        """Whether a followup waits for the next morning and is flagged so."""
        return self._policy == "next_morning" and self._clock.day_of[minute] == parent_day + 1

    def faults(self, parent: int, minute: int) -> int:
        """How many rules a followup breaks by its own minute and its parent's."""
        return self._faults(parent, self._clock.day_of[parent], self._clock.clock[parent], minute)

    def _faults(self, parent: int, parent_day: int, parent_clock: int, minute: int) -> int:
        clock, day = self._clock.clock[minute], self._clock.day_of[minute]
        over = day - parent_day
        count = self._clock.followup_closed[minute]
        late = self._policy == "next_morning" and over == 1
        if self._clock.outside[minute]:
            past_the_end = over == 1 or (over == 0 and clock > self._clock.closes)
            count += not (self._policy == "cross_midnight" and past_the_end)
        if not late and not self.earliest <= minute - parent <= self.latest:
            count += 1
        if over and (self._policy == "within_day" or over != 1):
            count += 1
        elif late:
            count += parent_clock + self.earliest <= self._last_usable
            count += not MORNING_OPENS < clock < MORNING_CLOSES
        return count

    def choices(self, parent: int) -> tuple[int, ...]:
        """The minutes at which a followup of a parent at that minute breaks nothing by itself."""
        made = self._choices.get(parent)
        if made is None:
            day, clock = self._clock.day_of[parent], self._clock.clock[parent]
            made = self._choices[parent] = self._allowed(parent, day, clock)
        return made

    def _allowed(self, parent: int, day: int, clock: int) -> tuple[int, ...]:
        minutes = range(parent + self.earliest, parent + self.latest + 1)
        if self._policy == "next_morning" and clock + self.earliest > self._last_usable:
            start = self._clock.day_start[day + 1]
            minutes = range(start + MORNING_OPENS - JUMP, start + MORNING_CLOSES + JUMP)
        last = len(self._clock.clock)
        return tuple(m for m in minutes if 0 <= m < last and not self._faults(parent, day, clock, m))

    def _open_parents(self, week: Week) -> list[OpenParent]:
        """Parents of the eve that await a followup, where the policy lets it go out in this week."""
        found = []
        for past in week.past:
            day = week.horizon.day_of(past.minute)
            if past.awaits_followup and day == -1:
                choices = self._allowed(past.minute, day, week.horizon.clock(past.minute))
                if choices:
                    found.append(OpenParent(past.index, past.minute, self.units[past.send_type.key], choices))
        return found


def _last_usable(week: Week) -> int:
    """The last local minute at which a followup can stand on its parent's day."""
    window, rounding = week.scenario.rules.active_window, week.scenario.rules.round_minute
    last = MINUTES_PER_DAY - 1
    if window.enabled:
        last = minutes_of(window.end)
    while rounding.enabled and last % 60 % rounding.step == 0:
        last -= 1
    return last
