"""Rule `time-conflict`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..model.catalog import FOLLOWUP
from ..model.timetable import Send, Timetable
from .draft import Draft
from .rule import Rule, Violation
from .wording import day_words, sent


@dataclass(frozen=True)
class TimeConflict(Rule):
    """No two sends go out at the same minute, followups and history included."""

    id = "time-conflict"
    severity = "high"
    monotone = True

    def narrow(self, draft: Draft) -> None:
        """Close the minutes that history has taken."""
        minutes = np.arange(len(draft.clock()))
        for send in draft.week.past:
            draft.forbid_minutes(self.id, minutes == send.minute)

    def post(self, draft: Draft) -> None:
        """Only what spacing, clearance and gaps do not already keep apart when they are on."""
        rules = draft.week.scenario.rules
        if draft.separate or not rules.min_spacing.enabled:
            for first, second in pairwise(draft.slots):
                draft.add(self.id, day_words(draft.week, second.day), second.start >= first.start + second.used)
        if not rules.followup_clearance.enabled:
            for followup in draft.followups:
                for slot in draft.slots:
                    if slot is not followup.slot:
                        draft.apart(self.id, followup, slot, 1)
        if not rules.same_type_gap.enabled or not draft.week.catalog[FOLLOWUP].gap_minutes:
            items = [(followup.present, followup.start) for followup in draft.followups]
            draft.spread(self.id, FOLLOWUP, items, 1)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends of the plan at a minute that is taken."""
        taken: dict[int, Send] = {send.minute: send for send in plan.past}
        for send in plan.sends:
            other = taken.setdefault(send.minute, send)
            if other is not send:
                yield self.broken(send.id, 1, f"{sent(plan.week, send)} is at the same minute as {other.id}")
