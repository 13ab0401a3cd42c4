"""Which rules keep a missing send out: the week is asked again with one rule loosened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..model.capacity import day_capacity
from ..model.catalog import Category
from ..model.week import Week
from .compose import draft_rules
from .draft import WeekDraft
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

Key = tuple[int, Category]


def binding_rules(
    week: Week, missing: Mapping[Key, int], amend: Callable[[WeekDraft], None] = lambda _: None
) -> dict[Key, tuple[str, ...]]:
    """For every shortfall the rules that bind it; `amend` adds what holds besides the rules.

    Where a day is as full as arithmetic allows, the rules that make its capacity bind. Otherwise each suspect is
    loosened in turn: it binds the shortfalls that shrink then, while none grows. Where no single rule helps, all that
    stand together are named.
    """
    found: dict[Key, tuple[str, ...]] = {}
    for day, category in missing:
        capacity = day_capacity(week, day)
        short = sum(amount for (on_day, _), amount in missing.items() if on_day == day)
        if not week.types_in(category):
            found[day, category] = ("known-type",)
        elif week.quotas[day].total - short >= capacity.most:
            found[day, category] = capacity.binding
    open_questions = [key for key in missing if key not in found]
    if open_questions:
        suspects = [rule for rule in SUSPECTS if week.scenario.rules.of(rule).enabled]
        shrunk = {rule: _shrunk_without(week, missing, open_questions, rule, amend) for rule in suspects}
        for key in open_questions:
            found[key] = tuple(rule for rule in suspects if key in shrunk[rule]) or tuple(suspects)
    return found


def _shrunk_without(
    week: Week, missing: Mapping[Key, int], keys: Sequence[Key], rule: str, amend: Callable[[WeekDraft], None]
) -> set[Key]:
    """Which of these shortfalls shrink in some week with the rule loosened in which none grows."""
    draft = draft_rules(loosened(week, rule))
    amend(draft)
    for key, amount in draft.shortfalls.items():
        draft.model.add(amount <= missing.get(key, 0))
    draft.model.add(sum(draft.shortfalls[key] for key in keys) <= sum(missing[key] for key in keys) - 1)
    with Runner(None, Cancellation()) as runner:
        answer = runner.solve(draft.model, EFFORT, "satisfy")
    if not answer.solution:
        return set()
    return {key for key in keys if answer.solution[draft.shortfalls[key].index] < missing[key]}
