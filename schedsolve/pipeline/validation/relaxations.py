"""Steps of the relaxation ladder that a schedule needed."""

from __future__ import annotations

from .check import Flaw, Found, of_schedule
from .schedule import Schedule


def needed(schedule: Schedule) -> Found:
    """Rules that are declared loosened, each once with its highest step."""
    highest: dict[str, int] = {}
    for rule, step in schedule.relaxations:
        highest[rule] = max(step, highest.get(rule, step))
    return of_schedule(
        Flaw(f"{rule} is loosened up to step {step} of the ladder", value=step, limit=0, origin=rule)
        for rule, step in highest.items()
    )
