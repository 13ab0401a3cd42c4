"""Parts of the plan that can be solved anew while the rest of the same model stays as it is.

A neighbourhood makes, from a solution, the excerpt of the model in which it looks for a better one: for days a model of
their own size, for what runs through the whole plan the whole model with decision variables fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

from ortools.sat.python.cp_model import IntVar

from ..constraints.draft import Slot
from ..model.catalog import Category
from .decomposition import Decomposition
from .draft import WeekDraft
from .excerpt import Excerpt
from .runner import Solution

FULL_DAY = 12
"""Sends of a day from which on halves of it are neighbourhoods too."""
Fixed = Callable[[Solution], Iterator[IntVar]]
"""The decision variables held at a solution's values; auxiliary variables follow."""


@dataclass(frozen=True)
class Neighbourhood:
    """A named part of the plan.

    `share` is the part of the search's budget that one attempt may use; a `spare` one is for when the others gain
    nothing any more.
    """

    name: str
    share: float
    excerpt: Callable[[Solution], Excerpt]
    spare: bool = False


def first_neighbourhoods(draft: WeekDraft) -> tuple[Neighbourhood, ...]:
    """Single days, fixed in the whole model: for the time before there is a decomposition."""
    days = tuple(draft.week.days)
    return tuple(
        Neighbourhood(f"day {day + 1}", 0.6 / len(days), _whole(draft, partial(_outside, draft, (day,))))
        for day in days
    )


def neighbourhoods(draft: WeekDraft, decomposition: Decomposition) -> tuple[Neighbourhood, ...]:
    """Days, types, minutes, categories, and pairs of days, in the order of a first round."""
    days = tuple(draft.week.days)
    single = 0.4 / len(days)
    return (
        *(
            Neighbourhood(f"{half} of day {day + 1}", single / 2, _whole(draft, partial(_outside_slots, draft, slots)))
            for day in days
            for half, slots in _halves(draft, day)
        ),
        *(Neighbourhood(f"day {day + 1}", single, partial(decomposition.around, (day,))) for day in days),
        Neighbourhood("types", 0.1, _whole(draft, partial(_times, draft))),
        Neighbourhood("minutes", 0.05, _whole(draft, partial(_types, draft))),
        *(
            Neighbourhood(f"{category} sends", 0.1, _whole(draft, partial(_others, draft, category)))
            for category in Category
        ),
        *(
            Neighbourhood(f"days {day + 1} and {day + 2}", 0.1, partial(decomposition.around, (day, day + 1)), True)
            for day in days[:-1]
        ),
    )


def refilled(draft: WeekDraft, day: int, least: int) -> Neighbourhood:
    """One day with no more than `least` sends missing, whatever that earns.

    Of the other days only the types may change, and only in the categories that are short on this one.
    """

    def fixed(solution: Solution) -> Iterator[IntVar]:
        short = {kind for (on, kind), amount in draft.shortfalls.items() if on == day and solution[amount.index]}
        for slot in draft.slots:
            if slot.day == day:
                continue
            yield from (slot.used, slot.start)
            for key, literal in slot.kinds.items():
                if draft.week.types[key].category not in short:
                    yield literal
            yield from slot.categories.values()

    def excerpt(solution: Solution) -> Excerpt:
        part = _whole(draft, fixed)(solution)
        part.model.clear_objective()
        part.model.add(sum(amount for (on, _), amount in draft.shortfalls.items() if on == day) <= least)
        return part

    return Neighbourhood(f"day {day + 1}, refilled", 1.0, excerpt)


def settled_sends(draft: WeekDraft) -> Neighbourhood:
    """All slots and followups fixed: what is left is strategies and bookkeeping."""
    return Neighbourhood("strategies", 1.0, _whole(draft, partial(_outside, draft, ())))


def _whole(draft: WeekDraft, fixed: Fixed) -> Callable[[Solution], Excerpt]:
    """The whole model with some variables fixed."""

    def excerpt(solution: Solution) -> Excerpt:
        model = draft.model.clone()
        variables = model.proto.variables
        for variable in fixed(solution):
            domain = variables[variable.index].domain
            domain.clear()
            domain.extend([solution[variable.index]] * 2)
        return Excerpt(model, tuple(range(len(variables))))

    return excerpt


def _slot(slot: Slot) -> Iterator[IntVar]:
    yield slot.used
    yield slot.start
    yield from slot.kinds.values()
    yield from slot.looks.values()


def _outside(draft: WeekDraft, days: Collection[int], _: Solution) -> Iterator[IntVar]:
    """Everything outside some days."""
    for slot in draft.slots:
        if slot.day not in days:
            yield from _slot(slot)
    for followup in draft.followups:
        if followup.day not in days:
            yield followup.present
            yield followup.start


def _halves(draft: WeekDraft, day: int) -> list[tuple[str, frozenset[int]]]:
    """The slots of both halves of a day that is too full to be solved at once."""
    slots = [slot.index for slot in draft.slots if slot.day == day]
    if draft.week.quotas[day].total <= FULL_DAY:
        return []
    middle = len(slots) // 2
    return [("first half", frozenset(slots[:middle])), ("second half", frozenset(slots[middle:]))]


def _outside_slots(draft: WeekDraft, slots: frozenset[int], _: Solution) -> Iterator[IntVar]:
    """Everything outside some slots."""
    for slot in draft.slots:
        if slot.index not in slots:
            yield from _slot(slot)
    for followup in draft.followups:
        if followup.slot is None or followup.slot.index not in slots:
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
