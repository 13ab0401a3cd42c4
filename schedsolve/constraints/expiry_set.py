"""Rule `expiry-set`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class ExpirySet(Rule):
    """A send whose type expires carries the expiry, exactly its hours after the send; no other has one."""

    id = "expiry-set"
    severity = "high"
    needs = ("expiry",)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends with a wrong expiry, or with one too many or too few."""
        for send in plan.sends:
            if send.send_type is None or not send.expiry_known:
                continue
            hours = send.send_type.expiry_hours
            wanted = None if hours is None else send.minute + 60 * hours
            if send.expires == wanted:
                continue
            if wanted is None:
                fault, off = f"has an expiry; {send.type_key} never expires", 1
            elif send.expires is None:
                fault, off = f"has no expiry; {send.type_key} expires after {hours} h", 1
            else:
                after = send.expires - send.minute
                fault, off = (
                    f"expires after {after} min; {60 * (hours or 0)} are right",
                    abs(send.expires - wanted),
                )
            yield self.broken(send.id, off, f"{sent(plan.week, send)} {fault}")
