"""What all moves of local search share: random picks of a plan's sends, and days made anew with one change."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection
from random import Random

from .day import Day
from .problem import STYLES, Send
from .settle import WANTED, neighbours, settled
from .state import State
from .timing import GROUPS, POSITIONS

Change = tuple[int, Day]
"""A day's number, and the day that would take its place."""
SETTLE = 0.9
"""How often the stretches that a move touches are settled at once."""
OFF_PATTERN = 0.3
"""How often a new send's style is drawn, not taken from the pattern."""

TRIES = 3
"""Types drawn at most for one change of type."""


class Proposer:
    """Makes changed days of a state; the state itself stays as it is."""

    def __init__(self, state: State, chance: Random) -> None:
        self.state = state
        self.problem = state.problem
        self.random = chance.random

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        return int(self.random() * limit)

    def sends(self, day: int) -> list[Send]:
        """A copy of the day's sends."""
        return list(self.state.days[day].sends)

    def pick(self) -> tuple[int, int] | None:
        """A day and the place of one of its sends; None where that one is locked."""
        return self.pick_on(self.below(self.problem.days))

    def pick_on(self, day: int) -> tuple[int, int] | None:
        """The same on a given day."""
        sends = self.state.days[day].sends
        if not sends:
            return None
        place = self.below(len(sends))
        minute, kind, _, _ = sends[place]
        return None if (minute, kind) in self.problem.locked else (day, place)

    def day(self, day: int, sends: list[Send]) -> Change:
        """The day with these sends just so, under its strategy."""
        return day, Day(self.problem, day, sends, self.state.days[day].strategy)

    def changed(self, day: int, sends: list[Send], minutes: Collection[int]) -> Change:
        """The day with these sends, mostly with the stretches of these minutes settled."""
        stretches: Collection[int] = ()
        if self.random() < SETTLE:
            stretch_of = self.problem.clock.stretch_of
            stretches = [stretch_of[minute] for minute in minutes]
        return self.day(day, settled(self.state, day, sends, stretches))

    def send(self, day: int, minute: int, kind: int) -> Send:
        """A new send of that type: styled, and with a followup if it may have one."""
        return minute, kind, self._style(day, minute, kind), WANTED if self.problem.takes_followup[kind] else 0

    def _style(self, day: int, minute: int, kind: int) -> int:
        """The type's own style, mostly the pattern's next, or any."""
        problem = self.problem
        if not problem.rotated[kind]:
            return problem.fixed[kind]
        if self.random() < OFF_PATTERN:
            return self.below(len(STYLES))
        sends = self.state.days[day].sends
        earlier = sum(problem.rotated[send[1]] for send in sends if send[0] < minute)
        return problem.pattern[day][(self.state.position_before(day) + earlier) % 4]

    def kind(self, category: int, but: int = -1) -> int:
        """A random type of a category other than `but`, or `but` where there is no other."""
        kinds = self.problem.types_in[category]
        kind = kinds[self.below(len(kinds))] if kinds else but
        return kind if kind != but or len(kinds) == 1 else kinds[(kinds.index(kind) + 1) % len(kinds)]

    def other_kind(self, day: int, place: int) -> int:
        """Another type for a send of the day that its neighbours may leave room for; its own where none is found."""
        kind = self.state.days[day].sends[place][1]
        for _ in range(TRIES):
            other = self.kind(self.problem.category[kind], kind)
            if other != kind and self._room_for(day, place, other):
                return other
        return kind

    def _room_for(self, day: int, place: int, kind: int) -> bool:
        """A quick look at caps, at repeats on the day and at the type's sends on other days."""
        problem, state = self.problem, self.state
        in_span = state.tally.in_span
        if any(in_span[span][kind] >= problem.cap[kind] for span in problem.spans_of[day]):
            return False
        if self.repeats(day, place, kind):
            return False
        stretch = problem.clock.stretches[problem.clock.stretch_of[state.days[day].sends[place][0]]]
        start, gap = problem.clock.day_start, problem.gap[kind]
        before, after = neighbours(state.times.of_type[kind], start[day], start[day + 1])
        return before + gap < stretch.end and after - gap >= stretch.start

    def repeats(self, day: int, place: int, kind: int) -> bool:
        """Whether a type at some place of the day would meet itself in its category's sends."""
        problem, sends = self.problem, self.state.days[day].sends
        if not problem.no_repeat:
            return False
        category, own = problem.category, problem.category[kind]
        for at in range(place - 1, -1, -1):
            if category[sends[at][1]] == own:
                if sends[at][1] == kind:
                    return True
                break
        for at in range(place + 1, len(sends)):
            if category[sends[at][1]] == own:
                return sends[at][1] == kind
        return False

    def _stretch_with_room(self, day: int, sends: list[Send]) -> int | None:
        """A random stretch of the day in whose block one more send may stand beside those given."""
        clock = self.problem.clock
        blocks = [clock.block_of[send[0]] for send in sends]
        stretches = [
            stretch
            for stretch in clock.stretches_on[day]
            if blocks.count(clock.stretches[stretch].block) < self.problem.block_max_on[day]
        ]
        return stretches[self.below(len(stretches))] if stretches else None

    def squeezed(self, day: int, sends: list[Send], send: Send) -> list[Change]:
        """The day with a send put into a random stretch, whose sends are spread evenly to make room."""
        problem, clock = self.problem, self.problem.clock
        stretch = self._stretch_with_room(day, sends)
        if stretch is None:
            return []
        start, end = clock.stretches[stretch].start, clock.stretches[stretch].end
        before, after = neighbours(self.state.times.regular, start, end)
        spacing = problem.spacing_on[day]
        low, high = max(start, before + spacing), min(end - 1, after - spacing)
        held = [other for other in sends if start <= other[0] < end]
        others = [other for other in sends if not start <= other[0] < end]
        if any((other[0], other[1]) in problem.locked for other in held):
            return []
        held.insert(self.below(len(held) + 1), send)
        for place, (_, kind, style, followup) in enumerate(held):
            minute = low + (high - low) * place // max(1, len(held) - 1)
            while minute < high and not clock.open[minute]:
                minute += 1
            insort(others, (minute, kind, style, WANTED if followup else 0))
        if low > high or len({other[0] for other in others}) < len(others):
            return []
        return [self.changed(day, others, (start,))]

    def inserted(self, day: int, sends: list[Send], send: Send, touched: Collection[int]) -> list[Change]:
        """The day with a send put at one of the wishes of a random stretch."""
        problem, timing = self.problem, self.problem.timing
        stretch, stretch_of = self._stretch_with_room(day, sends), problem.clock.stretch_of
        if stretch is None:
            return []
        position = sum(stretch_of[other[0]] == stretch for other in sends)
        peaks = timing.peaks((stretch * POSITIONS + position) * GROUPS + timing.group[send[1]])
        minute = peaks[self.below(len(peaks))][1]
        if any(other[0] == minute for other in sends):
            return []
        insort(sends, (minute, *send[1:]))
        return [self.changed(day, sends, (*touched, minute))]
