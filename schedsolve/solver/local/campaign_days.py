"""The best days for one family: among the days that hold a carrier, for every number of campaigns."""

from __future__ import annotations

from dataclasses import dataclass

from ...constraints.preferences.full_campaigns import EACH, MISSING, TOO_WIDE

Option = tuple[int, int]
"""Units without those of missing campaigns, and the chosen days as bits."""


@dataclass(frozen=True)
class FamilyDays:
    """A family's distances in days, the day of its last campaign before the plan, and the number it should reach."""

    nearest: int
    farthest: int
    last: int | None
    wanted: int

    def opens(self, day: int) -> bool:
        """Whether history lets a campaign run on a day."""
        return self.last is None or day - self.last >= self.nearest

    def missing(self, count: int) -> int:
        """Units lost by so few campaigns."""
        return MISSING * max(0, self.wanted - count)

    def step(self, before: int | None, day: int) -> int:
        """Units lost by a campaign so long after the one before it."""
        return EACH + TOO_WIDE * (before is not None and day - before > self.farthest)

    def options(self, carriers: int) -> dict[int, Option]:
        """The best choice of days for each number of campaigns; `carriers` are the days to choose from, as bits.

        Dynamic programme over the last day chosen. Days farther back than the most are all alike to a day, so that
        only their best is remembered.
        """
        days = [day for day in range(carriers.bit_length()) if carriers >> day & 1]
        ends: dict[int, dict[int, Option]] = {}
        far: dict[int, Option] = {}
        waiting = list(days)
        best: dict[int, Option] = {0: (0, 0)}
        for day in days:
            while waiting and waiting[0] < day - self.farthest:
                _merge(far, ends[waiting.pop(0)], 0, 0, 0)
            ends[day] = found = {}
            bit = 1 << day
            if self.opens(day):
                found[1] = (-self.step(self.last, day), bit)
            _merge(found, far, EACH + TOO_WIDE, bit, 1)
            for before in waiting:
                if before > day - self.nearest:
                    break
                _merge(found, ends[before], EACH, bit, 1)
            _merge(best, found, 0, 0, 0)
        return best


def _merge(into: dict[int, Option], options: dict[int, Option], lost: int, bit: int, more: int) -> None:
    """Keep the better of two choices for each number, the second with so much lost, a day and a count more."""
    for count, (units, chosen) in options.items():
        option = (units - lost, chosen | bit)
        if option > into.get(count + more, (option[0] - 1, 0)):
            into[count + more] = option
