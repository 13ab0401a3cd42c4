"""What a preference is: a weighted wish with two halves, one that rewards in the model and one that scores a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft

POINT = 1000
"""Units (thousandths) in a point. All weights and scores are whole units."""


@dataclass(frozen=True)
class Preference:
    """A soft rule. Its weight carries its id, so that a plan's value can be told rule by rule.

    `post` rewards in the model; `score` finds the same number of units in a finished plan, from the plan alone.
    """

    id: ClassVar[str]

    @classmethod
    def of(cls, week: Week) -> Self:
        """The preference with what it needs of the week."""
        raise NotImplementedError

    def post(self, draft: Draft) -> None:
        """Write the rewards into the model."""
        raise NotImplementedError

    def score(self, plan: Timetable) -> int:
        """Units the plan earns."""
        raise NotImplementedError
