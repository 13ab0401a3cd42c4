"""One model from all rules and preferences of a week."""

from __future__ import annotations

from ..constraints import rules_of
from ..constraints.preferences import preferences_of
from ..model.week import Week
from .draft import WeekDraft

LARGEST_OBJECTIVE = 2**53
"""The objective must stay exact in floating point, which the solver uses for bounds."""


def compose(week: Week, without: frozenset[str] = frozenset()) -> WeekDraft:
    """The whole model of a week; `without` leaves out hard rules by id."""
    draft = draft_rules(week, without)
    for preference in preferences_of(week):
        preference.post(draft)
    reach = sum(abs(units) * _span(draft, expression) for _, units, expression in draft.terms)
    assert reach < LARGEST_OBJECTIVE, f"objective weights reach {reach}, beyond exact floating point"
    draft.model.maximize(sum(units * expression for _, units, expression in draft.terms))
    return draft


def draft_rules(week: Week, without: frozenset[str] = frozenset()) -> WeekDraft:
    """The model of the hard rules alone, without objective."""
    draft = WeekDraft(week)
    rules = [rule for rule in rules_of(week) if rule.id not in without]
    for rule in rules:
        rule.narrow(draft)
    for rule in rules:
        rule.post(draft)
    return draft


def _span(draft: WeekDraft, expression: object) -> int:
    """Largest absolute value of an objective term: a variable's bound, a constant, or a sum of 0/1 literals."""
    if isinstance(expression, int):
        return abs(expression)
    index = getattr(expression, "index", None)
    if index is None:
        return 100
    return int(draft.model.proto.variables[index].domain[-1])
