"""Rule `followup-late`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Send, Timetable
from ..model.week import Week
from .rule import Rule, Violation
from .wording import hhmm, sent

MORNING_OPENS = 8 * 60
MORNING_CLOSES = 9 * 60
"""A followup left for the next morning goes out strictly between these local minutes."""


@dataclass(frozen=True)
class FollowupLate(Rule):
    """A followup goes out on its parent's day, or later as the policy for late ones allows.

    `within_day`: on no other day. `cross_midnight`: also on the next day, inside the window. `next_morning`:
    on the next day only when the window's earliest minute after the parent lies past the last usable minute
    of the day, then between 08:00 and 09:00 and flagged as adjusted.
    """

    id = "followup-late"
    severity = "low"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Followups on a day, or at a time of it, that the policy does not give them."""
        for followup in plan.followups:
            parent = plan.parent_of(followup)
            if parent is None or followup.day == parent.day:
                continue
            for fault in _faults(plan.week, followup, parent):
                yield self.broken(followup.id, 1, f"{sent(plan.week, followup)} {fault}")


def _faults(week: Week, followup: Send, parent: Send) -> list[str]:
    """What is wrong with a followup that is not on its parent's day."""
    where = f"its parent {sent(week, parent)}"
    if week.late_policy == "within_day" or followup.day != parent.day + 1:
        return [f"is not on the day of {where}; the policy is {week.late_policy}"]
    if week.late_policy == "cross_midnight":
        return []
    faults = []
    fits_from, last = parent.clock + week.followup_window.earliest, _last_usable(week)
    if fits_from <= last:
        faults.append(f"is on the morning after {where}, although {hhmm(fits_from)} of that day was open")
    if not MORNING_OPENS < followup.clock < MORNING_CLOSES:
        faults.append(f"is not between {hhmm(MORNING_OPENS)} and {hhmm(MORNING_CLOSES)} of the morning after {where}")
    if not followup.timing_adjusted:
        faults.append(f"is on the morning after {where} but not flagged as adjusted")
    return faults


def _last_usable(week: Week) -> int:
    """The last local minute of a day inside the active window that is not round."""
    window, rounding = week.scenario.rules.active_window, week.scenario.rules.round_minute
    last = 24 * 60 - 1
    if window.enabled:
        last = int(window.end[:2]) * 60 + int(window.end[3:])
    while rounding.enabled and last % 60 % rounding.step == 0:
        last -= 1
    return last
