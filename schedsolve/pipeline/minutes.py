"""How a send's minute came about: base hour, shift, jitter, and what the rules moved."""

from __future__ import annotations

from ..model.catalog import Category
from ..model.plan import VariationMetadata
from ..model.timing import Perch, Stretch, perches
from ..model.week import Week

PER_MINUTE_MISSED = 10
"""Weight (thousandths of importance) of a minute's distance when the perch of a send is told."""


def tell_minute(
    week: Week, category: Category, stretch: Stretch, position: int, minute: int, strategy: str, locked: bool
) -> VariationMetadata:
    """Metadata of a regular send; base + shift + jitter + adjustment is its local time."""
    prime = week.prime_hours[stretch.day] if category is Category.REVENUE else None
    clock = minute - stretch.midnight
    if locked:
        return VariationMetadata(
            base_hour=clock // 60,
            base_minute=clock % 60,
            time_shift=0,
            jitter=0,
            daily_strategy=strategy,
            prime_hours_used=prime,
            fallback_used=clock % 60 != 0,
            reason="locked" if clock % 60 else None,
        )
    perch = _perch(week, category, stretch, position, minute)
    moved = clock - perch.base_hour * 60 - perch.base_minute - perch.shift
    jitter = moved if week.jitter_low <= moved <= week.jitter_high else perch.jitter
    adjustment = moved - jitter
    return VariationMetadata(
        base_hour=perch.base_hour,
        base_minute=perch.base_minute,
        time_shift=perch.shift,
        jitter=jitter,
        adjustment_minutes=adjustment,
        daily_strategy=strategy,
        prime_hours_used=prime,
        time_adjusted=adjustment != 0,
        adjustment_reason="moved to keep the rules of the clock with its neighbours" if adjustment else None,
        fallback_used=perch.fallback,
        reason="no preferred hour had room" if perch.fallback else None,
    )


def _perch(week: Week, category: Category, stretch: Stretch, position: int, minute: int) -> Perch:
    """The perch that serves the minute best."""
    near = [perch for perch in perches(week, category, stretch, position) if perch.low <= minute <= perch.high]
    return max(near, key=lambda perch: perch.weight - PER_MINUTE_MISSED * abs(minute - perch.target))
