"""Rule `rotation-transition`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..model.catalog import Style
from ..model.rotation import TRANSITIONS
from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import date_of


@dataclass(frozen=True)
class RotationTransition(Rule):
    """The rotation changes state only as listed, day after day, and every pattern orders the four styles."""

    id = "rotation-transition"
    severity = "high"
    needs = ("days",)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Patterns that are none, and state changes that do not exist."""
        yield from self._patterns(plan)
        yield from self._states(plan)

    def _patterns(self, plan: Timetable) -> Iterator[Violation]:
        for day, record in enumerate(plan.days):
            if record.pattern is not None and sorted(record.pattern) != sorted(Style):
                date = date_of(plan.week, day)
                yield self.broken(date, 1, f"{date}: {'-'.join(record.pattern)} is not the four styles in some order")

    def _states(self, plan: Timetable) -> Iterator[Violation]:
        before = None
        for day, rotation in enumerate(plan.week.rotations):
            path = (*rotation.trail, rotation.state)
            if before not in (None, path[0]):
                date = date_of(plan.week, day)
                yield self.broken(date, 1, f"{date}: the rotation starts in {path[0]}, not in {before} of the eve")
            for state, following in pairwise(path):
                if following not in TRANSITIONS[state]:
                    date = date_of(plan.week, day)
                    yield self.broken(date, 1, f"{date}: the rotation goes from {state} to {following}")
            before = rotation.state
