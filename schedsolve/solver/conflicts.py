"""Minimal conflicts: which rules, on which days, cannot hold together.

A core of assumptions is shrunk by deletion: a member stays only if the others have a solution without it. The outcome
is a minimal infeasible subset (a MUS), and it is solved once more, alone, to be sure. Once found, its members are set
aside and the rest is asked again, which gives further conflicts that share no member; then only one of its members is
set aside, which gives those that share the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from .explaining import ExplainingDraft, Member
from .runner import Answer, Runner

QUESTION = 10.0
"""Deterministic time for one question; most take less than 0.1."""

Conflict = tuple[Member, ...]
"""Members that cannot all hold, in the order in which the rules were posted; without any one of them the others can."""


class UndecidedError(Exception):
    """A question could not be answered within its budget, or the search was stopped."""


def conflicts(draft: ExplainingDraft, runner: Runner, most: int) -> list[Conflict]:
    """At most `most` minimal conflicts, none when the rules can all hold: first such as share no member, then others.

    Raises
    ------
    UndecidedError
        When the first question stays without an answer. Later ones end the list.
    """
    found: list[Conflict] = []
    _seek(draft, runner, found, ())
    if not found:
        return found
    try:
        while len(found) < most and _seek(draft, runner, found, [m for conflict in found for m in conflict]):
            pass
        for conflict in found:  # it grows
            others = {member for other in found if other is not conflict for member in other}.difference(conflict)
            for member in conflict:
                if len(found) < most:
                    _seek(draft, runner, found, [member, *others])
    except UndecidedError:
        pass
    return found


def _seek(draft: ExplainingDraft, runner: Runner, found: list[Conflict], without: Collection[Member]) -> bool:
    """Add a minimal conflict in which none of these members has a part; False when there is none."""
    aside = set(without)
    core = _core(draft, runner, [member for member in draft.switches if member not in aside])
    if core is None:
        return False
    conflict = _minimal(draft, runner, core)
    if conflict not in found:
        found.append(conflict)
    return True


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
    if together(draft, runner, needed):
        raise UndecidedError
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
