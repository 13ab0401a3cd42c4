"""The grid of a week: which minutes are open, and the segments and positions that slots are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..constraints.draft import MinuteMask, Segment, Who
from ..errors import Problem, ScenarioError
from ..model.calendar import MINUTES_PER_DAY
from ..model.week import Week

MORNING_AFTER = 10 * 60
"""Minutes after the last day that followups may reach (the next morning's hour, with clearance)."""
NOON = 12 * 60
MOST_POSITIONS = 700
"""Positions in a model at most; the usual week has 84. Time and memory grow faster than their number."""


@dataclass(frozen=True)
class Place:
    """A segment with its open minutes and the number of positions that fit."""

    segment: Segment
    minutes: tuple[int, ...]
    positions: int
    earliest: tuple[int, ...]


class Grid:
    """Open minutes of the week, narrowed by rules before the slots are cut."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.length = week.horizon.length + MORNING_AFTER
        self.clock = np.zeros(self.length, dtype=np.int64)
        self.pieces = tuple(week.horizon.pieces(0, self.length))
        for piece in self.pieces:
            self.clock[piece.start : piece.end] = np.arange(piece.start, piece.end) - piece.midnight
        self.regular = np.ones(self.length, dtype=bool)
        self.regular[week.horizon.length :] = False
        self.followup = np.ones(self.length, dtype=bool)

    def forbid(self, minutes: MinuteMask, who: Who) -> None:
        """Close the masked minutes for regular sends, followups or both."""
        if who != "followup":
            self.regular &= ~minutes
        if who != "regular":
            self.followup &= ~minutes

    def segments(self) -> Iterator[Segment]:
        """Blocks, further cut at noon and where the clock jumps, in time order."""
        limit = self.week.measure.scenario.rules.block_limit
        block = limit.hours * 60 if limit.enabled else 4 * 60
        cuts = sorted({*range(0, MINUTES_PER_DAY + 1, block), NOON})
        for piece in self.pieces:
            if piece.day >= self.week.horizon.days:
                continue
            for low, high in pairwise(cuts):
                start = max(piece.start, piece.midnight + low)
                end = min(piece.end, piece.midnight + high)
                if start < end:
                    yield Segment(piece.day, low // block, start, end, piece.midnight)

    def places(self) -> list[Place]:
        """The segments that can hold a send, each with its positions."""
        limit = self.week.scenario.rules.block_limit
        places = []
        for segment in self.segments():
            minutes = np.flatnonzero(self.regular[segment.start : segment.end]) + segment.start
            most = self.week.quotas[segment.day].total
            whole = limit.window == "fixed" or limit.hours * 60 >= segment.end - segment.start
            if limit.enabled and whole:
                most = min(most, self.week.block_max(segment.day))
            earliest = _spaced(minutes.tolist(), self.week.spacing(segment.day), most)
            if earliest:
                places.append(Place(segment, tuple(minutes.tolist()), len(earliest), tuple(earliest)))
        asked = sum(place.positions for place in places)
        if asked > MOST_POSITIONS:
            message = f"needs {asked} positions for sends, at most {MOST_POSITIONS} can be planned at once"
            hint = "plan fewer days, or tighten block-limit or min-spacing"
            raise ScenarioError("scenario", [Problem(message, "rules", hint=hint)])
        return places


def _spaced(minutes: list[int], spacing: int, most: int) -> list[int]:
    """The earliest minutes at which a first, second, ... send can stand, at most `most` of them."""
    taken: list[int] = []
    for minute in minutes:
        if len(taken) == most:
            break
        if not taken or minute >= taken[-1] + spacing:
            taken.append(minute)
    return taken
