"""What `ppv-range` and `bump-range` share: a day's sends of one kind between two ends."""

from __future__ import annotations

from abc import ABC
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..model.notch import Notch
from ..model.ranged import Ranged
from ..model.timetable import Timetable
from ..model.week import Week
from .declaration import declaration_faults
from .draft import Draft
from .rule import Rule, Violation
from .wording import date_of, day_words


@dataclass(frozen=True)
class RangeRule(Rule, ABC):
    """A day holds no more sends of a kind than its range allows, and no fewer, less what the plan declares missing.

    The low end reaches no further than the quota of the kind's category. A week without the range has no such rule.
    """

    severity = "medium"
    kind: ClassVar[Ranged]

    def post(self, draft: Draft) -> None:
        """On each day, no more than the high end; placed and lacking sends reach the low end."""
        week, kind = draft.week, self.kind
        counts = week.count_range(kind)
        if counts is None:
            return
        keys = [key for key, row in week.types.items() if kind.covers(row)]
        for day in week.days:
            slots = [slot for slot in draft.slots if slot.day == day]
            held = sum(slot.kinds[key] for slot in slots for key in keys if key in slot.kinds)
            subject = day_words(week, day)
            draft.add(self.id, subject, held <= counts.high)
            draft.add(self.id, subject, held + draft.lacking[day, kind] >= week.least(kind, day))

    def notches(self, week: Week) -> Iterator[Notch]:
        """Days may hold any number."""
        counts = week.count_range(self.kind)
        if counts is not None:
            yield self.switched_off(f"{counts.low}-{counts.high} a day")

    def in_words(self, week: Week, subject: str) -> str:
        """The range, and the day."""
        counts = week.count_range(self.kind)
        stated = "" if counts is None else f" ({counts.low}-{counts.high})"
        return f"{self.id}{stated} on {subject}"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Days that hold more than the high end, or less than the low end without a word."""
        counts = plan.week.count_range(self.kind)
        if counts is None:
            return
        declared: Counter[int] = Counter()
        for shortfall in plan.short_of(self.id):
            yield from declaration_faults(self, plan, shortfall)
            if shortfall.category is self.kind.category:
                declared[shortfall.day] += shortfall.count
        for day in plan.week.days:
            held = sum(send.send_type is not None and self.kind.covers(send.send_type) for send in plan.on_day(day))
            wanted = min(counts.low, plan.week.quotas[day].of(self.kind.category))
            lacking, told = max(0, wanted - held), f"{date_of(plan.week, day)}: {held} {self.kind} sends"
            if held > counts.high:
                yield self.broken(date_of(plan.week, day), held - counts.high, f"{told} exceed {counts.high}")
            elif declared[day] != lacking:
                yield self.broken(
                    date_of(plan.week, day),
                    abs(declared[day] - lacking),
                    f"{told} placed and {declared[day]} declared missing do not make the low end of {wanted}",
                )
