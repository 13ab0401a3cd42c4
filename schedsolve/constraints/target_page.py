"""Rule `target-page`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import TARGETS
from ..model.timetable import Send, Timetable
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class TargetPage(Rule):
    """A send's audience exists, exists on the creator's page, and is served by the send's channel.

    Absent targets and channels are the business of `required-fields`.
    """

    id = "target-page"
    severity = "medium"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends whose audience cannot be reached."""
        for send in plan.sends:
            fault = self._fault(plan, send)
            if fault:
                yield self.broken(send.id, 1, f"{sent(plan.week, send)} {fault}")

    def _fault(self, plan: Timetable, send: Send) -> str:
        if send.target is None:
            return ""
        target = TARGETS.get(send.target)
        page = plan.week.scenario.creator.page_type
        if target is None:
            return f"goes to {send.target!r}, which is no known target"
        if page not in target.pages:
            return f"goes to {target.key}, which does not exist on a {page} page"
        if send.channel is not None and send.channel not in target.channels:
            return f"goes to {target.key} by {send.channel}; only {' or '.join(target.channels)} reaches it"
        return ""
