"""Rule `target-required`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class TargetRequired(Rule):
    """A send whose type requires an audience goes to that audience, or to one of several the type admits."""

    id = "target-required"
    severity = "high"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends that go elsewhere, or nowhere stated."""
        for send in plan.sends:
            required = send.send_type.required_targets if send.send_type else ()
            if required and send.target not in required:
                yield self.broken(
                    send.id,
                    1,
                    f"{sent(plan.week, send)} goes to {send.target or 'no stated target'}; "
                    f"{send.type_key} requires {' or '.join(required)}",
                )
