"""Rule `day-nonempty`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .overrides import quota_edit
from .rule import A_DAY, Rule, Violation
from .wording import date_of, day_words


@dataclass(frozen=True)
class DayNonempty(Rule):
    """Each day whose quota is not 0 has at least one regular send."""

    id = "day-nonempty"
    severity = "high"

    def post(self, draft: Draft) -> None:
        """At least one used slot on each day that has a quota."""
        for day in draft.week.days:
            if draft.week.quotas[day].total:
                used = [slot.used for slot in draft.slots if slot.day == day]
                draft.add(self.id, day_words(draft.week, day), sum(used) >= 1 if used else False)

    def notches(self, week: Week) -> Iterator[Notch]:
        """Days may stay empty."""
        if any(quota.total for quota in week.quotas):
            yield self.switched_off()

    def day_notches(self, week: Week) -> Iterator[Notch]:
        """No sends wanted on a day."""
        for day in week.days:
            wanted = week.quotas[day].total
            if wanted:
                none = quota_edit(week, day, revenue=0, engagement=0, retention=0)
                yield self.notch(
                    f"{wanted} sends wanted", "none", none, subject=day_words(week, day), size=wanted * A_DAY
                )

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Days that want sends and have none."""
        for day in plan.week.days:
            wanted = plan.week.quotas[day].total
            if wanted > 0 and not plan.on_day(day):
                date = date_of(plan.week, day)
                yield self.broken(date, 1, f"{date} has no regular send; its quota is {wanted}")
