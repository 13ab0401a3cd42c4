"""`type-value`: what each send earns above the least its category would earn that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import POINT, Preference

NOISE = 2 * POINT
"""Units per unit of Gumbel noise at temperature 1."""


@dataclass(frozen=True)
class TypeValue(Preference):
    """A send earns its type's worth with the day's noise, less the worth of the day's least type of its category.

    `units[day][type]` are at least 0, so that what every plan earns alike is not counted.
    """

    id = "type-value"
    units: tuple[Mapping[str, int], ...]

    @classmethod
    def of(cls, week: Week) -> TypeValue:
        return cls(tuple(_units(week, day) for day in week.days))

    def post(self, draft: Draft) -> None:
        for slot in draft.slots:
            for key, literal in slot.kinds.items():
                draft.reward(self.id, self.units[slot.day][key], literal)

    def score(self, plan: Timetable) -> int:
        return sum(
            self.units[send.day].get(send.type_key, 0) for send in plan.regular if 0 <= send.day < len(self.units)
        )


def _units(week: Week, day: int) -> Mapping[str, int]:
    scale = week.scenario.variation.temperature * NOISE
    keys = (week.scenario.creator.id, week.date(day).isoformat())
    perturbed = {key: week.worth[key] + round(scale * week.noise.gumbel("type", *keys, key)) for key in week.types}
    least = {
        category: min(perturbed[key] for key, row in week.types.items() if row.category is category)
        for category in {row.category for row in week.types.values()}
    }
    return {key: perturbed[key] - least[row.category] for key, row in week.types.items()}
