"""From sends to the variables of the model: the way back from `decode`."""

from __future__ import annotations

from collections.abc import Iterator

from .decode import Decision
from .draft import WeekDraft


def encode(draft: WeekDraft, decision: Decision) -> dict[int, int] | None:
    """The values that a decision gives to slots and followups; None when a stretch has fewer positions than sends.

    Starts of unused slots, strategies and bookkeeping are left to the solver.
    """
    waiting = list(enumerate(decision.sends))[::-1]
    slot_of: dict[int, int] = {}
    values: dict[int, int] = {}
    for slot in draft.slots:
        place, send = waiting[-1] if waiting else (0, None)
        taken = send is not None and slot.segment.start <= send.minute < slot.segment.end
        values[slot.used.index] = int(taken)
        for key, literal in slot.kinds.items():
            values[literal.index] = int(taken and send is not None and key == send.send_type.key)
        for (key, style), literal in slot.looks.items():
            values[literal.index] = int(
                taken and send is not None and key == send.send_type.key and style is send.style
            )
        if taken and send is not None:
            waiting.pop()
            slot_of[slot.index] = place
            values[slot.start.index] = send.minute
    if waiting:
        return None
    values.update(_followups(draft, decision, slot_of))
    return values


def _followups(draft: WeekDraft, decision: Decision, place_of: dict[int, int]) -> Iterator[tuple[int, int]]:
    minutes = {(followup.parent, followup.past, followup.late): followup.minute for followup in decision.followups}
    for variable in draft.followups:
        parent = place_of.get(variable.slot.index, -1) if variable.slot else None
        past = variable.past.index if variable.past else None
        minute = minutes.get((parent, past, variable.late))
        yield variable.present.index, int(minute is not None)
        if minute is not None:
            yield variable.start.index, minute
