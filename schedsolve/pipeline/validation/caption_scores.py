"""Captions fresh enough, and good enough."""

from __future__ import annotations

from collections.abc import Callable

from .captions import WITHOUT
from .check import Flaw, Found, of_items, words
from .schedule import Schedule, ScheduledItem

FRESH_ENOUGH, GOOD_ENOUGH = 30, 40
"""Least scores 0-100 of a caption that is used without remark."""


def stale(schedule: Schedule) -> Found:
    """Captions that went out too recently."""
    return _below(schedule, "freshness", FRESH_ENOUGH, lambda item: item.freshness)


def weak(schedule: Schedule) -> Found:
    """Captions that earned too little."""
    return _below(schedule, "performance", GOOD_ENOUGH, lambda item: performance_of(schedule, item))


def performance_of(schedule: Schedule, item: ScheduledItem) -> float | None:
    """The score of an item's caption, as the item tells it, else as the pool does."""
    if item.performance is not None or item.caption_id is None:
        return item.performance
    caption = (schedule.captions or {}).get(item.caption_id)
    return None if caption is None else caption.performance_score


def _below(schedule: Schedule, name: str, least: float, score_of: Callable[[ScheduledItem], float | None]) -> Found:
    if not schedule.captioned:
        return WITHOUT
    flaws, unknown = [], 0
    held = [item for item in schedule.items if item.caption_id is not None]
    for item in held:
        score = score_of(item)
        if score is None:
            unknown += 1
        elif score < least:
            flaws.append(
                Flaw(
                    f"{words(item)}: caption {item.caption_id} has a {name} of {score:g}; {least:g} is needed",
                    (item.id,),
                    caption_id=item.caption_id,
                    value=score,
                    limit=least,
                    origin="caption_scores",
                )
            )
    found = of_items(flaws, len(schedule.items))
    why = f"the {name} of {unknown} of {len(held)} captions is unknown" if unknown else ""
    return Found(found.flaws, found.affected, found.examined, unchecked=why)
