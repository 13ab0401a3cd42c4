"""Where the sends of a day may stand, and drawing their minutes there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from schedsolve.model.calendar import MINUTES_PER_DAY
from schedsolve.model.week import Week

from .dice import Dice


@dataclass(frozen=True)
class Ground:
    """The open minutes of a week, and drawing of minutes that keep spacing and block limit."""

    week: Week

    @cached_property
    def days(self) -> tuple[tuple[int, ...], ...]:
        """Per day, the minutes that window, avoid hours, round minutes and blackouts leave open."""
        return tuple(tuple(chain.from_iterable(blocks)) for blocks in self.blocks)

    @cached_property
    def blocks(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """The same minutes, by block of the local clock."""
        return tuple(tuple(map(tuple, self._open(day).values())) for day in self.week.days)

    def _open(self, day: int) -> dict[int, list[int]]:
        start, end = self.week.horizon.day_start(day), self.week.horizon.day_start(day + 1)
        width = self.week.scenario.rules.block_limit.hours * 60
        closed = {
            minute for span in self.week.blackouts for minute in range(max(span.start, start), min(span.end, end))
        }
        blocks: dict[int, list[int]] = {}
        for piece in self.week.horizon.pieces(start, end):
            for minute in range(piece.start, piece.end):
                if minute - piece.midnight in self._usable and minute not in closed:
                    blocks.setdefault((minute - piece.midnight) // width, []).append(minute)
        return blocks

    @cached_property
    def _usable(self) -> frozenset[int]:
        return frozenset(filter(self.usable, range(MINUTES_PER_DAY)))

    def usable(self, clock: int) -> bool:
        """Whether a local minute of the day is in the active window, not to be avoided and not round."""
        rules = self.week.scenario.rules
        return (
            clock_of(rules.active_window.start) <= clock <= clock_of(rules.active_window.end)
            and clock // 60 not in rules.avoid_hours.hours
            and clock % 60 % rules.round_minute.step != 0
        )

    def places(self, day: int) -> int:
        """How many sends the open minutes of a day hold by spacing and block limit: earliest first is most."""
        return self._fit(self.blocks[day])

    def _fit(self, blocks: Sequence[tuple[int, ...]]) -> int:
        limit, spacing = self.week.scenario.rules.block_limit, self.week.scenario.rules.min_spacing.minutes
        window = limit.hours * 60 if limit.window == "rolling" else 0
        taken: list[int] = []
        for block in blocks:
            before = len(taken)
            for minute in block:
                full = not window and len(taken) - before == limit.max
                crowded = window and len(taken) >= limit.max and minute < taken[-limit.max] + window
                if not full and not crowded and (not taken or minute >= taken[-1] + spacing):
                    taken.append(minute)
        return len(taken)

    def draw(
        self, day: int, count: int, before: Sequence[int], used_up: Set[int], dice: Dice
    ) -> tuple[int, ...] | None:
        """`count` minutes of a day, spread evenly; None where the draw ran into a corner.

        `before` holds the minutes of all regular sends so far, `used_up` the clock times that may not come again.
        """
        rules, horizon = self.week.scenario.rules, self.week.horizon
        spacing, limit = rules.min_spacing.minutes, rules.block_limit
        window = limit.hours * 60 if limit.window == "rolling" else 0
        runs = self._runs(day, count, dice)
        if runs is None:
            return None
        last = _latest(runs, spacing, limit.max, window)
        if last is None:
            return None
        taken = list(before)
        for place, run in enumerate(runs):
            low = taken[-1] + spacing if taken else 0
            if window and len(taken) >= limit.max:
                low = max(low, taken[-limit.max] + window)
            room = run[bisect_left(run, low) : bisect_right(run, last[place])]
            if used_up:
                room = tuple(minute for minute in room if horizon.clock(minute) not in used_up)
            if not room:
                return None
            rest = sum(other is run for other in runs[place:])
            taken.append(room[int((1 - (1 - dice.roll()) ** (1 / rest)) * len(room))])
        return tuple(taken[len(before) :])

    def _runs(self, day: int, count: int, dice: Dice) -> list[tuple[int, ...]] | None:
        """For every send in time order, the open minutes it is drawn from: those of its block, or of the day."""
        limit = self.week.scenario.rules.block_limit
        if limit.window == "rolling":
            return [self.days[day]] * count
        runs = self.blocks[day]
        room = [self._fit([run]) for run in runs]
        if count > sum(room):
            return None
        held = [0] * len(runs)
        for _ in range(count):
            weights = [len(run) * (most - now) / most for run, most, now in zip(runs, room, held, strict=True)]
            held[dice.weighted(range(len(runs)), weights)] += 1
        return [run for run, number in zip(runs, held, strict=True) for _ in range(number)]


def clock_of(hhmm: str) -> int:
    """HH:MM -> minute of the day."""
    return int(hhmm[:2]) * 60 + int(hhmm[3:])


def _latest(runs: Sequence[tuple[int, ...]], spacing: int, most: int, window: int) -> list[int] | None:
    """The latest minute of every send that leaves room for the sends after it; None when they do not fit at all."""
    latest = [0] * len(runs)
    for place in reversed(range(len(runs))):
        high = runs[place][-1]
        if place + 1 < len(runs):
            high = min(high, latest[place + 1] - spacing)
        if window and place + most < len(runs):
            high = min(high, latest[place + most] - window)
        at = bisect_right(runs[place], high)
        if not at:
            return None
        latest[place] = runs[place][at - 1]
    return latest
