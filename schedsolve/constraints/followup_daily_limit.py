"""Rule `followup-daily-limit`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import FOLLOWUP
from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft, IntVar
from .rule import Rule, Violation
from .wording import date_of

MOST = 1000
"""The highest limit a scenario may state."""


@dataclass(frozen=True)
class FollowupDailyLimit(Rule):
    """At most `max` followups go out on one local day, those of history on that day counted."""

    id = "followup-daily-limit"
    severity = "low"

    max: int

    def post(self, draft: Draft) -> None:
        """A sum over the followups of each day on which they are sent, history's deducted."""
        days: dict[int, list[IntVar]] = {}
        for followup in draft.followups:
            for day, present in draft.sent_on(followup):
                days.setdefault(day, []).append(present)
        horizon = draft.week.horizon
        past = [horizon.day_of(send.minute) for send in draft.week.past if send.send_type.key == FOLLOWUP]
        for day, literals in days.items():
            left = max(0, self.max - past.count(day))
            if len(literals) > left:
                draft.add(self.id, date_of(draft.week, day), sum(literals) <= left)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """One more followup a day."""
        if self.max < MOST:
            yield self.notch(f"{self.max} a day", f"{self.max + 1} a day", self.setting("max", self.max + 1))

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Days with too many followups."""
        own = Counter(send.day for send in plan.followups)
        past = Counter(send.day for send in plan.past if send.followup)
        for day, count in own.items():
            total = count + past[day]
            if total > self.max:
                date = date_of(plan.week, day)
                yield self.broken(
                    date,
                    min(count, total - self.max),
                    f"{date} has {total} followups; {self.max} are allowed",
                )
