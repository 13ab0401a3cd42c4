"""Rule `active-window`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.notch import Notch
from ..model.timetable import Send, Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import hhmm, sent

STEP, LAST = 30, 24 * 60 - 1
"""Minutes by which the window gives way, and the last local minute of a day."""


@dataclass(frozen=True)
class ActiveWindow(Rule):
    """Every send goes out between the local times `start` and `end` (HH:MM), both allowed.

    Under the policy `cross_midnight` a followup may run past the end, on its parent's day or the next.
    """

    id = "active-window"
    severity = "medium"
    monotone = True

    start: str
    end: str

    def narrow(self, draft: Draft) -> None:
        """Close the minutes outside the window; a late followup may reach over midnight by policy."""
        clock = draft.clock()
        early, late = clock < _minutes(self.start), clock > _minutes(self.end)
        draft.forbid_minutes(self.id, early | late, "regular")
        if draft.week.late_policy == "cross_midnight":
            draft.forbid_minutes(self.id, early & (clock >= draft.week.followup_window.latest), "followup")
        else:
            draft.forbid_minutes(self.id, early | late, "followup")

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """Half an hour earlier; half an hour later."""
        opens, closes = max(0, _minutes(self.start) - STEP), min(LAST, _minutes(self.end) + STEP)
        for name, before, after in (("start", self.start, hhmm(opens)), ("end", self.end, hhmm(closes))):
            if before != after:
                yield self.notch(before, after, self.setting(name, after), subject=name)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends too early or too late in the day."""
        opens, closes = _minutes(self.start), _minutes(self.end)
        for send in plan.sends:
            if opens <= send.clock <= closes or _runs_late(plan, send, closes):
                continue
            yield self.broken(
                send.id,
                opens - send.clock if send.clock < opens else send.clock - closes,
                f"{sent(plan.week, send)} is outside the active window {self.start}-{self.end}",
            )


def _minutes(hhmm: str) -> int:
    hours, minutes = hhmm.split(":")
    return int(hours) * 60 + int(minutes)


def _runs_late(plan: Timetable, send: Send, closes: int) -> bool:
    """Whether a followup may run past the window's end, over midnight or towards it."""
    if not send.followup or plan.week.late_policy != "cross_midnight":
        return False
    parent = plan.parent_of(send)
    return parent is not None and (send.day == parent.day + 1 or (send.day == parent.day and send.clock > closes))
