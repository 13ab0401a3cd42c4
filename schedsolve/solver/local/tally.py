"""How often each type is used in a week: variety, caps, diversity and balance, kept up to date send by send."""

from __future__ import annotations

from ...constraints.preferences.balanced_week import MILLION, OFF_BALANCE
from .problem import CATEGORIES, Problem


class Tally:
    """Uses of types by plan week, with the `units` of variety and balance and the `faults` of caps and diversity."""

    def __init__(self, problem: Problem) -> None:
        week = problem.week
        self._problem = problem
        self.units = 0
        self.faults = 0
        self.uses = [[0] * len(problem.types) for _ in problem.weeks]
        self.placed = [[0] * len(CATEGORIES) for _ in problem.weeks]
        self.met = [[0] * len(CATEGORIES) for _ in problem.weeks]
        self.in_span = [[0] * len(problem.types) for _ in problem.spans]
        for past in week.past:
            kind = problem.number.get(past.send_type.key)
            day = week.horizon.day_of(past.minute)
            for span, days in enumerate(problem.spans):
                if kind is not None and day in days:
                    self.in_span[span][kind] += 1
        self._most = [[max(cap, before) for cap, before in zip(problem.cap, row, strict=True)] for row in self.in_span]
        self._lacking = [0] * len(problem.weeks)
        self._off_balance = [0] * len(problem.weeks)
        for number in range(len(problem.weeks)):
            self.recount(number)

    def put(self, day: int, kind: int) -> None:
        """A send of that type comes in."""
        problem = self._problem
        week, category = problem.week_of[day], problem.category[kind]
        uses, steps = self.uses[week], problem.variety[week][kind]
        count = uses[kind] = uses[kind] + 1
        if count < len(steps):
            self.units += steps[count] - steps[count - 1]
        if count == 1:
            self.met[week][category] += 1
        self.placed[week][category] += 1
        for span in problem.spans_of[day]:
            self.in_span[span][kind] += 1
            if self.in_span[span][kind] > self._most[span][kind]:
                self.faults += 1

    def take(self, day: int, kind: int) -> None:
        """A send of that type goes out again."""
        problem = self._problem
        week, category = problem.week_of[day], problem.category[kind]
        uses, steps = self.uses[week], problem.variety[week][kind]
        count = uses[kind]
        uses[kind] = count - 1
        if count < len(steps):
            self.units -= steps[count] - steps[count - 1]
        if count == 1:
            self.met[week][category] -= 1
        self.placed[week][category] -= 1
        for span in problem.spans_of[day]:
            if self.in_span[span][kind] > self._most[span][kind]:
                self.faults -= 1
            self.in_span[span][kind] -= 1

    def recount(self, week: int) -> None:
        """Bring diversity and balance of a plan week up to date, after its sends have changed."""
        lacking = self.lacking(week)
        off = self._hard_off(week) if self._problem.hard_balance else 0
        self.faults += lacking + off - self._lacking[week]
        self._lacking[week] = lacking + off
        if self._problem.balanced[week] and self._problem.bounds:
            off_balance = self._soft_off(week)
            self.units -= OFF_BALANCE * (off_balance - self._off_balance[week])
            self._off_balance[week] = off_balance

    def lacking(self, week: int) -> int:
        """Distinct types that a plan week still needs."""
        met, placed, floors = self.met[week], self.placed[week], self._problem.floors[week]
        return (
            max(0, min(floors[0], sum(placed)) - sum(met))
            + max(0, min(floors[1], placed[0]) - met[0])
            + max(0, min(floors[2], placed[1]) - met[1])
        )

    def _soft_off(self, week: int) -> int:
        placed = self.placed[week]
        total = sum(placed)
        return int(any(sign * (MILLION * placed[c] - share * total) < 0 for c, share, sign in self._problem.bounds))

    def _hard_off(self, week: int) -> int:
        """Shares out of bounds, counted where no quotas bind."""
        placed = self.placed[week]
        total = sum(placed)
        if not total:
            return 0
        revenue, engagement, retention = self._problem.shares
        return (placed[0] / total < revenue) + (placed[1] / total < engagement) + (placed[2] / total > retention)
