"""Rule `style-am-pm`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import GUARDED_STYLES, Style
from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft, IntVar
from .rule import Rule, Violation
from .wording import date_of, day_words

NOON = 12 * 60
MOST = 24
"""The highest limit a scenario may state."""


@dataclass(frozen=True)
class StyleAmPm(Rule):
    """A day has at most `max` pay-per-view sends of a guarded style before 12:00, and as many from 12:00."""

    id = "style-am-pm"
    severity = "high"
    monotone = True
    needs = ("styles",)

    max: int

    def post(self, draft: Draft) -> None:
        """A sum per day, half-day and guarded style."""
        fixed = {key: row.fixed_style for key, row in draft.week.types.items()}
        halves: dict[tuple[int, bool, Style], list[IntVar]] = {}
        for slot in draft.slots:
            for style in GUARDED_STYLES:
                halves.setdefault((slot.day, slot.segment.morning, style), []).extend(slot.style(style, fixed))
        for (day, _, style), literals in halves.items():
            if len(literals) > self.max:
                draft.add(self.id, f"{day_words(draft.week, day)} {style}", sum(literals) <= self.max)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """One more send of each guarded style in a half-day."""
        if self.max < MOST:
            edit = self.setting("max", self.max + 1)
            yield self.notch(f"{self.max} a half-day", f"{self.max + 1} a half-day", edit)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Half-days with too many of one guarded style."""
        halves = Counter(
            (send.day, "am" if send.clock < NOON else "pm", send.style)
            for send in plan.ppv
            if send.style in GUARDED_STYLES
        )
        for (day, half, style), count in halves.items():
            if count > self.max:
                subject = f"{date_of(plan.week, day)} {half} {style}"
                yield self.broken(
                    subject,
                    count - self.max,
                    f"{subject}: {count} pay-per-view sends of this style; {self.max} is allowed",
                )
