"""The sends of a week so far, in time order, and what they allow next: the rules in plain arithmetic."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from schedsolve.model.catalog import FOLLOWUP, GUARDED_STYLES, SendType, Style
from schedsolve.model.week import Week
from schedsolve.solver.decode import DecidedSend

NOON = 12 * 60


@dataclass(frozen=True)
class Weeks:
    """A week with its days grouped as the rules count them."""

    week: Week

    @cached_property
    def of_plan(self) -> dict[int, range]:
        """For every day, its week of the plan."""
        return {day: days for days in self.week.horizon.plan_weeks for day in days}

    @cached_property
    def capped(self) -> dict[int, list[range]]:
        """For every day, history's last seven included, the weeks over which caps count it."""
        horizon = self.week.horizon
        spans = dict.fromkeys((*horizon.calendar_weeks, *horizon.plan_weeks))
        return {day: [days for days in spans if day in days] for day in range(-7, horizon.days)}


@dataclass
class Trail:
    """What went out so far. `today` is the place in `sends` at which the current day begins."""

    weeks: Weeks
    sends: list[DecidedSend] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    today: int = 0
    _last: dict[str, int] = field(default_factory=dict)
    _style: Style | None = None
    _uses: Counter[tuple[range, str]] = field(default_factory=Counter)
    _clocks: Counter[tuple[range, int]] = field(default_factory=Counter)

    @classmethod
    def after_history(cls, weeks: Weeks) -> Trail:
        """The trail that history leaves: no sends of its own, but gaps, caps, spacing and the last style."""
        trail = cls(weeks)
        for send in weeks.week.past:
            trail._last[send.send_type.key] = send.minute
            for days in weeks.capped.get(weeks.week.horizon.day_of(send.minute), ()):
                trail._uses[days, send.send_type.key] += 1
            if send.send_type.key != FOLLOWUP:
                trail.moments.append(send.minute)
            if send.send_type.ppv:
                trail._style = send.style
        return trail

    def next_day(self) -> Trail:
        """A copy on which another day begins."""
        return Trail(
            self.weeks,
            [*self.sends],
            [*self.moments],
            len(self.sends),
            {**self._last},
            self._style,
            self._uses.copy(),
            self._clocks.copy(),
        )

    def worn_clocks(self, day: int, most: int) -> set[int]:
        """The clock times that this week of the plan has used `most` times."""
        days = self.weeks.of_plan[day]
        return {clock for (span, clock), uses in self._clocks.items() if span == days and uses >= most}

    def fresh(self, day: int, row: SendType) -> bool:
        """Whether this week of the plan has not used a type yet."""
        return not self._uses[self.weeks.of_plan[day], row.key]

    def admits(self, day: int, minute: int, row: SendType) -> bool:
        """Whether a type may go out at a minute: gap, caps, no repeat within its category, and a style left."""
        if row.key in self._last and minute < self._last[row.key] + row.gap_minutes:
            return False
        if row.weekly_cap is not None and row.weekly_cap <= max(
            self._uses[days, row.key] for days in self.weeks.capped[day]
        ):
            return False
        category = [send.send_type.key for send in self._day if send.send_type.category is row.category]
        if category[-1:] == [row.key]:
            return False
        return not row.ppv or bool(self.styles(minute, row))

    def styles(self, minute: int, row: SendType) -> list[Style]:
        """The styles that a pay-per-view send may have at a minute."""
        week = self.weeks.week
        morning = week.horizon.clock(minute) < NOON
        half = [send.style for send in self._day if (week.horizon.clock(send.minute) < NOON) == morning]
        most = week.scenario.rules.style_am_pm.max
        return [
            style
            for style in row.styles
            if style not in GUARDED_STYLES or (style is not self._style and half.count(style) < most)
        ]

    def add(self, send: DecidedSend) -> None:
        """Let a send go out after all others."""
        self.sends.append(send)
        self.moments.append(send.minute)
        self._last[send.send_type.key] = send.minute
        for days in self.weeks.capped[send.day]:
            self._uses[days, send.send_type.key] += 1
        self._clocks[self.weeks.of_plan[send.day], self.weeks.week.horizon.clock(send.minute)] += 1
        if send.send_type.ppv:
            self._style = send.style

    @property
    def _day(self) -> list[DecidedSend]:
        return self.sends[self.today :]
