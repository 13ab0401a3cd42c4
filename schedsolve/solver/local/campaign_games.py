"""The best families for the games of a week: spin the wheel's, or that of all other games."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .campaign_days import FamilyDays

Run = tuple[int, int, int, int]
"""Faults, units lost, and the days of the two families as bits."""


@dataclass(frozen=True)
class GameDays:
    """The two families that share the games; where they are `bound`, every game must be of one of them."""

    spin: FamilyDays
    other: FamilyDays
    bound: bool

    def options(self, games: Mapping[int, int]) -> dict[int, Run]:
        """The fewest faults, then the least units lost (missing campaigns included), for each number of campaigns.

        `games` counts them by day, in order. A third game of a day is a fault, and so is a distance that is too short.
        Dynamic programme over the last day of each family.
        """
        runs: dict[tuple[int | None, int | None, int, int], Run] = {
            (self.spin.last, self.other.last, 0, 0): (0, 0, 0, 0)
        }
        for day, count in games.items():
            following: dict[tuple[int | None, int | None, int, int], Run] = {}
            for (spun, played, spins, others), run in runs.items():
                for spin, other in self._ways(count):
                    faults, lost, spin_days, other_days = run
                    faults += max(0, count - 2) if self.bound else 0
                    key = (day if spin else spun, day if other else played, spins + spin, others + other)
                    if spin:
                        faults, lost = faults + _near(self.spin, spun, day), lost + self.spin.step(spun, day)
                        spin_days |= 1 << day
                    if other:
                        faults, lost = faults + _near(self.other, played, day), lost + self.other.step(played, day)
                        other_days |= 1 << day
                    way = (faults, lost, spin_days, other_days)
                    following[key] = min(way, following.get(key, way))
            runs = following
        best: dict[int, Run] = {}
        for (_, _, spins, others), (faults, lost, spin_days, other_days) in runs.items():
            way = (faults, lost + self.spin.missing(spins) + self.other.missing(others), spin_days, other_days)
            best[spins + others] = min(way, best.get(spins + others, way))
        least = min(way[0] for way in best.values())
        return {count: way for count, way in best.items() if way[0] == least}

    def _ways(self, count: int) -> tuple[tuple[int, int], ...]:
        """Which of the two run on a day with so many games."""
        if self.bound:
            return ((1, 1),) if count > 1 else ((1, 0), (0, 1))
        return ((0, 0), (1, 0), (0, 1), (1, 1)) if count > 1 else ((0, 0), (1, 0), (0, 1))


def _near(family: FamilyDays, before: int | None, day: int) -> int:
    return int(before is not None and day - before < family.nearest)
