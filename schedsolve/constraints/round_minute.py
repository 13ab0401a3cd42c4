"""Rule `round-minute`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class RoundMinute(Rule):
    """No send, followups included, goes out at a local minute of the hour divisible by `step`."""

    id = "round-minute"
    severity = "high"
    monotone = True

    step: int

    def narrow(self, draft: Draft) -> None:
        """Close the round minutes."""
        draft.forbid_minutes(self.id, draft.clock() % 60 % self.step == 0)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """Round minutes are minutes like any other."""
        yield self.switched_off(f"closed every {self.step} min")

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends at round minutes."""
        for send in plan.sends:
            if send.clock % 60 % self.step == 0:
                yield self.broken(
                    send.id, 1, f"{sent(plan.week, send)} is at a round minute (divisible by {self.step})"
                )
