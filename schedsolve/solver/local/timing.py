"""What a minute is worth to a send: timing tables by stretch, position and importance, made when first asked for."""

from __future__ import annotations

from ...constraints.preferences.followup_offset import FollowupOffset
from ...constraints.preferences.send_timing import PER_MINUTE, SendTiming
from ...model.catalog import Category
from ...model.timing import Perch, perches
from ...model.week import Week
from .clock import NOON, Clock

POSITIONS, GROUPS = 256, 8
"""Positions in a stretch and groups of types that a table's key has room for."""
Peak = tuple[int, int]
"""Units earned, and the absolute minute that earns them."""


class Timing:
    """Tables of units by minute of a stretch. `group[t]` joins types of one category and one importance."""

    def __init__(self, week: Week, clock: Clock) -> None:
        self._week = week
        self._clock = clock
        importance = SendTiming.of(week).importance
        self._groups: list[tuple[Category, int]] = []
        self.group: list[int] = []
        for key, row in week.types.items():
            member = (row.category, importance[key])
            if member not in self._groups:
                self._groups.append(member)
            self.group.append(self._groups.index(member))
        self.start = [stretch.start for stretch in clock.stretches]
        self.tables: dict[int, list[int]] = {}
        self._peaks: dict[int, list[Peak]] = {}
        self._perches: dict[tuple[int, int, Category], list[Perch]] = {}
        self._offset = FollowupOffset.of(week)
        self._wishes: dict[int, int] = {}

    @staticmethod
    def key(stretch: int, position: int, group: int) -> int:
        """The number of a table."""
        return (stretch * POSITIONS + position) * GROUPS + group

    def table(self, key: int) -> list[int]:
        """Units by minute of the stretch; the best perch in reach counts, as in `send-timing`."""
        made = self.tables.get(key)
        if made is None:
            made = self.tables[key] = self._made(key)
        return made

    def _made(self, key: int) -> list[int]:
        place, group = divmod(key, GROUPS)
        stretch, position = divmod(place, POSITIONS)
        category, importance = self._groups[group]
        start, end = self._clock.stretches[stretch].start, self._clock.stretches[stretch].end
        best: list[int | None] = [None] * (end - start)
        for perch in self._perches_of(stretch, position, category):
            earned = importance * perch.weight // 1000
            for minute in range(perch.low, perch.high + 1):
                units = earned - PER_MINUTE * abs(minute - perch.target)
                before = best[minute - start]
                if before is None or units > before:
                    best[minute - start] = units
        return [0 if units is None else units for units in best]

    def _perches_of(self, stretch: int, position: int, category: Category) -> list[Perch]:
        wanted = (stretch, position, category)
        if wanted not in self._perches:
            self._perches[wanted] = list(perches(self._week, category, self._clock.stretches[stretch], position))
        return self._perches[wanted]

    def peaks(self, key: int) -> list[Peak]:
        """The open minutes nearest to each wish of that place, dearest first."""
        made = self._peaks.get(key)
        if made is None:
            made = self._peaks[key] = self._found_peaks(key)
        return made

    def _found_peaks(self, key: int) -> list[Peak]:
        place, group = divmod(key, GROUPS)
        stretch, position = divmod(place, POSITIONS)
        start, table, is_open = self.start[stretch], self.table(key), self._clock.open
        found: set[Peak] = set()
        for perch in self._perches_of(stretch, position, self._groups[group][0]):
            near = [minute for minute in range(perch.low, perch.high + 1) if is_open[minute]]
            if near:
                minute = min(near, key=lambda minute: (abs(minute - perch.target), minute))
                found.add((table[minute - start], minute))
        return sorted(found, reverse=True)

    def wish(self, stretch: int, position: int) -> int:
        """The drawn delay of a followup whose parent stands there."""
        place = stretch * POSITIONS + position
        drawn = self._wishes.get(place)
        if drawn is None:
            at = self._clock.stretches[stretch]
            drawn = self._offset.drawn(at.day, at.block, at.start - at.midnight < NOON, position)
            self._wishes[place] = drawn
        return drawn
