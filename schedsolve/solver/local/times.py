"""The minutes of a whole week in sorted lists, with the faults between sends counted as they come and go."""

from __future__ import annotations

from bisect import bisect_left

from ...model.calendar import MINUTES_PER_DAY
from ...model.catalog import FOLLOWUP
from .problem import Problem, Send

PAST = -(10**7)
"""Stands for the parent of history's own followups."""


class Times:
    """Regular sends, sends by type, and followups with their parents' minutes; history stands in the lists too.

    `faults` counts spacing, gaps, rolling blocks, repeated clock times, clearance of followups and their daily limit.
    """

    def __init__(self, problem: Problem) -> None:
        week, horizon = problem.week, problem.week.horizon
        self._problem = problem
        self.faults = 0
        self.regular: list[int] = []
        self.of_type: list[list[int]] = [[] for _ in problem.types]
        self.followups: list[tuple[int, int]] = []
        self.clock_uses = [[0] * MINUTES_PER_DAY for _ in problem.weeks]
        self._sent_on: dict[int, int] = {}
        self._past_on: dict[int, int] = {}
        for past in week.past:
            if past.send_type.key == FOLLOWUP:
                day = horizon.day_of(past.minute)
                self._past_on[day] = self._past_on.get(day, 0) + 1
                self.followups.append((past.minute, PAST))
                continue
            self.regular.append(past.minute)
            if past.send_type.key in problem.number:
                self.of_type[problem.number[past.send_type.key]].append(past.minute)

    def put(self, day: int, send: Send) -> None:
        """A send comes in, with its followup if it has one."""
        problem = self._problem
        minute, kind, _, followup = send
        if day < problem.days:
            self._meet(minute, 1)
            regular = self.regular
            at = bisect_left(regular, minute)
            if problem.rolling_max:
                self._roll(at, 0, -1)
            regular.insert(at, minute)
            if problem.rolling_max:
                self._roll(at, 1, 1)
            needed = problem.spacing_at
            early = at > 0 and minute - regular[at - 1] < needed[minute]
            late = at + 1 < len(regular) and regular[at + 1] - minute < needed[regular[at + 1]]
            if early or late:
                joined = (
                    at > 0 and at + 1 < len(regular) and regular[at + 1] - regular[at - 1] < needed[regular[at + 1]]
                )
                self.faults += early + late - joined
            self._put_type(minute, kind)
            uses = self.clock_uses[problem.week_of[day]]
            clock = problem.clock.clock[minute]
            uses[clock] += 1
            if uses[clock] > problem.clock_max:
                self.faults += 1
        if followup:
            self._put_followup(followup, minute)

    def take(self, day: int, send: Send) -> None:
        """A send goes out again."""
        problem = self._problem
        minute, kind, _, followup = send
        if followup:
            self._take_followup(followup, minute)
        if day == problem.days:
            return
        self._meet(minute, -1)
        regular = self.regular
        at = bisect_left(regular, minute)
        needed = problem.spacing_at
        early = at > 0 and minute - regular[at - 1] < needed[minute]
        late = at + 1 < len(regular) and regular[at + 1] - minute < needed[regular[at + 1]]
        if early or late:
            joined = at > 0 and at + 1 < len(regular) and regular[at + 1] - regular[at - 1] < needed[regular[at + 1]]
            self.faults -= early + late - joined
        if problem.rolling_max:
            self._roll(at, 1, -1)
        del regular[at]
        if problem.rolling_max:
            self._roll(at, 0, 1)
        self._take_type(minute, kind)
        uses = self.clock_uses[problem.week_of[day]]
        clock = problem.clock.clock[minute]
        if uses[clock] > problem.clock_max:
            self.faults -= 1
        uses[clock] -= 1

    def _roll(self, at: int, inside: int, sign: int) -> None:
        """Count the rolling windows that hold place `at`, before or after the send stands there."""
        row, most, width = self.regular, self._problem.rolling_max, self._problem.rolling_minutes
        for first in range(max(0, at - most), min(at + inside, len(row) - most)):
            if row[first + most] - row[first] < width:
                self.faults += sign

    def _put_type(self, minute: int, kind: int) -> None:
        row, gap = self.of_type[kind], self._problem.gap[kind]
        at = bisect_left(row, minute)
        row.insert(at, minute)
        early = at > 0 and minute - row[at - 1] < gap
        late = at + 1 < len(row) and row[at + 1] - minute < gap
        if early or late:
            joined = at > 0 and at + 1 < len(row) and row[at + 1] - row[at - 1] < gap
            self.faults += early + late - joined

    def _take_type(self, minute: int, kind: int) -> None:
        row, gap = self.of_type[kind], self._problem.gap[kind]
        at = bisect_left(row, minute)
        early = at > 0 and minute - row[at - 1] < gap
        late = at + 1 < len(row) and row[at + 1] - minute < gap
        if early or late:
            joined = at > 0 and at + 1 < len(row) and row[at + 1] - row[at - 1] < gap
            self.faults -= early + late - joined
        del row[at]

    def _meet(self, minute: int, sign: int) -> None:
        """Count the followups that a regular send at that minute comes too near; its own is never there yet."""
        followups, clear = self.followups, self._problem.clearance
        at = bisect_left(followups, (minute - clear + 1, PAST))
        while at < len(followups) and followups[at][0] < minute + clear:
            self.faults += sign
            at += 1

    def _put_followup(self, minute: int, parent: int) -> None:
        self._clear(minute, parent, 1)
        row = self.followups
        at = bisect_left(row, (minute, parent))
        row.insert(at, (minute, parent))
        self.faults += self._between(at)
        day = self._problem.clock.day_of[minute]
        self._sent_on[day] = self._sent_on.get(day, 0) + 1
        self.faults += self._over(day)
        if day < self._problem.days:
            uses = self.clock_uses[self._problem.week_of[day]]
            clock = self._problem.clock.clock[minute]
            uses[clock] += 1
            self.faults += uses[clock] > self._problem.clock_max

    def _take_followup(self, minute: int, parent: int) -> None:
        self._clear(minute, parent, -1)
        row = self.followups
        at = bisect_left(row, (minute, parent))
        self.faults -= self._between(at)
        del row[at]
        day = self._problem.clock.day_of[minute]
        self.faults -= self._over(day)
        self._sent_on[day] -= 1
        if day < self._problem.days:
            uses = self.clock_uses[self._problem.week_of[day]]
            clock = self._problem.clock.clock[minute]
            self.faults -= uses[clock] > self._problem.clock_max
            uses[clock] -= 1

    def _over(self, day: int) -> int:
        """Whether the last followup of a day is one too many."""
        return int(self._sent_on[day] + self._past_on.get(day, 0) > self._problem.followups_a_day)

    def _between(self, at: int) -> int:
        """Faults that a followup makes with its neighbours, less the one they have without it."""
        row, gap = self.followups, self._problem.followup_gap
        early = at > 0 and row[at][0] - row[at - 1][0] < gap
        late = at + 1 < len(row) and row[at + 1][0] - row[at][0] < gap
        if not (early and late):
            return int(early or late)
        joined = row[at + 1][0] - row[at - 1][0] < gap
        both_past = row[at + 1][1] == PAST and row[at - 1][1] == PAST
        return 2 - (joined and not both_past)

    def _clear(self, minute: int, parent: int, sign: int) -> None:
        """Count the regular sends other than its parent that a followup comes too near."""
        regular, clear = self.regular, self._problem.clearance
        at = bisect_left(regular, minute - clear + 1)
        while at < len(regular) and regular[at] < minute + clear:
            if regular[at] != parent:
                self.faults += sign
            at += 1
