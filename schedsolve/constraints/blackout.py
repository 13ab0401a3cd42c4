"""Rule `blackout`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ..model.notch import Edit, Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import sent, span_words


@dataclass(frozen=True)
class Blackout(Rule):
    """Nothing goes out in a blackout: its first minute counts, its end does not."""

    id = "blackout"
    severity = "high"
    monotone = True

    def narrow(self, draft: Draft) -> None:
        """Close the minutes of each blackout."""
        minutes = np.arange(len(draft.clock()))
        for span in draft.week.blackouts:
            closed = (minutes >= span.start) & (minutes < span.end)
            draft.forbid_minutes(self.id, closed, subject=span_words(draft.week, span))

    def in_words(self, week: Week, subject: str) -> str:
        """The blackout, with its reason."""
        reasons = [span.reason for span in week.blackouts if span.reason and span_words(week, span) == subject]
        return f"the blackout {subject}" + (f" ({reasons[0]})" if reasons else "")

    def notches(self, week: Week) -> Iterator[Notch]:
        """Each blackout, taken back."""
        for number, span in enumerate(week.blackouts):
            yield self.notch(
                "closed",
                "open",
                Edit(op="remove", path=f"/blackouts/{number}"),
                subject=_words(week.horizon.local(span.start), week.horizon.local(span.end)),
                size=4,
            )

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends in a blackout."""
        for send in plan.sends:
            for span in plan.week.blackouts:
                if span.start <= send.minute < span.end:
                    reason = f" ({span.reason})" if span.reason else ""
                    yield self.broken(send.id, 1, f"{sent(plan.week, send)} is in a blackout{reason}")
                    break


def _words(start: datetime, end: datetime) -> str:
    """`Wed 22 Jan 19:00-22:00`, or with both days."""
    first = f"{start:%a %d %b %H:%M}"
    return f"{first}-{end:%H:%M}" if start.date() == end.date() else f"{first} to {end:%a %d %b %H:%M}"
