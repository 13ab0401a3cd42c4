"""Rule `followup-target`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import FOLLOWUP, Channel
from ..model.timetable import Send, Timetable
from .rule import Rule, Violation
from .wording import sent

AUDIENCE = "ppv_non_purchasers"
"""Those who did not buy: the only audience of a followup."""


@dataclass(frozen=True)
class FollowupTarget(Rule):
    """A followup is a `ppv_followup`, a targeted message to those who did not buy; no other send is one."""

    id = "followup-target"
    severity = "high"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Followups of another type, channel or audience, and `ppv_followup` sends that follow nothing."""
        for send in plan.sends:
            faults = _faults(send)
            if faults:
                yield self.broken(send.id, len(faults), f"{sent(plan.week, send)} {'; '.join(faults)}")


def _faults(send: Send) -> list[str]:
    if not send.followup:
        return [f"is {FOLLOWUP} but not marked as a followup"] if send.type_key == FOLLOWUP else []
    wanted = (
        ("type", send.type_key, FOLLOWUP),
        ("channel", send.channel, Channel.TARGETED_MESSAGE),
        ("target", send.target, AUDIENCE),
    )
    return [
        f"has {name} {stated or 'unstated'} instead of {right}" for name, stated, right in wanted if stated != right
    ]
