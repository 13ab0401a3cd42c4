"""Rule `daily-quota`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import Category
from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .declaration import declaration_faults
from .draft import Draft
from .overrides import quota_edit
from .rule import A_DAY, Rule, Violation
from .wording import date_of, day_words, sent


@dataclass(frozen=True)
class DailyQuota(Rule):
    """Regular sends per day and category equal the quota, less what the plan declares missing and why.

    A category may fall short when other rules leave no room; the shortfall is then declared with at least one
    binding rule. More sends than the quota, undeclared gaps and sends off the planned days break the rule.
    """

    id = "daily-quota"
    severity = "high"

    def post(self, draft: Draft) -> None:
        """Placed and missing sends of a day and category make its quota."""
        for (day, category), missing in draft.shortfalls.items():
            placed = [slot.categories[category] for slot in draft.slots if slot.day == day]
            subject = f"{day_words(draft.week, day)} {category}"
            draft.add(self.id, subject, sum(placed) + missing == draft.week.quotas[day].of(category))

    def day_notches(self, week: Week) -> Iterator[Notch]:
        """One more send of a category on a day, or as many as are locked there."""
        for day in week.days:
            for category in Category:
                stated = week.quotas[day].of(category)
                locked = sum(
                    lock.send_type.category is category and week.horizon.day_of(lock.minute) == day
                    for lock in week.locks
                )
                for wanted in dict.fromkeys((stated + 1, max(stated + 1, locked))):
                    yield self.notch(
                        str(stated),
                        str(wanted),
                        quota_edit(week, day, **{category.value: wanted}),
                        subject=f"{day_words(week, day)} {category}",
                        size=(wanted - stated) * A_DAY,
                    )

    def in_words(self, week: Week, subject: str) -> str:
        """The quota of a day and category."""
        wanted = {
            f"{day_words(week, day)} {category}": week.quotas[day].of(category)
            for day in week.days
            for category in Category
        }
        return f"{self.id} ({wanted[subject]}) on {subject}"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Days and categories that hold more than their quota, or less without a word."""
        yield from self._counts(plan)
        for shortfall in plan.short_of(self.id):
            yield from declaration_faults(self, plan, shortfall)
        for send in plan.regular:
            if send.day not in plan.week.days:
                yield self.broken(
                    send.id,
                    1,
                    f"{sent(plan.week, send)} lies on {date_of(plan.week, send.day)}, which is not a day of the plan",
                )

    def _counts(self, plan: Timetable) -> Iterator[Violation]:
        placed = Counter((send.day, send.category) for send in plan.regular)
        declared: Counter[tuple[int, Category]] = Counter()
        for shortfall in plan.short_of(self.id):
            declared[shortfall.day, shortfall.category] += shortfall.count
        for day in plan.week.days:
            for category in Category:
                wanted, held = plan.week.quotas[day].of(category), placed[day, category]
                absent = declared[day, category]
                subject = f"{date_of(plan.week, day)} {category}"
                if held > wanted:
                    yield self.broken(subject, held - wanted, f"{subject}: {held} sends exceed the quota of {wanted}")
                elif held + absent != wanted:
                    yield self.broken(
                        subject,
                        abs(wanted - held - absent),
                        f"{subject}: {held} sends placed and {absent} declared missing do not make "
                        f"the quota of {wanted}",
                    )
