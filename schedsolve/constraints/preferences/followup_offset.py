"""`followup-offset`: each followup at its seeded delay after the parent."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft, Slot
from ..preference import POINT, Preference
from .send_timing import placed

MEAN, SD = 28, 8
"""Minutes: the normal distribution from which delays are drawn, cut to the window."""
PER_MINUTE = POINT // 10
"""Units lost per minute away from the drawn delay."""


@dataclass(frozen=True)
class FollowupOffset(Preference):
    """A followup loses by its distance from a drawn delay; each draw belongs to a date, block and position."""

    id = "followup-offset"
    week: Week

    @classmethod
    def of(cls, week: Week) -> FollowupOffset:
        return cls(week)

    def drawn(self, day: int, block: int, morning: bool, position: int) -> int:
        """The wished delay in minutes."""
        window = self.week.measure.followup_window
        if self.week.scenario.variation.temperature == 0:
            return min(max(MEAN, window.earliest), window.latest)
        key = (
            self.week.scenario.creator.id,
            self.week.date(day).isoformat(),
            block,
            "am" if morning else "pm",
            position,
        )
        return self.week.noise.truncated_normal(MEAN, SD, window.earliest, window.latest, "followup", *key)

    def post(self, draft: Draft) -> None:
        widest = self.week.followup_window.latest
        for followup in draft.followups:
            slot = followup.slot
            if slot is None or followup.late:
                continue
            wish = self._of_slot(slot)
            missed = draft.integer(0, widest, "missed delay", slot.day)
            draft.add(self.id, "late", missed >= followup.start - slot.start - wish)
            draft.add(self.id, "early", missed >= slot.start + wish * followup.present - followup.start)
            draft.reward(self.id, -PER_MINUTE, missed)

    def _of_slot(self, slot: Slot) -> int:
        return self.drawn(slot.day, slot.segment.block, slot.segment.morning, slot.position)

    def score(self, plan: Timetable) -> int:
        place = {send.id: (stretch, position) for send, stretch, position in placed(plan)}
        lost = 0
        for followup in plan.followups:
            parent = plan.parent_of(followup)
            if parent is None or parent.id not in place or followup.timing_adjusted:
                continue
            stretch, position = place[parent.id]
            wish = self.drawn(stretch.day, stretch.block, stretch.start - stretch.midnight < 720, position)
            lost += abs(followup.minute - parent.minute - wish)
        return -PER_MINUTE * lost
