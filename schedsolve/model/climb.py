"""How far down the relaxation ladder the days of a week stand, and the week that leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .catalog import Category
from .ladder import OPENING
from .week import Quota, Week

Moves = Mapping[tuple[int, Category], int]
"""Sends of a day and category that the next day takes over."""


@dataclass(frozen=True)
class Climb:
    """The steps that are needed.

    `steps` holds the days that stand on step 2, 3 or 4; `moves` what step 5 moves; `missing` what step 6 leaves out.
    `proven` says whether fewer missing sends, or earlier steps, are proven impossible.
    """

    steps: Mapping[int, int]
    moves: Moves
    missing: int
    proven: bool


def climbed(week: Week, climb: Climb) -> Week:
    """The week on its steps, with the quotas that moved sends leave."""
    quotas = list(week.quotas)
    for (day, category), count in climb.moves.items():
        for on, amount in ((day, -count), (day + 1, count)):
            changed = {each.value: quotas[on].of(each) for each in Category}
            changed[category.value] += amount
            quotas[on] = Quota(**changed)
    return replace(week, steps=dict(climb.steps), quotas=tuple(quotas))


def loosest(week: Week) -> Week:
    """The week as far down the ladder as its scenario lets it go."""
    return week if week.scenario.on_conflict == "fail" else lowest(week)


def lowest(week: Week) -> Week:
    """The week with every day on the last step that opens anything."""
    return replace(week, steps=dict.fromkeys(week.days, OPENING[-1]))
