"""A valid plan by trial and error alone: no solver, only arithmetic in time order.

A day is drawn minute by minute and type by type so that every rule holds with what went out before it. A day that
fails too often takes the day before it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from schedsolve.model.catalog import Category, SendType
from schedsolve.model.week import Week
from schedsolve.solver.decode import DecidedSend, Decision

from .dice import Dice
from .ground import Ground
from .trail import Trail, Weeks
from .trimmings import followups_of, strategies_of

DAY_DRAWS = 40
"""Draws of one day before the day before is taken back (or, where sends may be missing, the best draw is kept)."""
DAYS_DRAWN = 6
"""Days drawn for a plan at most, for each day that it has."""
FRESH = 4.0
"""Weight of a type not used in this week of the plan, against 1 for the others."""


@dataclass(frozen=True)
class Construction:
    """Draws a plan of a week; `lenient` lets sends be missing."""

    week: Week
    dice: Dice
    lenient: bool = False

    @cached_property
    def _ground(self) -> Ground:
        return Ground(self.week)

    def decide(self) -> Decision | None:
        """A plan, or None where luck ran out. Where sends may be missing it has as many as the draws allow."""
        trail = self._trail()
        if trail is None:
            return None
        placed = Counter((send.day, send.send_type.category) for send in trail.sends)
        wanted = {(day, kind): self.week.quotas[day].of(kind) for day in self.week.days for kind in Category}
        missing = {key: count - placed[key] for key, count in wanted.items() if count > placed[key]}
        followups = followups_of(self._ground, trail, self.dice)
        return Decision(tuple(trail.sends), followups, strategies_of(self.week, self.dice), missing)

    def _trail(self) -> Trail | None:
        """All regular sends."""
        trails = [Trail.after_history(Weeks(self.week))]
        for _ in range(DAYS_DRAWN * len(self.week.days)):
            day = len(trails) - 1
            trail = self._day(day, trails[-1])
            if trail is None:
                del trails[max(1, day) :]
                continue
            trails.append(trail)
            if len(trails) > len(self.week.days):
                return trails[-1]
        return None

    def _day(self, day: int, before: Trail) -> Trail | None:
        """The trail with one day more; None when no draw held all sends that are wanted."""
        wanted = min(self.week.quotas[day].total, self._ground.places(day))
        if wanted < self.week.quotas[day].total and not self.lenient:
            return None
        best: Trail | None = None
        for _ in range(DAY_DRAWS):
            trail = self._draw(day, wanted, before)
            if trail is None:
                continue
            if len(trail.sends) - len(before.sends) == wanted:
                return trail
            if best is None or len(trail.sends) > len(best.sends):
                best = trail
        return best

    def _draw(self, day: int, count: int, before: Trail) -> Trail | None:
        worn = before.worn_clocks(day, self.week.scenario.rules.clock_repeat.max)
        minutes = self._ground.draw(day, count, before.moments, worn, self.dice)
        if minutes is None:
            return None
        trail = before.next_day()
        left = {category: self.week.quotas[day].of(category) for category in Category}
        for minute in minutes:
            options = dict(self._options(day, minute, left, trail))
            if options:
                row = self.dice.weighted(list(options), list(options.values()))
                left[row.category] -= 1
                style = self.dice.pick(trail.styles(minute, row)) if row.ppv else None
                trail.add(DecidedSend(minute, day, row, style))
            elif not self.lenient:
                return None
        return trail

    def _options(
        self, day: int, minute: int, left: Mapping[Category, int], trail: Trail
    ) -> Iterator[tuple[SendType, float]]:
        """The types that may go out at a minute, each with its weight: a category's is what it still wants."""
        for category, wanted in left.items():
            rows = [row for row in self.week.types_in(category) if wanted and trail.admits(day, minute, row)]
            weights = [FRESH if trail.fresh(day, row) else 1.0 for row in rows]
            for row, weight in zip(rows, weights, strict=True):
                yield row, wanted * weight / sum(weights)
