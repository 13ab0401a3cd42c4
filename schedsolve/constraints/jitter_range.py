"""Rule `jitter-range`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import sent

LOWEST = -7
HIGHEST = 8
"""Bounds of any creator's jitter, in minutes."""


@dataclass(frozen=True)
class JitterRange(Rule):
    """A send's jitter lies within -7..+8 minutes and within the creator's amplitude."""

    id = "jitter-range"
    severity = "high"
    needs = ("metadata",)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Regular sends moved too far."""
        low = max(LOWEST, plan.week.jitter_low)
        high = min(HIGHEST, plan.week.jitter_high)
        for send in plan.regular:
            if send.metadata is None:
                continue
            jitter = send.metadata.jitter
            if not low <= jitter <= high:
                yield self.broken(
                    send.id,
                    low - jitter if jitter < low else jitter - high,
                    f"{sent(plan.week, send)} has a jitter of {jitter:+d} min; {low:+d} to {high:+d} are allowed",
                )
