"""Moves of a standing plan: one literal says of every send to come that it stays, so that moves can be paid or counted.

A regular send is kept at its minute, of its type and style; a followup at its minute, after the same kept parent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python.cp_model import Domain, IntVar

from ..constraints.draft import FollowupVar, Slot
from ..errors import InfeasibleError
from ..model.catalog import FOLLOWUP
from .draft import WeekDraft
from .frozen import places_of
from .runner import Solution
from .standing import NEARNESS, Standing

RULE = "churn"
"""Under this name moves stand in the objective; it is no rule of the scenario."""


@dataclass
class Churn:
    """The literals of kept sends and followups; at most one of each place's is true.

    `planned` counts what the standing plan still has to send: what is not kept of it has moved or is dropped.
    """

    planned: int
    cost: int
    sends: dict[int, list[tuple[Slot, IntVar]]] = field(default_factory=dict)
    followups: dict[int, list[IntVar]] = field(default_factory=dict)

    def literals(self) -> list[IntVar]:
        """All of them."""
        kept = [literal for places in self.sends.values() for _, literal in places]
        return kept + [literal for literals in self.followups.values() for literal in literals]

    def of(self, solution: Solution) -> int:
        """Sends and followups that a solution does not keep."""
        return self.planned - sum(solution[literal.index] for literal in self.literals())

    def limit(self, draft: WeekDraft, moves: int) -> None:
        """At most so many are not kept."""
        draft.model.add(sum(self.literals()) >= self.planned - moves)


def post_churn(draft: WeekDraft, standing: Standing, cost: int) -> Churn:
    """Write the literals of kept sends, pay `cost` units for each move, keep what is approved and bar the cancelled.

    Raises
    ------
    InfeasibleError
        When an approved send has no place any more.
    """
    frozen = places_of(draft, standing)
    churn = Churn(standing.planned, cost)
    _post_sends(draft, standing, frozen, churn)
    _post_followups(draft, standing, frozen, churn)
    for literal in churn.literals():
        draft.reward(RULE, cost, literal)
    draft.constant(RULE, -cost * churn.planned)
    _approve(draft, standing, churn)
    for key, minute in standing.barred:
        _bar(draft, frozen, key, minute)
    return churn


def _post_sends(draft: WeekDraft, standing: Standing, frozen: Mapping[int, int], churn: Churn) -> None:
    sends = standing.decision.sends
    for place in range(standing.gone, len(sends)):
        send = sends[place]
        key = send.send_type.key
        kept = churn.sends[place] = []
        for slot in draft.slots:
            if slot.index in frozen or not slot.earliest <= send.minute <= slot.latest:
                continue
            if not slot.segment.start <= send.minute < slot.segment.end or not _may(draft, slot.start, send.minute):
                continue
            looks = [literal for look, literal in slot.looks.items() if look == (key, send.style)]
            if key not in slot.kinds or (send.send_type.rotated and not looks):
                continue
            here = draft.literal("kept", slot.day)
            draft.imply(RULE, "minute", [here], slot.start == send.minute)
            draft.add(RULE, "type", slot.kinds[key] >= here)
            for look in looks:
                draft.add(RULE, "style", look >= here)
            kept.append((slot, here))
        if len(kept) > 1:
            draft.at_most_one(RULE, "place", [here for _, here in kept])


def _post_followups(draft: WeekDraft, standing: Standing, frozen: Mapping[int, int], churn: Churn) -> None:
    for number, followup in enumerate(standing.decision.followups):
        if followup.minute < standing.now:
            continue
        kept = churn.followups[number] = []
        for variable in draft.followups:
            if variable.late != followup.late or not _may(draft, variable.start, followup.minute):
                continue
            place = frozen.get(variable.slot.index) if variable.slot else None
            past = variable.past.index if variable.past else None
            with_parent = None
            if followup.parent is not None and followup.parent >= standing.gone:
                places = churn.sends[followup.parent]
                with_parent = next((here for slot, here in places if slot is variable.slot), None)
                if with_parent is None:
                    continue
            elif (place, past) != (followup.parent, followup.past):
                continue
            here = draft.literal("kept", variable.day)
            draft.imply(RULE, "minute", [here], variable.start == followup.minute)
            draft.add(RULE, "followup", variable.present >= here)
            if with_parent is not None:
                draft.add(RULE, "parent", with_parent >= here)
            kept.append(here)


def _approve(draft: WeekDraft, standing: Standing, churn: Churn) -> None:
    rows: list[tuple[int, Sequence[IntVar]]] = []
    for place in sorted(standing.approved):
        if place >= standing.gone:
            rows.append((standing.decision.sends[place].minute, [here for _, here in churn.sends[place]]))
    for number in sorted(standing.approved_followups):
        if number in churn.followups:
            rows.append((standing.decision.followups[number].minute, churn.followups[number]))
    for minute, kept in rows:
        if not kept:
            local = draft.week.horizon.local(minute)
            raise InfeasibleError([f"the approved send of {local:%a %d %b %H:%M} has no place in the changed scenario"])
        draft.add(RULE, "approved", sum(kept) == 1)


def _bar(draft: WeekDraft, frozen: Mapping[int, int], key: str, minute: int) -> None:
    """No send of a type near a minute, unless it has gone out."""
    for present, item in _carriers(draft, frozen, key):
        if item.latest < minute - NEARNESS or item.earliest > minute + NEARNESS:
            continue
        away = Domain.from_intervals([[0, minute - NEARNESS - 1], [minute + NEARNESS + 1, 2**31]])
        if minute - NEARNESS <= 0:
            away = Domain(minute + NEARNESS + 1, 2**31)
        draft.model.add_linear_expression_in_domain(item.start, away).only_enforce_if(present)


def _carriers(draft: WeekDraft, frozen: Mapping[int, int], key: str) -> Iterator[tuple[IntVar, Slot | FollowupVar]]:
    """What could carry a send of a type, each with the literal that says it does."""
    if key != FOLLOWUP:
        for slot in draft.slots:
            if slot.index not in frozen and key in slot.kinds:
                yield slot.kinds[key], slot
        return
    for followup in draft.followups:
        domain = draft.model.proto.variables[followup.present.index].domain
        if domain[0] != 1:  # it has not gone out
            yield followup.present, followup


def _may(draft: WeekDraft, variable: IntVar, value: int) -> bool:
    """Whether a value is in the variable's domain."""
    domain = draft.model.proto.variables[variable.index].domain
    return any(domain[at] <= value <= domain[at + 1] for at in range(0, len(domain), 2))
