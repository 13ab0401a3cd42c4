"""Which rules keep a missing send out: the day is asked again with one rule less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from ..model.capacity import day_capacity
from ..model.catalog import Category
from ..model.week import Week
from .compose import draft_rules
from .draft import WeekDraft

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
EFFORT = 2.0
"""Deterministic time for one question."""

Key = tuple[int, Category]


def binding_rules(week: Week, missing: Mapping[Key, int]) -> dict[Key, tuple[str, ...]]:
    """For every shortfall the rules that bind it.

    Where a day is as full as arithmetic allows, the rules that make its capacity bind. Otherwise each suspect is left
    out of the rule model in turn; those whose absence lets the week hold more sends of that day and category bind. When
    no single rule does, all that stand together are named.
    """
    found: dict[Key, tuple[str, ...]] = {}
    on = [rule for rule in SUSPECTS if week.scenario.rules.of(rule).enabled]
    asked: dict[str, WeekDraft] = {}
    for (day, category), count in missing.items():
        capacity = day_capacity(week, day)
        short = sum(amount for (on_day, _), amount in missing.items() if on_day == day)
        if not week.types_in(category):
            found[day, category] = ("known-type",)
        elif week.quotas[day].total - short >= capacity.most:
            found[day, category] = capacity.binding
        else:
            loosened = [rule for rule in on if _helps(week, missing, (day, category), count, rule, asked)]
            found[day, category] = tuple(loosened or on)
    return found


def _helps(
    week: Week, missing: Mapping[Key, int], key: Key, count: int, rule: str, asked: dict[str, WeekDraft]
) -> bool:
    """Whether, without the rule, this shortfall shrinks while no other grows."""
    draft = asked.setdefault(rule, draft_rules(week, frozenset({rule})))
    model = draft.model.clone()
    for other, amount in draft.shortfalls.items():
        model.add(amount <= missing.get(other, 0) - int(other == key))
    return _feasible(model)


def _feasible(model: cp_model.CpModel) -> bool:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_deterministic_time = EFFORT
    return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


__all__: Sequence[str] = ["binding_rules"]
