"""Parts of the week that can be solved anew while the rest of the same model stays fixed.

Each neighbourhood names the decision variables it *fixes*; everything else, auxiliary variables included, is free.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

from ortools.sat.python.cp_model import IntVar

from ..constraints.draft import FollowupVar, Slot
from ..model.catalog import Category
from .draft import WeekDraft
from .runner import Solution


@dataclass(frozen=True)
class Neighbourhood:
    """A named part of the model: `fixed(solution)` yields the variables held at the solution's values.

    `share` is the part of the search's whole budget that one attempt may use; a `spare` one is for when the others
    gain nothing any more.
    """

    name: str
    share: float
    fixed: Callable[[Solution], Iterator[IntVar]]
    spare: bool = False


def neighbourhoods(draft: WeekDraft) -> tuple[Neighbourhood, ...]:
    """Days, types, minutes, categories and pairs of days, in the order of a first round."""
    days = tuple(draft.week.days)
    return (
        *(Neighbourhood(f"day {day + 1}", 0.6 / len(days), partial(_outside, draft, (day,))) for day in days),
        Neighbourhood("types", 0.1, partial(_times, draft)),
        Neighbourhood("minutes", 0.05, partial(_types, draft)),
        *(Neighbourhood(f"{category} sends", 0.1, partial(_others, draft, category)) for category in Category),
        *(
            Neighbourhood(f"days {day + 1} and {day + 2}", 0.1, partial(_outside, draft, (day, day + 1)), True)
            for day in days[:-1]
        ),
    )


def settled_sends(draft: WeekDraft) -> Neighbourhood:
    """All slots and followups fixed: what is left is strategies and bookkeeping."""
    return Neighbourhood("strategies", 1.0, partial(_outside, draft, ()))


def _slot(slot: Slot) -> Iterator[IntVar]:
    yield slot.used
    yield slot.start
    yield from slot.kinds.values()
    yield from slot.looks.values()


def _day_of(followup: FollowupVar) -> int:
    return followup.slot.day if followup.slot else 0


def _outside(draft: WeekDraft, days: Collection[int], _: Solution) -> Iterator[IntVar]:
    """Everything outside some days."""
    for slot in draft.slots:
        if slot.day not in days:
            yield from _slot(slot)
    for followup in draft.followups:
        if _day_of(followup) not in days:
            yield followup.present
            yield followup.start


def _times(draft: WeekDraft, _: Solution) -> Iterator[IntVar]:
    """When sends go out and of which category: what is left is types, styles, strategies, followups."""
    for slot in draft.slots:
        yield slot.used
        yield slot.start
        yield from slot.categories.values()


def _types(draft: WeekDraft, _: Solution) -> Iterator[IntVar]:
    """Which positions are used and by what: what is left is minutes and followups."""
    for slot in draft.slots:
        yield slot.used
        yield from slot.kinds.values()
        yield from slot.looks.values()


def _others(draft: WeekDraft, category: Category, solution: Solution) -> Iterator[IntVar]:
    """The sends of all other categories, over the whole plan."""
    for slot in draft.slots:
        if solution[slot.used.index] and not solution[slot.categories[category].index]:
            yield from _slot(slot)
