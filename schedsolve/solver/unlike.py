"""A draft whose objective pays for being unlike given plans: what pushes a good plan away from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python.cp_model import Domain

from ..model.difference import ALIKE
from .decode import Decision
from .draft import WeekDraft

PENALTY = "alike"
"""Under this name the penalty stands among the objective's terms; it is no rule of the week."""
Near = Mapping[str, Sequence[tuple[int, int]]]
"""By send type the minutes, both ends included, at which a send would be like one of the given plans."""


def near(plans: Iterable[Decision]) -> Near:
    """Where a send would be alike: of one type with a send of these plans, and within 30 minutes of it."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for plan in plans:
        for send in plan.sends:
            spans.setdefault(send.send_type.key, []).append((send.minute - ALIKE, send.minute + ALIKE))
    return spans


def alike(plan: Decision, spans: Near) -> int:
    """Sends of a plan that are alike."""
    return sum(
        any(low <= send.minute <= high for low, high in spans.get(send.send_type.key, ())) for send in plan.sends
    )


def unlike(draft: WeekDraft, spans: Near, units: int) -> WeekDraft:
    """The draft with so many units taken off for each alike send; its first variables are those of the draft."""
    apart = draft.copied()
    for slot in draft.slots:
        for key, kind in slot.kinds.items():
            here = [span for span in spans.get(key, ()) if span[0] <= slot.latest and span[1] >= slot.earliest]
            if here:
                literal = apart.literal("alike", slot.day)
                elsewhere = Domain.from_intervals([list(span) for span in here]).complement()
                apart.model.add_linear_expression_in_domain(slot.start, elsewhere).only_enforce_if(kind, ~literal)
                apart.reward(PENALTY, -units, literal)
    apart.finish()
    return apart
