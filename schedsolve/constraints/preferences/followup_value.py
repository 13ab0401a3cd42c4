"""`followup-value`: a followup for every eligible parent, the parents of highest estimated revenue first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import Preference

SHARE_PERCENT = 50
"""Part of the parent's worth that a followup earns."""


@dataclass(frozen=True)
class FollowupValue(Preference):
    """A followup earns half of its parent's worth; `units` by parent type."""

    id = "followup-value"
    units: Mapping[str, int]

    @classmethod
    def of(cls, week: Week) -> FollowupValue:
        rows = (row for row in week.catalog.values() if row.followup)
        return cls({row.key: week.worth.get(row.key, round(row.value * 1000)) * SHARE_PERCENT // 100 for row in rows})

    def post(self, draft: Draft) -> None:
        for followup in draft.followups:
            if followup.past is not None:
                draft.reward(self.id, self.units[followup.past.send_type.key], followup.present)
            for key, literal in (followup.by_type or {}).items():
                draft.reward(self.id, self.units[key], literal)

    def score(self, plan: Timetable) -> int:
        parents = (plan.parent_of(followup) for followup in plan.followups)
        return sum(self.units.get(parent.type_key, 0) for parent in parents if parent is not None)
