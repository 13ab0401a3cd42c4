"""Targets that were replaced."""

from __future__ import annotations

from .check import Flaw, Found, of_items, words
from .schedule import Schedule, ScheduledItem

WIDEST = "all_active"


def replaced(schedule: Schedule) -> Found:
    """Items that go to everyone because their own audience could not be reached."""
    return of_items(
        (
            Flaw(
                f"{words(item)} goes to {item.send.target or 'another target'} instead of its own target",
                (item.id,),
                origin="target_key",
            )
            for item in schedule.items
            if "target_fallback" in item.warnings or _fell_back(item)
        ),
        len(schedule.items),
    )


def _fell_back(item: ScheduledItem) -> bool:
    row = item.send.send_type
    if row is None or row.required_targets:
        return False
    return item.send.target == WIDEST != row.default_target
