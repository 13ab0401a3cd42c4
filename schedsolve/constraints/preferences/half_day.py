"""`half-day`: guarded styles stand in the creator's better half of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...model.catalog import GUARDED_STYLES
from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import POINT, Preference

BETTER_HALF = POINT // 2
"""Units for a guarded style in the preferred half-day: enough to place the odd one of a pair."""


@dataclass(frozen=True)
class HalfDay(Preference):
    """A guarded style earns in the half-day of the audience's peak; without a known peak nothing counts."""

    id = "half-day"
    half: Literal["am", "pm"] | None

    @classmethod
    def of(cls, week: Week) -> HalfDay:
        return cls(week.half_day)

    def post(self, draft: Draft) -> None:
        fixed = {key: row.fixed_style for key, row in draft.week.types.items()}
        for slot in draft.slots:
            if self.half == ("am" if slot.segment.morning else "pm"):
                for style in GUARDED_STYLES:
                    for literal in slot.style(style, fixed):
                        draft.reward(self.id, BETTER_HALF, literal)

    def score(self, plan: Timetable) -> int:
        return BETTER_HALF * sum(
            send.style in GUARDED_STYLES and self.half == ("am" if send.clock < 12 * 60 else "pm") for send in plan.ppv
        )
