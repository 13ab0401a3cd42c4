"""The past as part of the model: what has gone out is fixed, and nothing else starts before now."""

from __future__ import annotations

from collections.abc import Mapping

from ortools.sat.python.cp_model import CpModel

from ..constraints.draft import FollowupVar, Slot
from ..errors import InfeasibleError
from .decode import DecidedSend
from .draft import WeekDraft
from .standing import Standing


def freeze(draft: WeekDraft, standing: Standing) -> None:
    """Fix the sends, followups and strategies of the past, and keep everything else from now on.

    In each segment the sends that have gone out take the first positions, in order.

    Raises
    ------
    InfeasibleError
        When the model has no place for one of them.
    """
    places = places_of(draft, standing)
    for slot in draft.slots:
        _freeze_slot(draft, standing, slot, places.get(slot.index))
    gone = {
        (followup.parent, followup.past, followup.late): followup.minute
        for followup in standing.decision.followups
        if followup.minute < standing.now
    }
    for followup in draft.followups:
        place = places.get(followup.slot.index) if followup.slot else None
        if place is None and followup.slot is not None:
            continue  # the parent starts from now on, and so does the followup
        past = followup.past.index if followup.past else None
        _freeze_followup(draft, standing, followup, place, gone.pop((place, past, followup.late), None))
    if gone:
        minute = min(gone.values())
        raise InfeasibleError([f"the followup of {_told(draft, minute)} has gone out, and the rules know no such one"])
    _freeze_campaigns(draft, standing, places)
    for day in range(standing.begun):
        strategy = standing.decision.strategies[day]
        values = {literal.index: int(key == strategy) for key, literal in draft.strategy(day).items()}
        if 1 not in values.values():
            raise InfeasibleError([f"the strategy of {draft.week.date(day)}, {strategy}, is not on offer any more"])
        hold(draft.model, values)


def _freeze_campaigns(draft: WeekDraft, standing: Standing, places: Mapping[int, int]) -> None:
    """Campaigns that have gone out stay, and no send that has gone out carries another."""
    sends = standing.decision.sends
    gone = {(sends[place].day, family) for place, family in enumerate(standing.carried) if family is not None}
    for (day, family), runs in draft.campaigns.items():
        if (day, family) in gone:
            hold(draft.model, {runs.index: 1})
        elif draft.week.horizon.day_start(day + 1) <= standing.now:
            hold(draft.model, {runs.index: 0})
    later = [slot for slot in draft.slots if slot.index not in places]
    for day in {day for day, _ in draft.campaigns if draft.week.horizon.day_start(day) < standing.now}:
        for running, carriers in draft.carriers(day, later):
            begun = sum((day, family) in gone for family in running)
            draft.model.add(sum(draft.campaigns[day, family] for family in running) <= sum(carriers) + begun)


def places_of(draft: WeekDraft, standing: Standing) -> Mapping[int, int]:
    """The places of sends that have gone out, by the index of the slot that holds each."""
    sends = standing.decision.sends
    found: dict[int, int] = {}
    place = 0
    for slot in draft.slots:
        if place < standing.gone and slot.segment.start <= sends[place].minute < slot.segment.end:
            found[slot.index] = place
            place += 1
    if place < standing.gone:
        send = sends[place]
        raise InfeasibleError([_nowhere(draft, send)])
    return found


def hold(model: CpModel, values: Mapping[int, int]) -> int | None:
    """Fix variables, up to the first that may not have its value: that one is returned."""
    variables = model.proto.variables
    for variable, value in values.items():
        domain = variables[variable].domain
        if not any(domain[at] <= value <= domain[at + 1] for at in range(0, len(domain), 2)):
            return variable
        domain.clear()
        domain.extend([value, value])
    return None


def _freeze_slot(draft: WeekDraft, standing: Standing, slot: Slot, place: int | None) -> None:
    if place is None:
        if slot.latest < standing.now:
            nothing = (slot.used, *slot.kinds.values(), *slot.looks.values(), *slot.categories.values())
            hold(draft.model, {literal.index: 0 for literal in nothing})
        elif slot.earliest < standing.now:
            draft.model.add(slot.start >= standing.now).only_enforce_if(slot.used)
        return
    send = standing.decision.sends[place]
    row = send.send_type
    values = {slot.used.index: 1, slot.start.index: send.minute}
    values |= {literal.index: int(key == row.key) for key, literal in slot.kinds.items()}
    values |= {literal.index: int(look == (row.key, send.style)) for look, literal in slot.looks.items()}
    values |= {literal.index: int(category is row.category) for category, literal in slot.categories.items()}
    known = row.key in slot.kinds and (not row.rotated or (row.key, send.style) in slot.looks)
    if not known or hold(draft.model, values) is not None:
        raise InfeasibleError([_nowhere(draft, send)])


def _freeze_followup(
    draft: WeekDraft, standing: Standing, followup: FollowupVar, place: int | None, minute: int | None
) -> None:
    """A followup whose parent has gone out: as it was, from now on, or not at all."""
    if minute is not None:
        if hold(draft.model, {followup.present.index: 1, followup.start.index: minute}) is not None:
            raise InfeasibleError([f"the followup of {_told(draft, minute)} stands where no followup may"])
    elif followup.latest < standing.now or place in standing.silent:
        hold(draft.model, {followup.present.index: 0})
    elif followup.earliest < standing.now:
        draft.model.add(followup.start >= standing.now).only_enforce_if(followup.present)


def _nowhere(draft: WeekDraft, send: DecidedSend) -> str:
    return f"the {send.send_type.key} of {_told(draft, send.minute)} has gone out where the rules have no place for it"


def _told(draft: WeekDraft, minute: int) -> str:
    return f"{draft.week.horizon.local(minute):%a %d %b %H:%M}"
