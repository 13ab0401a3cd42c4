"""How many regular sends a day can take at most, by arithmetic on its open minutes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .catalog import Category
from .week import Week


@dataclass(frozen=True)
class Capacity:
    """An upper limit on a day's regular sends, and the rules that make it."""

    most: int
    binding: tuple[str, ...]


def day_capacity(week: Week, day: int) -> Capacity:
    """What fits by spacing, cut by the block limit: block by block, or in any such window when it rolls."""
    rules = week.scenario.rules
    spacing = week.spacing(day)
    limit = rules.block_limit
    runs = list(_open_by_block(week, day).values())
    rolling = limit.enabled and limit.window == "rolling"
    if rolling:
        runs = [[minute for run in runs for minute in run]]
    most, binding = 0, set[str]()
    for minutes in runs:
        free = fits = _fit(minutes, spacing)
        if rolling:
            fits = _fit(minutes, spacing, limit.max, limit.hours * 60)
        elif limit.enabled:
            fits = min(free, week.block_max(day))
        most += fits
        binding.add("block-limit" if fits < free else "min-spacing")
    if _blacked_out(week, day):
        binding.add("blackout")
    return Capacity(most, tuple(sorted(binding)))


def unplaceable(week: Week) -> tuple[int, ...]:
    """Per day, the sends that no plan can place: over the day's capacity, or of a category without types."""
    if not week.scenario.rules.daily_quota.enabled:
        return (0,) * len(week.days)
    lost = []
    for day in week.days:
        quota = week.quotas[day]
        typeless = sum(quota.of(category) for category in Category if not week.types_in(category))
        lost.append(max(typeless, quota.total - day_capacity(week, day).most, 0))
    return tuple(lost)


def _fit(minutes: Sequence[int], spacing: int, most: int = 0, window: int = 0) -> int:
    """How many sends fit at `spacing`, earliest first, at most `most` in any half-open `window` (0: no such limit)."""
    taken: list[int] = []
    for minute in minutes:
        spaced = not taken or minute >= taken[-1] + spacing
        if spaced and (not most or len(taken) < most or minute >= taken[-most] + window):
            taken.append(minute)
    return len(taken)


def _blacked_out(week: Week, day: int) -> bool:
    start, end = week.horizon.day_start(day), week.horizon.day_start(day + 1)
    return week.scenario.rules.blackout.enabled and any(
        span.start < end and span.end > start for span in week.blackouts
    )


def _open_by_block(week: Week, day: int) -> dict[int, list[int]]:
    """The day's minutes that window, avoid hours, round minutes and blackouts leave open, by block of the clock."""
    rules = week.scenario.rules
    width = rules.block_limit.hours * 60 if rules.block_limit.enabled else 240
    opens, closes = (0, 1439)
    if rules.active_window.enabled:
        opens, closes = (int(t[:2]) * 60 + int(t[3:]) for t in (rules.active_window.start, rules.active_window.end))
    avoided = week.avoided_hours(day) if rules.avoid_hours.enabled else frozenset()
    spans = week.blackouts if rules.blackout.enabled else ()
    step = rules.round_minute.step if rules.round_minute.enabled else 0
    blocks: dict[int, list[int]] = {}
    for piece in week.horizon.pieces(week.horizon.day_start(day), week.horizon.day_start(day + 1)):
        for minute in range(piece.start, piece.end):
            clock = minute - piece.midnight
            if not opens <= clock <= closes or clock // 60 in avoided or (step and clock % 60 % step == 0):
                continue
            if spans and any(span.start <= minute < span.end for span in spans):
                continue
            blocks.setdefault(clock // width, []).append(minute)
    return blocks
