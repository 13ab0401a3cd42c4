"""The ranges of a week in lists: which types a range counts, how many a day may hold, and how many it should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...model.capacity import day_capacity
from ...model.catalog import Category
from ...model.range_reach import most_among
from ...model.ranged import Ranged
from ...model.week import Week


@dataclass(frozen=True)
class DayCounts:
    """One range: `counts` by type, the `most` on any day, the `least` by day.

    `reach` tells how many sends of its `category` (a number) can be of the kind at most.
    """

    counts: Sequence[bool]
    most: int
    least: Sequence[int]
    category: int
    reach: Sequence[int]

    def lacking(self, day: int, placed: Sequence[int]) -> int:
        """Sends that a day lacks at least with so many placed of each category."""
        return max(0, self.least[day] - self.reach[placed[self.category]])


def count_ranges(week: Week) -> list[DayCounts]:
    """The ranges that the week asks for; none for most weeks."""
    found = []
    for kind in Ranged:
        asked = week.count_range(kind)
        if asked is not None:
            counts = [kind.covers(row) for row in week.types.values()]
            least = [week.least(kind, day) for day in week.days]
            rooms = max(max(day_capacity(week, day).most, week.quotas[day].total) for day in week.days)
            reach = [most_among(week, kind, room) for room in range(rooms + 1)]
            found.append(DayCounts(counts, asked.high, least, tuple(Category).index(kind.category), reach))
    return found
