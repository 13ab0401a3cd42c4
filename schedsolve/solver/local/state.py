"""The whole week of a method: its days, and what couples them, kept up to date by the sends that change.

`units` and `faults` are the judge's: the same units to the last one, and no fault exactly where no rule is broken.
Swapping a day in costs a few lookups for each send that differs; swapping the old one back in undoes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...constraints.preferences.rotation_adherence import ADHERED
from .campaigns import Running
from .day import Day
from .problem import GUARDED, NO_STYLE, Problem, Send
from .tally import Tally
from .times import Times


class State:
    """A plan. Day number `problem.days` is the eve's: it holds history's open parents, and only followups change."""

    def __init__(self, problem: Problem, strategies: Sequence[int]) -> None:
        self.problem = problem
        self.times = Times(problem)
        self.tally = Tally(problem)
        self.days = [Day(problem, day, [], strategy) for day, strategy in enumerate(strategies)]
        parents = problem.followups.open_parents
        eve = [(parent.minute, place, NO_STYLE, 0) for place, parent in enumerate(parents)]
        self.days.append(Day(problem, problem.days, eve, 0))
        self._day_units = problem.constant + sum(day.units for day in self.days)
        self._day_faults = sum(day.faults for day in self.days)
        self.missing = sum(day.missing for day in self.days)
        self._adhered = [0] * len(problem.periods)
        self.strategy_faults = self._count_strategy_faults()
        self._border_faults = 0
        self.campaigns = None if problem.campaigns is None else Running(problem.campaigns, problem.days)
        self.campaign_faults, self._campaign_units = self._count_campaigns()

    @property
    def units(self) -> int:
        """Thousandths of a point, as the judge counts them."""
        return self._day_units + self.tally.units + ADHERED * sum(self._adhered) + self._campaign_units

    @property
    def faults(self) -> int:
        """How often a rule is broken."""
        days = self._day_faults + self.times.faults + self.tally.faults
        return days + self.strategy_faults + self._border_faults + self.campaign_faults

    def swap(self, day: int, new: Day) -> Day:
        """Put another day in the place of one, and hand back the old one."""
        old = self.days[day]
        self.days[day] = new
        self._day_units += new.units - old.units
        self._day_faults += new.faults - old.faults
        self.missing += new.missing - old.missing
        self._swap_sends(day, old.sends, new.sends)
        if old.first != new.first or old.last != new.last:
            self._border_faults = self._count_border_faults()
        if old.rotated != new.rotated:
            period = self.problem.period_of[day]
            self._adhered[period] = self._count_adhered(period)
        if old.strategy != new.strategy:
            self.strategy_faults = self._count_strategy_faults()
        if old.shown != new.shown and self.campaigns is not None:
            self.campaigns.show(day, new.shown)
            self.campaign_faults, self._campaign_units = self._count_campaigns()
        return old

    def _swap_sends(self, day: int, old: list[Send], new: list[Send]) -> None:
        """Take out what is gone and put in what has come; what both have at either end stays."""
        first, shorter = 0, min(len(old), len(new))
        while first < shorter and old[first] == new[first]:
            first += 1
        last = 0
        while last < shorter - first and old[-1 - last] == new[-1 - last]:
            last += 1
        gone, come = old[first : len(old) - last], new[first : len(new) - last]
        times, tally = self.times, self.tally
        regular = day < self.problem.days
        for send in gone:
            times.take(day, send)
            if regular:
                tally.take(day, send[1])
        for send in come:
            times.put(day, send)
            if regular:
                tally.put(day, send[1])
        if regular and [send[1] for send in gone] != [send[1] for send in come]:
            tally.recount(self.problem.week_of[day])

    def _count_campaigns(self) -> tuple[int, int]:
        """Faults and units of the campaigns that the sends leave room for."""
        return (0, 0) if self.campaigns is None else (self.campaigns.faults, self.campaigns.units)

    def _count_border_faults(self) -> int:
        """Guarded styles that meet across the night."""
        if not self.problem.back_to_back:
            return 0
        faults, before = 0, self.problem.style_before
        for day in self.days[:-1]:
            if day.first is None:
                continue
            faults += day.first == before and GUARDED[before]
            before = day.last if day.last is not None else before
        return faults

    def _count_adhered(self, period: int) -> int:
        """Rotation-styled sends of a period that carry the pattern's next style."""
        problem = self.problem
        position, adhered = problem.first_position if period == 0 else 0, 0
        for day in problem.periods[period]:
            pattern = problem.pattern[day]
            for style in self.days[day].rotated:
                adhered += style == pattern[position % 4]
                position += 1
        return adhered

    def position_before(self, day: int) -> int:
        """The running position in the rotation pattern with which a day starts."""
        problem = self.problem
        period = problem.period_of[day]
        position = problem.first_position if period == 0 else 0
        return position + sum(len(self.days[d].rotated) for d in problem.periods[period] if d < day)

    def _count_strategy_faults(self) -> int:
        """Strategies repeated on the next day, and weeks with too few of them."""
        problem, faults = self.problem, 0
        before = problem.strategy_before
        for day in self.days[: problem.days]:
            faults += day.strategy == before and not problem.may_repeat
            before = day.strategy
        for days, wanted in zip(problem.weeks, problem.strategies_wanted, strict=True):
            faults += max(0, wanted - len({self.days[day].strategy for day in days}))
        return faults
