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
        """The position is a flow over four states: a rotated send moves it on, any other leaves it.

        A move is told by state and style, so that adherence is a move of its own: half the work for a proof, measured
        against one literal for the move and one for adherence.
        """
        week = draft.week
        rotated = [row for row in week.types.values() if row.rotated]
        flow: list[LinearExprT] = [int(state == self.first % 4) for state in range(4)]
        started = week.rotations[0].started
        for slot in draft.slots:
            rotation = week.rotations[slot.day]
            if rotation.started != started:
                started, flow = rotation.started, [1, 0, 0, 0]
            styles = dict.fromkeys(rotation.pattern)
            stay = [draft.literal("stay", slot.day, chained=True) for _ in range(4)]
            move = {
                (state, style): draft.literal("move", slot.day, chained=True) for state in range(4) for style in styles
            }
            for state in range(4):
                leaving = stay[state] + sum(move[state, style] for style in styles)
                draft.add(self.id, "flow", leaving == flow[state])
            for style in styles:
                looks = [slot.looks[row.key, style] for row in rotated if (row.key, style) in slot.looks]
                draft.add(self.id, "style", sum(move[state, style] for state in range(4)) == sum(looks))
            for state, style in enumerate(rotation.pattern):
                draft.reward(self.id, ADHERED, move[state, style])
            flow = [stay[state] + sum(move[(state - 1) % 4, style] for style in styles) for state in range(4)]

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
