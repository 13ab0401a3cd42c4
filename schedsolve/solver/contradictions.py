"""Minimal conflicts of a week in the operator's words."""

from __future__ import annotations

from ..constraints import rules_of
from ..model.explanation import Conflict, Member
from ..model.week import Week
from .conflicts import Conflict as Core
from .conflicts import UndecidedError, conflicts
from .explaining import explaining_draft
from .progress import Cancellation
from .runner import Runner

MOST_CONFLICTS = 10
"""Conflicts told at most."""


def reasons(week: Week) -> list[str]:
    """Why a week without a plan has none, one sentence for each conflict; at least one."""
    return contradicting(week) or ["the rules contradict each other; which of them was not settled within the budget"]


def contradicting(week: Week) -> list[str]:
    """One sentence for each conflict of the week's own rules; none when these can hold, or the answer stays open."""
    with Runner(None, Cancellation()) as runner:
        try:
            return [conflict.message for conflict in conflicts_of(week, runner)]
        except UndecidedError:
            return []


def conflicts_of(week: Week, runner: Runner, most: int = MOST_CONFLICTS) -> tuple[Conflict, ...]:
    """Minimal conflicts of a week in the operator's words, first such as share no member.

    Raises
    ------
    UndecidedError
        When even the first was not settled within the budget.
    """
    return tuple(_told(week, members) for members in conflicts(explaining_draft(week), runner, most))


def _told(week: Week, members: Core) -> Conflict:
    rules = {rule.id: rule for rule in rules_of(week)}
    told = [Member(rule=rule, subject=subject, text=rules[rule].in_words(week, subject)) for rule, subject in members]
    *first, last = [member.text for member in told]
    if not first:
        message = f"{last} cannot hold"
    else:
        message = f"{', '.join(first)} and {last} cannot {'both' if len(first) == 1 else 'all'} hold"
    return Conflict(members=tuple(told), message=message)
