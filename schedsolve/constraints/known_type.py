"""Rule `known-type`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class KnownType(Rule):
    """Every send's type is in the catalog; retired names have been read as their successors."""

    id = "known-type"
    severity = "high"
    monotone = True

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends without a row in the catalog."""
        for send in plan.sends:
            if send.send_type is None:
                yield self.broken(
                    send.id,
                    1,
                    f"{sent(plan.week, send)} is of type {send.type_key!r}, which is not in the catalog",
                )
