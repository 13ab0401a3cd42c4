"""Rule `required-fields`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .rule import Rule, Violation


@dataclass(frozen=True)
class RequiredFields(Rule):
    """Every send states its date, time, send type, channel and target."""

    id = "required-fields"
    severity = "high"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends with absent fields, as the reader of the plan noted them."""
        for send in plan.sends:
            if send.missing:
                yield self.broken(send.id, len(send.missing), f"{send.id} lacks {', '.join(send.missing)}")
