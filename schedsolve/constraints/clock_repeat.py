"""Rule `clock-repeat`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import hhmm, span_of, week_words

MOST = 1000
"""The highest limit a scenario may state."""


@dataclass(frozen=True)
class ClockRepeat(Rule):
    """In a week of the plan the same local HH:MM is used at most `max` times, followups counted."""

    id = "clock-repeat"
    severity = "low"
    monotone = True

    max: int

    def post(self, draft: Draft) -> None:
        """A cumulative on the local clock, one minute wide, over each week's sends and followups."""
        for days in draft.week.horizon.plan_weeks:
            items = [(slot.used, draft.local_moment(slot)) for slot in draft.slots if slot.day in days]
            items += [
                (present, draft.local_moment(followup))
                for followup in draft.followups
                for day, present in draft.sent_on(followup)
                if day in days
            ]
            draft.capacity(self.id, week_words(draft.week, days), items, 1, self.max)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """Each local time once more a week."""
        if self.max < MOST:
            edit = self.setting("max", self.max + 1)
            yield self.notch(f"{self.max} a week", f"{self.max + 1} a week", edit)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Local times that a week uses too often."""
        for days in plan.week.horizon.plan_weeks:
            uses = Counter(send.clock for send in plan.sends if send.day in days)
            for clock, count in uses.items():
                if count > self.max:
                    subject = f"{span_of(plan.week, days)} {hhmm(clock)}"
                    yield self.broken(
                        subject, count - self.max, f"{subject} is used {count} times; {self.max} are allowed"
                    )
