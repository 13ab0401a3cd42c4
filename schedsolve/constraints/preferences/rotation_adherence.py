"""`rotation-adherence`: rotation-styled sends follow the pattern in force, one style after the other."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft, LinearExprT
from ..preference import POINT, Preference

ADHERED = 2 * POINT
"""Units for a send whose style is the pattern's next."""


@dataclass(frozen=True)
class RotationAdherence(Preference):
    """The rotated send at running position n of a pattern earns when its style is number n mod 4 of the pattern.

    `first` is the position at which the plan's first pattern stands.
    """

    id = "rotation-adherence"
    first: int

    @classmethod
    def of(cls, week: Week) -> RotationAdherence:
        return cls(week.rotation_position if week.rotations[0].started < week.date(0) else 0)

    def post(self, draft: Draft) -> None:
        """The position is a flow over four states: a rotated send moves it on, any other leaves it."""
        week = draft.week
        rotated = [row for row in week.types.values() if row.rotated]
        flow: list[LinearExprT] = [int(state == self.first % 4) for state in range(4)]
        started = week.rotations[0].started
        for slot in draft.slots:
            rotation = week.rotations[slot.day]
            if rotation.started != started:
                started, flow = rotation.started, [1, 0, 0, 0]
            stay = [draft.literal("stay") for _ in range(4)]
            move = [draft.literal("move") for _ in range(4)]
            for state in range(4):
                draft.add(self.id, "flow", stay[state] + move[state] == flow[state])
            draft.add(
                self.id,
                "move",
                sum(move) == sum(slot.kinds[row.key] for row in rotated if row.key in slot.kinds),
            )
            for state, style in enumerate(rotation.pattern):
                looks = [slot.looks[row.key, style] for row in rotated if (row.key, style) in slot.looks]
                adhered = draft.literal("adhered")
                draft.add(self.id, "adhered", adhered <= move[state])
                draft.add(self.id, "adhered", adhered <= sum(looks))
                draft.reward(self.id, ADHERED, adhered)
            flow = [stay[state] + move[state - 1] for state in range(4)]

    def score(self, plan: Timetable) -> int:
        return ADHERED * self.followed(plan)[0]

    def followed(self, plan: Timetable) -> tuple[int, int]:
        """Rotation-styled sends that follow the pattern, and all of them."""
        position, adhered, total = self.first, 0, 0
        started = plan.week.rotations[0].started
        for send in plan.ppv:
            if send.send_type is None or not send.send_type.rotated or not 0 <= send.day < len(plan.week.rotations):
                continue
            rotation = plan.week.rotations[send.day]
            if rotation.started != started:
                started, position = rotation.started, 0
            adhered += send.style is rotation.pattern[position % 4]
            total += 1
            position += 1
        return adhered, total
