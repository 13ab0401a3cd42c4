"""Rule `blackout`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

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

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends in a blackout."""
        for send in plan.sends:
            for span in plan.week.blackouts:
                if span.start <= send.minute < span.end:
                    reason = f" ({span.reason})" if span.reason else ""
                    yield self.broken(send.id, 1, f"{sent(plan.week, send)} is in a blackout{reason}")
                    break
