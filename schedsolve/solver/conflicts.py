"""Minimal conflicts: which rules, on which days, cannot hold together.

A core of assumptions is shrunk by deletion: a member stays only if the others have a solution without it. The outcome
is a minimal infeasible subset (a MUS), and it is solved once more, alone, to be sure. Once found, its members are set
aside and the rest is asked again, which gives further conflicts that share no member.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .explaining import ExplainingDraft, Member
from .runner import Answer, Runner

QUESTION = 10.0
"""Deterministic time for one question; most take less than 0.1."""

Conflict = tuple[Member, ...]
"""Members that cannot all hold, in the order in which the rules were posted; without any one of them the others can."""


class UndecidedError(Exception):
    """A question could not be answered within its budget, or the search was stopped."""


def conflicts(draft: ExplainingDraft, runner: Runner, most: int) -> list[Conflict]:
    """At most `most` minimal conflicts that share no member; none when the rules can all hold.

    Raises
    ------
    UndecidedError
        When the first question stays without an answer. Later ones end the list.
    """
    found: list[Conflict] = []
    left = list(draft.switches)
    while len(found) < most:
        try:
            core = _core(draft, runner, left)
            if core is None:
                break
            conflict = _minimal(draft, runner, core)
        except UndecidedError:
            if not found:
                raise
            break
        found.append(conflict)
        left = [member for member in left if member not in conflict]
    return found


def _core(draft: ExplainingDraft, runner: Runner, members: Sequence[Member]) -> list[Member] | None:
    """Members that suffice for a conflict, or None when all can hold. What is not named is switched off."""
    answer = _asked(draft, runner, members)
    if answer.solution:
        return None
    if not answer.infeasible:
        raise UndecidedError
    blamed = set(answer.core)
    return [member for member in members if draft.switches[member].index in blamed]


def _minimal(draft: ExplainingDraft, runner: Runner, core: Sequence[Member]) -> Conflict:
    """The core without what it does not need."""
    needed: list[Member] = []
    doubtful = list(core)
    while doubtful:
        tried = doubtful.pop()
        smaller = _core(draft, runner, [*needed, *doubtful])
        if smaller is None:
            needed.append(tried)
        else:
            doubtful = [member for member in doubtful if member in smaller]
    order = {member: place for place, member in enumerate(draft.switches)}
    return tuple(sorted(needed, key=order.__getitem__))


def together(draft: ExplainingDraft, runner: Runner, members: Iterable[Member]) -> bool:
    """Whether these can hold together, everything else switched off.

    Raises
    ------
    UndecidedError
        When there is no answer within the budget.
    """
    return _core(draft, runner, list(members)) is None


def _asked(draft: ExplainingDraft, runner: Runner, members: Sequence[Member]) -> Answer:
    on = set(members)
    literals = [switch if member in on else ~switch for member, switch in draft.switches.items()]
    draft.model.clear_assumptions()
    draft.model.add_assumptions(literals)
    return runner.solve(draft.model, QUESTION, "explain")
