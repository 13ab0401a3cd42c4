"""Rule `min-spacing`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..model.catalog import FOLLOWUP
from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import sent

LADDER = (45, 30, 20, 15)
"""Minutes in the order in which spacing may be given up."""


@dataclass(frozen=True)
class MinSpacing(Rule):
    """Any two regular sends are at least `minutes` apart, across days and from what history sent."""

    id = "min-spacing"
    severity = "medium"
    monotone = True

    minutes: int

    def post(self, draft: Draft) -> None:
        """A chain over the slots: an unused slot rests on its predecessor, so neighbours are enough."""
        for first, second in pairwise(draft.slots):
            draft.add(self.id, "spacing", second.start >= first.start + self.minutes * second.used)
        past = [send.minute for send in draft.week.past if send.send_type.key != FOLLOWUP]
        opening = max(past, default=-self.minutes) + self.minutes
        for slot in draft.slots:
            if slot.earliest < opening:
                draft.imply(self.id, "history", [slot.used], slot.start >= opening)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """The next smaller steps of the ladder."""
        lower = (minutes for minutes in LADDER if minutes < self.minutes)
        for size, minutes in enumerate(lower, start=1):
            yield self.notch(f"{self.minutes} min", f"{minutes} min", self.setting("minutes", minutes), size=size)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Neighbours in time that are too close."""
        past = [send for send in plan.past if not send.followup]
        row = sorted((*past, *plan.regular), key=lambda send: send.minute)
        for earlier, later in pairwise(row):
            distance = later.minute - earlier.minute
            if distance >= self.minutes:
                continue
            if later.id in plan.by_id:
                send, where = later, f"{distance} min after {earlier.id}"
            elif earlier.id in plan.by_id:
                send, where = earlier, f"{distance} min before {later.id}"
            else:
                continue
            text = f"{sent(plan.week, send)} is {where}; {self.minutes} are needed"
            yield self.broken(send.id, self.minutes - distance, text)
