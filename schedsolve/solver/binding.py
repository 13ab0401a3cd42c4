"""Which rules keep a missing send out: the week is asked again with one rule loosened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ortools.sat.python.cp_model import IntVar

from ..model.capacity import day_capacity
from ..model.catalog import Category
from ..model.range_reach import cutting, most_among
from ..model.ranged import Ranged
from ..model.week import Week
from .compose import draft_rules
from .draft import WeekDraft
from .lacking import Counts, Key
from .loosening import loosened
from .progress import Cancellation
from .runner import Runner

SUSPECTS = (
    "same-type-gap",
    "no-repeat-type",
    "weekly-cap",
    "min-spacing",
    "block-limit",
    "blackout",
    "active-window",
    "avoid-hours",
    "style-am-pm",
    "style-back-to-back",
    "lock",
)
"""Rules that can leave a send without room, most specific first."""
EFFORT = 0.15
"""Deterministic time for one question; an answer that exists usually takes a third of it."""


def binding_rules(
    week: Week, short: Counts, amend: Callable[[WeekDraft], None] = lambda _: None
) -> dict[Key, tuple[str, ...]]:
    """For every shortfall the rules that bind it; `amend` adds what holds besides the rules.

    Where a day is as full as arithmetic allows, the rules that make its capacity bind. Otherwise each suspect is
    loosened in turn: it binds the shortfalls that shrink then, while none grows. Where no single rule helps, all that
    stand together are named.
    """
    found: dict[Key, tuple[str, ...]] = {}
    for day, what in short:
        rules = _by_arithmetic(week, short, day, what) if isinstance(what, Category) else ()
        if rules:
            found[day, what] = rules
    _ask(week, short, [key for key in short if isinstance(key[1], Category) and key not in found], amend, found)
    for day, what in short:
        rules = _of_range(week, short, day, what, found) if isinstance(what, Ranged) else ()
        if rules:
            found[day, what] = rules
    _ask(week, short, [key for key in short if key not in found], amend, found)
    return {key: found[key] for key in short}


def _by_arithmetic(week: Week, short: Counts, day: int, category: Category) -> tuple[str, ...]:
    """The rules that make a full day's capacity, or that keep a category without types; none where it is neither."""
    if not week.types_in(category):
        return ("known-type",)
    capacity = day_capacity(week, day)
    missing = sum(amount for (on_day, what), amount in short.items() if on_day == day and isinstance(what, Category))
    return capacity.binding if week.quotas[day].total - missing >= capacity.most else ()


def _of_range(
    week: Week, short: Counts, day: int, kind: Ranged, found: Mapping[Key, tuple[str, ...]]
) -> tuple[str, ...]:
    """The day's capacity, where its ranges together ask for more than it holds.

    Else where no more of the category's sends can be of the kind: what cuts them, and what binds the category itself.
    """
    capacity = day_capacity(week, day)
    if sum(week.least(each, day) for each in Ranged) > capacity.most:
        return capacity.binding
    missing = short.get((day, kind.category), 0)
    room = week.quotas[day].of(kind.category) - missing
    if week.least(kind, day) - short[day, kind] < most_among(week, kind, room):
        return ()
    return tuple(dict.fromkeys((*cutting(week, kind, room), *found.get((day, kind.category), ()))))


def _ask(
    week: Week,
    short: Counts,
    open_questions: Sequence[Key],
    amend: Callable[[WeekDraft], None],
    found: dict[Key, tuple[str, ...]],
) -> None:
    """Loosen each suspect, and note those without which a shortfall shrinks."""
    if open_questions:
        suspects = [rule for rule in SUSPECTS if week.scenario.rules.of(rule).enabled]
        suspects += [kind.rule for kind in Ranged if week.count_range(kind) is not None]
        shrunk = {rule: _shrunk_without(week, short, open_questions, rule, amend) for rule in suspects}
        for key in open_questions:
            found[key] = tuple(rule for rule in suspects if key in shrunk[rule]) or tuple(suspects)


def _shrunk_without(
    week: Week, short: Counts, keys: Sequence[Key], rule: str, amend: Callable[[WeekDraft], None]
) -> set[Key]:
    """Which of these shortfalls shrink in some week with the rule loosened in which none grows."""
    draft = draft_rules(loosened(week, rule))
    amend(draft)
    amounts: dict[Key, IntVar] = dict(draft.shortfalls.items())
    amounts.update(draft.lacking.items())
    for key, amount in amounts.items():
        draft.model.add(amount <= short.get(key, 0))
    keys = [key for key in keys if key in amounts]
    if not keys:
        return set()
    draft.model.add(sum(amounts[key] for key in keys) <= sum(short[key] for key in keys) - 1)
    with Runner(None, Cancellation()) as runner:
        answer = runner.solve(draft.model, EFFORT, "satisfy")
    if not answer.solution:
        return set()
    return {key for key in keys if answer.solution[amounts[key].index] < short[key]}
