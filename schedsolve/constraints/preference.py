"""What a preference is: a weighted wish with two halves, one that rewards in the model and one that scores a plan."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft

POINT = 1000
"""Units (thousandths) in a point. All weights and scores are whole units."""


@dataclass(frozen=True)
class Preference(ABC):
    """A soft rule. Its weight carries its id, so that a plan's value can be told rule by rule.

    `post` rewards in the model; `score` finds the same number of units in a finished plan, from the plan alone.
    """

    id: ClassVar[str]

    @classmethod
    def concerns(cls, week: Week) -> bool:  # noqa: ARG003
        """Whether a week asks for it at all: if not, it is neither posted nor told."""
        return True

    @classmethod
    @abstractmethod
    def of(cls, week: Week) -> Self:
        """The preference with what it needs of the week."""

    @abstractmethod
    def post(self, draft: Draft) -> None:
        """Write the rewards into the model."""

    @abstractmethod
    def score(self, plan: Timetable) -> int:
        """Units the plan earns."""
