"""Parts of the plan that can be solved anew while the rest of the same model stays as it is.

A neighbourhood makes, from a solution, the excerpt of the model in which it looks for a better one: for days a model of
their own size, for what runs through the whole plan the whole model with decision variables fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from ortools.sat.python.cp_model import CpModel, IntVar

from ..constraints.draft import Slot
from ..model.catalog import Category
from .decomposition import Decomposition
from .draft import WeekDraft
from .excerpt import Excerpt
from .runner import Solution

WINDOW, STEP = 9, 4
"""Sends in a window, and from one window to the next."""
LONG = 10
"""Days from which on a plan is too long for its whole model to be presolved for a few sends."""
Fixed = Callable[[Solution], Iterator[IntVar]]
"""The decision variables held at a solution's values; auxiliary variables follow."""


@dataclass(frozen=True)
class Neighbourhood:
    """A named part of the plan.

    `limit` is the deterministic time of a first attempt; `days` are those in which it changes sends. A `spare` one is
    for when the others gain nothing any more.
    """

    name: str
    limit: float
    excerpt: Callable[[Solution], Excerpt]
    days: Collection[int]
    spare: bool = False


def neighbourhoods(draft: WeekDraft, decomposition: Decomposition, plan: Solution) -> tuple[Neighbourhood, ...]:
    """Types, windows of a plan's sends, categories, minutes, days, and pairs of days, in the order of a first round."""
    days = draft.week.days
    return (
        Neighbourhood("types", 0.3, _whole(draft, partial(_times, draft)), days),
        *_windows(draft, decomposition, plan),
        *(
            Neighbourhood(f"{category} sends", 0.2, _whole(draft, partial(_others, draft, category)), days)
            for category in Category
        ),
        Neighbourhood("minutes", 0.1, _whole(draft, partial(_types, draft)), days),
        *(Neighbourhood(f"day {day + 1}", 0.3, partial(decomposition.around, (day,)), (day,)) for day in days),
        *(
            Neighbourhood(
                f"days {day + 1} and {day + 2}",
                0.6,
                partial(decomposition.around, (day, day + 1)),
                (day, day + 1),
                True,
            )
            for day, pair in enumerate(pairwise(days))
        ),
    )


def _windows(draft: WeekDraft, decomposition: Decomposition, plan: Solution) -> Iterator[Neighbourhood]:
    """Stretches of `WINDOW` sends, each beginning `STEP` sends after the one before."""
    days = [slot.day for slot in draft.slots if plan[slot.used.index]]
    last = max(0, len(days) - WINDOW)
    for first in (*range(0, last, STEP), last) if days else ():
        held = range(first, min(first + WINDOW, len(days)))
        yield Neighbourhood(
            f"sends {held.start + 1} to {held.stop}",
            0.15,
            partial(_window, draft, decomposition, held),
            sorted(set(days[held.start : held.stop])),
        )


def _window(draft: WeekDraft, decomposition: Decomposition, sends: range, solution: Solution) -> Excerpt:
    """Some sends, counted in time order, and the free slots around them; in a long plan, cut out with their days."""
    met, inside = 0, set()
    for slot in draft.slots:
        used = solution[slot.used.index]
        if sends.start <= met < sends.stop or (met == sends.stop and not used):
            inside.add(slot.index)
        met += used
    fixed = partial(_outside_slots, draft, inside)
    if len(draft.week.days) < LONG:
        return _whole(draft, fixed)(solution)
    excerpt = decomposition.around({draft.slots[place].day for place in inside}, solution)
    place_of = {variable: place for place, variable in enumerate(excerpt.variables)}
    places = (place_of[variable.index] for variable in fixed(solution) if variable.index in place_of)
    _fix(excerpt.model, {place: solution[excerpt.variables[place]] for place in places})
    return excerpt


def refilled(draft: WeekDraft, day: int, least: int, near: int = 0) -> Neighbourhood:
    """One day with no more than `least` sends missing, whatever that earns; `near` days around it are free as well.

    Of the other days only the types may change, and only in the categories that are short on this one.
    """

    def fixed(solution: Solution) -> Iterator[IntVar]:
        short = {kind for (on, kind), amount in draft.shortfalls.items() if on == day and solution[amount.index]}
        for slot in draft.slots:
            if abs(slot.day - day) <= near:
                continue
            yield from (slot.used, slot.start)
            for key, literal in slot.kinds.items():
                if draft.week.types[key].category not in short:
                    yield literal
            yield from slot.categories.values()

    def excerpt(solution: Solution) -> Excerpt:
        part = _whole(draft, fixed)(solution)
        part.model.clear_objective()
        for free in draft.week.days[max(0, day - near) : day + near + 1]:
            amounts = [amount for (on, _), amount in draft.shortfalls.items() if on == free]
            most = least if free == day else sum(solution[amount.index] for amount in amounts)
            part.model.add(sum(amounts) <= most)
        return part

    return Neighbourhood(f"day {day + 1}, refilled", 1.0, excerpt, draft.week.days)


def settled_sends(draft: WeekDraft) -> Neighbourhood:
    """All slots and followups fixed: what is left is strategies and bookkeeping."""
    return Neighbourhood("strategies", 1.0, _whole(draft, partial(_outside_slots, draft, ())), ())


def decided_sends(draft: WeekDraft, values: Mapping[int, int]) -> CpModel:
    """The whole model with all slots and followups at the values that `encode` gives."""
    model = draft.model.clone()
    _fix(model, values)
    return model


def _whole(draft: WeekDraft, fixed: Fixed) -> Callable[[Solution], Excerpt]:
    """The whole model with some variables fixed."""

    def excerpt(solution: Solution) -> Excerpt:
        model = draft.model.clone()
        _fix(model, {variable.index: solution[variable.index] for variable in fixed(solution)})
        return Excerpt(model, tuple(range(len(model.proto.variables))))

    return excerpt


def _fix(model: CpModel, values: Mapping[int, int]) -> None:
    variables = model.proto.variables
    for place, value in values.items():
        domain = variables[place].domain
        domain.clear()
        domain.extend([value] * 2)


def _slot(slot: Slot) -> Iterator[IntVar]:
    yield slot.used
    yield slot.start
    yield from slot.kinds.values()
    yield from slot.looks.values()


def _outside_slots(draft: WeekDraft, slots: Collection[int], _: Solution) -> Iterator[IntVar]:
    """Everything but some slots and their followups."""
    for slot in draft.slots:
        if slot.index not in slots:
            yield from _slot(slot)
    for followup in draft.followups:
        if followup.slot is None or followup.slot.index not in slots:
            yield from (followup.present, followup.start)


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
