"""Rule `followup-clearance`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..model.catalog import FOLLOWUP
from ..model.notch import Notch
from ..model.timetable import Send, Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class FollowupClearance(Rule):
    """A followup is at least `minutes` away from every send other than its parent, history included."""

    id = "followup-clearance"
    severity = "medium"

    minutes: int

    def narrow(self, draft: Draft) -> None:
        """Close the minutes near history's sends: to everything near a followup, to followups near any send."""
        minutes = np.arange(len(draft.clock()))
        for send in draft.week.past:
            near = abs(minutes - send.minute) < self.minutes
            draft.forbid_minutes(self.id, near, "all" if send.send_type.key == FOLLOWUP else "followup")

    def post(self, draft: Draft) -> None:
        """Every followup and every slot but its parent's, where they can come near; followups among themselves."""
        gaps = draft.week.scenario.rules.same_type_gap
        if not gaps.enabled or draft.week.catalog[FOLLOWUP].gap_minutes < self.minutes:
            items = [(followup.present, followup.start) for followup in draft.followups]
            draft.spread(self.id, "followups", items, self.minutes)
        for followup in draft.followups:
            for slot in draft.slots:
                if slot is not followup.slot:
                    draft.apart(self.id, followup, slot, self.minutes)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """Half of it; no more than a minute of one's own."""
        lower = sorted({(self.minutes + 1) // 2, 1} - {self.minutes}, reverse=True)
        for size, minutes in enumerate(lower, start=1):
            yield self.notch(f"{self.minutes} min", f"{minutes} min", self.setting("minutes", minutes), size=size)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Pairs of a followup and a foreign send that are too close."""
        row = sorted((*plan.past, *plan.sends), key=lambda send: send.minute)
        for place, earlier in enumerate(row):
            for later in row[place + 1 :]:
                distance = later.minute - earlier.minute
                if distance >= self.minutes:
                    break
                if _strangers(earlier, later) and (earlier.id in plan.by_id or later.id in plan.by_id):
                    yield self._too_close(plan, earlier, later, distance)

    def _too_close(self, plan: Timetable, earlier: Send, later: Send, distance: int) -> Violation:
        held = [send for send in (later, earlier) if send.id in plan.by_id]
        subject = next((send for send in held if send.followup), held[0])
        other = earlier if subject is later else later
        return self.broken(
            subject.id,
            self.minutes - distance,
            f"{sent(plan.week, subject)} is {distance} min away from {other.id}; {self.minutes} are needed "
            "around a followup",
        )


def _strangers(first: Send, second: Send) -> bool:
    """Whether one of them is a followup and neither is the other's parent."""
    return (first.followup or second.followup) and first.id != second.parent and second.id != first.parent
