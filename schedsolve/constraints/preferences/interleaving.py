"""`interleaving`: neighbours in a block come from different categories."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import POINT, Preference
from .send_timing import placed

ALIKE = 3 * POINT // 10
"""Units lost by two neighbours of one category: mild, hours weigh more."""


@dataclass(frozen=True)
class Interleaving(Preference):
    """Two neighbouring sends of one category within a block cost a little."""

    id = "interleaving"

    @classmethod
    def of(cls, week: Week) -> Interleaving:
        return cls()

    def post(self, draft: Draft) -> None:
        for first, second in pairwise(draft.slots):
            if first.segment != second.segment:
                continue
            alike = draft.literal("alike", first.day)
            for category in first.categories:
                draft.add(self.id, category, alike >= first.categories[category] + second.categories[category] - 1)
            draft.reward(self.id, -ALIKE, alike)

    def score(self, plan: Timetable) -> int:
        alike = sum(
            one == other and first.category is second.category
            for (first, one, _), (second, other, _) in pairwise(placed(plan))
        )
        return -ALIKE * alike
