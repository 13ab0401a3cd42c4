"""Rule `variation-metadata`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import Category
from ..model.timetable import Metadata, Send, Timetable
from .rule import Rule, Violation
from .wording import hhmm, sent

SHIFTS = (-20, -15, 0, 15, 20)
"""The stated morning and evening offsets, in minutes."""


@dataclass(frozen=True)
class VariationMetadata(Rule):
    """Every regular send that is not locked tells how its minute came about, and its parts add up to it."""

    id = "variation-metadata"
    severity = "medium"
    needs = ("metadata",)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends that tell nothing, or something that cannot be."""
        for send in plan.regular:
            if send.locked:
                continue
            if send.metadata is None:
                yield self.broken(send.id, 1, f"{sent(plan.week, send)} carries no variation metadata")
                continue
            faults = [*_time_faults(send, send.metadata), *_story_faults(plan, send, send.metadata)]
            if faults:
                yield self.broken(send.id, len(faults), f"{sent(plan.week, send)}: {'; '.join(faults)}")


def _time_faults(send: Send, told: Metadata) -> Iterator[str]:
    """Whether base + shift + jitter + adjustment is the local time, from allowed parts."""
    if not 0 <= told.base_hour <= 23 or not 0 <= told.base_minute <= 59:
        yield f"base {told.base_hour}:{told.base_minute} is no time of day"
    if told.base_minute != 0 and not told.fallback_used:
        yield f"base minute {told.base_minute} is not 0, and the place is no fallback"
    if told.time_shift not in SHIFTS:
        yield f"time_shift {told.time_shift} is none of {', '.join(str(shift) for shift in SHIFTS)}"
    parts = (told.base_hour * 60 + told.base_minute, told.time_shift, told.jitter, told.adjustment_minutes)
    if sum(parts) % (24 * 60) != send.clock:
        terms = " ".join(f"{part:+d}" for part in parts[1:])
        yield f"{hhmm(parts[0])} {terms} min does not make {hhmm(send.clock)}"
    if told.time_adjusted != (told.adjustment_minutes != 0):
        yield f"time_adjusted is {told.time_adjusted} with an adjustment of {told.adjustment_minutes} min"


def _story_faults(plan: Timetable, send: Send, told: Metadata) -> Iterator[str]:
    """Whether reasons, strategy and prime hours are told where they belong, and only there."""
    if told.time_adjusted != bool(told.adjustment_reason):
        yield f"time_adjusted is {told.time_adjusted} with adjustment_reason {told.adjustment_reason!r}"
    if told.fallback_used != bool(told.reason):
        yield f"fallback_used is {told.fallback_used} with reason {told.reason!r}"
    strategy = plan.strategy(send.day)
    if told.daily_strategy is not None and strategy is not None and told.daily_strategy != strategy:
        yield f"daily_strategy is {told.daily_strategy}, the day's is {strategy}"
    if send.category is Category.REVENUE and not told.prime_hours_used:
        yield "a revenue send without prime_hours_used"
