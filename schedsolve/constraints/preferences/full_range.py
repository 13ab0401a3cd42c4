"""`ppv-range` and `bump-range` as the solver pursues them: as few sends lacking of the low ends as there can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from ...model.range_reach import unreachable
from ...model.ranged import Ranged
from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import POINT, Preference

LACKING = 250 * POINT
"""Units lost with each send that a range lacks: less than a missing send costs, more than types and times can earn."""


@dataclass(frozen=True)
class FullRange(Preference):
    """Each send that a day lacks of the low end of its range costs the same.

    `wanted` is the low end by day, as far as the quota goes; empty when the rule is off. `forgiven` counts the lacking
    sends that arithmetic says no plan can avoid: their cost is the zero point.
    """

    kind: ClassVar[Ranged]
    wanted: tuple[int, ...]
    forgiven: int

    @classmethod
    def concerns(cls, week: Week) -> bool:
        return (week.ppv_range if cls.kind is Ranged.PPV else week.bump_range) is not None

    @classmethod
    def of(cls, week: Week) -> Self:
        asked = week.count_range(cls.kind) is not None
        wanted = tuple(week.least(cls.kind, day) for day in week.days) if asked else ()
        return cls(wanted, sum(unreachable(week.measure, day)[cls.kind] for day in week.days))

    @property
    def zero(self) -> int:
        """Cost of the lacking sends that no plan could avoid."""
        return LACKING * self.forgiven

    def post(self, draft: Draft) -> None:
        for day, _ in enumerate(self.wanted):
            draft.reward(self.id, -LACKING, draft.lacking[day, self.kind])
        draft.constant(self.id, self.zero)

    def score(self, plan: Timetable) -> int:
        lost = 0
        for day, wanted in enumerate(self.wanted):
            rows = [send.send_type for send in plan.on_day(day) if send.send_type is not None]
            lost += max(0, wanted - sum(map(self.kind.covers, rows)))
        return self.zero - LACKING * lost


class FullPpvRange(FullRange):
    """Pay-per-view sends up to the low end."""

    id = "ppv-range"
    kind = Ranged.PPV


class FullBumpRange(FullRange):
    """Bumps up to the low end."""

    id = "bump-range"
    kind = Ranged.BUMP
