"""Where on the clock a send would like to stand: preferred hours, shifts and seeded minutes.

A *perch* is one seeded wish inside a segment: a preferred hour with its shift and jitter, or (a fallback) a quarter of
any other hour with its jitter. `target` is base + shift + jitter on the absolute axis.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .catalog import Category
from .week import Week

ENGAGEMENT_HOURS = (9, 10, 11, 14, 15, 16)
RETENTION_HOURS = (16, 17, 18)
EVEN_DAY_SHIFT = {Category.REVENUE: 20, Category.ENGAGEMENT: -15, Category.RETENTION: 0}
ODD_DAY_SHIFT = {Category.REVENUE: -20, Category.ENGAGEMENT: 15, Category.RETENTION: 0}
REACH = 30
"""Minutes by which a send may miss base + shift and still count as standing at that hour."""
PREFERRED_WEIGHT, HOURLY_WEIGHT = 600, 400
"""Thousandths of a send's timing importance: for a preferred hour, and for the hour's performance weight."""


@dataclass(frozen=True)
class Perch:
    """One wish: `target` within [low, high] absolute minutes, worth `weight` thousandths of the send's importance."""

    base_hour: int
    base_minute: int
    shift: int
    jitter: int
    target: int
    low: int
    high: int
    weight: int
    fallback: bool


@dataclass(frozen=True)
class Stretch:
    """The part of a day a perch lies in: absolute minutes [start, end), local midnight, block and half-day."""

    day: int
    block: int
    start: int
    end: int
    midnight: int


def preferred_hours(week: Week, day: int, category: Category) -> tuple[int, ...]:
    """Local hours a category prefers on a day."""
    if category is Category.REVENUE:
        return week.prime_hours[day]
    return ENGAGEMENT_HOURS if category is Category.ENGAGEMENT else RETENTION_HOURS


def time_shift(week: Week, day: int, category: Category) -> int:
    """The stated offset of a category on a day, in minutes: Monday, Wednesday, Friday and Sunday are even."""
    even = week.horizon.weekday(day) % 2 == 0
    return (EVEN_DAY_SHIFT if even else ODD_DAY_SHIFT)[category]


def perches(week: Week, category: Category, stretch: Stretch, position: int) -> Iterator[Perch]:
    """The wishes of a send of `category` at one position of a stretch, preferred hours first."""
    day, midnight = stretch.day, stretch.midnight
    shift = time_shift(week, day, category)
    lightest = min(week.hourly)
    for hour in preferred_hours(week, day, category):
        nominal = midnight + hour * 60 + shift
        jitter = _jitter(week, nominal - midnight, f"{category}", stretch, position, hour)
        target = min(max(nominal + jitter, _first(week, midnight)), _last(week, midnight))
        if stretch.start <= target < stretch.end:
            low, high = max(stretch.start, nominal - REACH), min(stretch.end - 1, nominal + REACH)
            weight = PREFERRED_WEIGHT + round(HOURLY_WEIGHT * (week.hourly[hour] - lightest))
            yield Perch(hour, 0, shift, jitter, target, min(low, target), max(high, target), weight, False)
    for hour in range((stretch.start - midnight) // 60, (stretch.end - 1 - midnight) // 60 + 1):
        start, end = max(stretch.start, midnight + hour * 60), min(stretch.end, midnight + hour * 60 + 60)
        quarter = week.noise.pick((0, 15, 30, 45), "quarter", *_key(week, stretch, position), hour)
        if week.scenario.variation.temperature == 0:
            quarter = 30
        jitter = _jitter(week, hour * 60 + quarter, "fallback", stretch, position, hour, inside=True)
        target = min(max(midnight + hour * 60 + quarter + jitter, start), end - 1)
        weight = round(HOURLY_WEIGHT * (week.hourly[hour] - lightest))
        yield Perch(hour, quarter, 0, jitter, target, start, end - 1, weight, True)


def _key(week: Week, stretch: Stretch, position: int) -> tuple[str | int, ...]:
    half = "am" if stretch.start - stretch.midnight < 12 * 60 else "pm"
    return (week.scenario.creator.id, week.date(stretch.day).isoformat(), stretch.block, half, position)


def _jitter(week: Week, clock: int, kind: str, stretch: Stretch, position: int, hour: int, inside: bool = False) -> int:
    """One of the allowed offsets, evenly: within the creator's amplitude and off round minutes."""
    rounding = week.measure.scenario.rules.round_minute
    step = rounding.step if rounding.enabled else 61
    allowed = [
        offset
        for offset in range(week.jitter_low, week.jitter_high + 1)
        if ((clock + offset) % 60 % step or step > 60) and (not inside or (clock + offset) // 60 == clock // 60)
    ]
    if not allowed:
        return 0
    if week.scenario.variation.temperature == 0:
        return min(allowed, key=abs)
    return week.noise.pick(allowed, "jitter", kind, *_key(week, stretch, position), hour)


def _first(week: Week, midnight: int) -> int:
    """Nearest usable minute at the window's opening."""
    return _usable(week, midnight, week.measure.scenario.rules.active_window.start, +1)


def _last(week: Week, midnight: int) -> int:
    """Nearest usable minute at the window's close."""
    return _usable(week, midnight, week.measure.scenario.rules.active_window.end, -1)


def _usable(week: Week, midnight: int, text: str, step: int) -> int:
    clock = int(text[:2]) * 60 + int(text[3:])
    rule = week.measure.scenario.rules.round_minute
    while rule.enabled and clock % 60 % rule.step == 0:
        clock += step
    return midnight + clock
