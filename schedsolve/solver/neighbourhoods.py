"""Parts of the week that can be solved anew while the rest of the same model stays fixed.

Each neighbourhood names the decision variables it *fixes*; everything else, auxiliary variables included, is free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ortools.sat.python.cp_model import IntVar

from ..constraints.draft import FollowupVar, Slot
from ..model.catalog import Category
from .draft import WeekDraft

Solution = Sequence[int]


@dataclass(frozen=True)
class Neighbourhood:
    """A named part of the model; `fixed(solution)` yields the variables held at their values."""

    name: str
    fixed: Callable[[Solution], Iterator[IntVar]]
    share: float
    """Part of a round's budget it may use."""


def neighbourhoods(draft: WeekDraft) -> tuple[Neighbourhood, ...]:
    """Types, minutes, single days, categories, and pairs of neighbouring days, in the order of a first round."""
    days = tuple(draft.week.days)
    found = [
        Neighbourhood("types", lambda solution: _types_only(draft), 1.0),
        *(Neighbourhood(f"day {day + 1}", _outside(draft, {day}), 0.5) for day in days),
        Neighbourhood("types", lambda solution: _types_only(draft), 1.0),
        Neighbourhood("minutes", lambda solution: _minutes_only(draft), 0.5),
        *(Neighbourhood(f"{category}", _other_categories(draft, category), 1.0) for category in Category),
        *(
            Neighbourhood(f"days {day + 1}-{day + 2}", _outside(draft, {day, day + 1}), 1.0)
            for day in days[:-1]
        ),
        Neighbourhood("whole week", lambda solution: iter(()), 2.0),
    ]
    return tuple(found)


def everything(draft: WeekDraft) -> Neighbourhood:
    """All slots and followups fixed: what is left is strategies and bookkeeping."""
    return Neighbourhood("strategies", lambda solution: _all(draft), 0.5)


def _slot(slot: Slot) -> Iterator[IntVar]:
    yield slot.used
    yield slot.start
    yield from slot.kinds.values()
    yield from slot.looks.values()


def _followup(followup: FollowupVar) -> Iterator[IntVar]:
    yield followup.present
    yield followup.start


def _all(draft: WeekDraft) -> Iterator[IntVar]:
    for slot in draft.slots:
        yield from _slot(slot)
    for followup in draft.followups:
        yield from _followup(followup)


def _outside(draft: WeekDraft, days: set[int]) -> Callable[[Solution], Iterator[IntVar]]:
    """Everything outside some days."""

    def fixed(solution: Solution) -> Iterator[IntVar]:
        for slot in draft.slots:
            if slot.day not in days:
                yield from _slot(slot)
        for followup in draft.followups:
            if (followup.slot.day if followup.slot else 0) not in days:
                yield from _followup(followup)

    return fixed


def _types_only(draft: WeekDraft) -> Iterator[IntVar]:
    """Which positions are used, when, and by which category: what is left is types, styles, strategies, followups."""
    for slot in draft.slots:
        yield slot.used
        yield slot.start
        yield from slot.categories.values()


def _minutes_only(draft: WeekDraft) -> Iterator[IntVar]:
    """Positions and types: what is left is minutes and followups."""
    for slot in draft.slots:
        yield slot.used
        yield from slot.kinds.values()
        yield from slot.looks.values()


def _other_categories(draft: WeekDraft, category: Category) -> Callable[[Solution], Iterator[IntVar]]:
    """The sends of all other categories, over the whole plan."""

    def fixed(solution: Solution) -> Iterator[IntVar]:
        for slot in draft.slots:
            if solution[slot.used.index] and not solution[slot.categories[category].index]:
                yield from _slot(slot)

    return fixed
