"""One model from all rules and preferences of a week."""

from __future__ import annotations

from collections.abc import Callable

from ..constraints import rules_of
from ..constraints.preferences import preferences_of
from ..model.week import Week
from .draft import Term, WeekDraft

LARGEST_OBJECTIVE = 2**53
"""The objective must stay exact in floating point, which the solver uses for bounds."""


def compose(week: Week, amend: Callable[[WeekDraft], None] = lambda _: None) -> WeekDraft:
    """The whole model of a week; `amend` adds what neither rules nor preferences ask, before it is finished."""
    draft = draft_rules(week)
    for preference in preferences_of(week):
        preference.post(draft)
    amend(draft)
    assert _reach(draft) < LARGEST_OBJECTIVE, "the objective's weights go beyond exact floating point"
    draft.finish()
    return draft


def draft_rules(week: Week) -> WeekDraft:
    """The model of the hard rules alone, without objective."""
    draft = WeekDraft(week)
    post_rules(draft)
    for ban in week.bans:
        draft.ban(ban)
    return draft


def post_rules(draft: WeekDraft) -> None:
    """Every rule that the scenario leaves on: first what closes minutes and takes types out, then the rest."""
    rules = rules_of(draft.week)
    for rule in rules:
        rule.narrow(draft)
    for rule in rules:
        rule.post(draft)


def ceiling(draft: WeekDraft) -> int:
    """What the objective cannot exceed by its variables' domains alone."""
    return sum(max(_extremes(draft, term)) for term in draft.terms) + sum(draft.constants.values())


def _reach(draft: WeekDraft) -> int:
    """Sum of absolute weights times bounds."""
    return sum(max(map(abs, _extremes(draft, term))) for term in draft.terms)


def _extremes(draft: WeekDraft, term: Term) -> tuple[int, int]:
    _, units, variable = term
    domain = draft.model.proto.variables[variable.index].domain
    return units * domain[0], units * domain[len(domain) - 1]
