"""The explaining draft: the rules of a week alone, each under a switch, so that a conflict can be laid bare.

Nothing holds by construction here that a rule could be blamed for: minutes are closed and types taken out by switched
rows, a block has more positions than the block limit allows, and no rule leans on another. No rule ever demands a
followup, so there are none.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar

from ..constraints.draft import FollowupVar, MinuteMask, Slot, Who
from ..constraints.wording import day_words
from ..model.week import Week
from .compose import post_rules
from .draft import WeekDraft
from .grid import Grid, Place

Member = tuple[str, str]
"""A rule id and a subject: what is switched as one."""
BESIDE_LOCKS = 2
"""Positions of a block beyond two for each of its locks: for itself, and for what parts it from the next."""


def explaining_draft(week: Week) -> ExplainingDraft:
    """All rules of a week, switched."""
    draft = ExplainingDraft(week)
    post_rules(draft)
    return draft


class ExplainingDraft(WeekDraft):
    """A `WeekDraft` without objective, whose rules hold only while their switch is on."""

    separate = True

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.switches: dict[Member, IntVar] = {}
        self._grid = WideGrid(week)
        self._closed: list[tuple[str, str, MinuteMask]] = []
        self._taken_out: list[tuple[str, str]] = []

    def switch(self, rule: str, subject: str) -> list[IntVar]:
        """The one literal of a rule and subject."""
        member = (rule, subject)
        if member not in self.switches:
            self.switches[member] = self.model.new_bool_var(f"{rule} {subject}")
        return [self.switches[member]]

    def forbid_minutes(self, rule: str, minutes: MinuteMask, who: Who = "all", subject: str = "") -> None:
        """Remember what will be closed for regular sends."""
        if who != "followup":
            self._closed.append((rule, subject, minutes))

    def forbid_type(self, rule: str, key: str) -> None:
        """Remember what will be taken out."""
        self._taken_out.append((rule, key))

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """All slots, with what is closed posted on them."""
        slots: tuple[Slot, ...] = super().slots
        for slot in slots:
            self._post_closed(slot)
            for rule, key in self._taken_out:
                if key in slot.kinds:
                    self.add(rule, key, slot.kinds[key] == 0)
        return slots

    def _post_closed(self, slot: Slot) -> None:
        segment = slot.segment
        for rule, subject, minutes in self._closed:
            closed = minutes[segment.start : segment.end]
            if closed.any():
                left = cp_model.Domain.from_values((np.flatnonzero(~closed) + segment.start).tolist())
                switches = self.switch(rule, subject or day_words(self.week, slot.day))
                self.model.add_linear_expression_in_domain(slot.start, left).only_enforce_if(slot.used, *switches)

    @cached_property
    def followups(self) -> tuple[FollowupVar, ...]:
        """None: no rule demands any."""
        return ()

    def least_distance(self, first: Slot, second: Slot) -> int:  # noqa: ARG002
        """Nothing is known of it but the order."""
        return 0


class WideGrid(Grid):
    """The same blocks with every minute open, and as many positions as a conflict of locks can need."""

    def places(self) -> list[Place]:
        """Every segment; positions for its locks, for what parts them, and two more."""
        places = []
        for segment in self.segments():
            held = sum(segment.start <= lock.minute < segment.end for lock in self.week.locks)
            count = min(2 * held + BESIDE_LOCKS, segment.end - segment.start)
            minutes = tuple(range(segment.start, segment.end))
            places.append(Place(segment, minutes, count, (segment.start,) * count))
        return places
