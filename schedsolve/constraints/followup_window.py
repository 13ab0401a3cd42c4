"""Rule `followup-window`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from ..model.timetable import Send, Timetable
from ..model.week import Week
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class FollowupWindow(Rule):
    """A followup goes out `earliest` to `latest` minutes after its parent, both allowed, and states that.

    The window is the creator's, narrowed by the timing profile. Under the policy `next_morning` it is waived
    for a followup on the day after its parent's that is flagged as adjusted; `followup-late` looks at those.
    """

    id = "followup-window"
    severity = "high"

    earliest: int
    latest: int

    @classmethod
    def of(cls, week: Week) -> Self:
        """The rule with the creator's narrowed window."""
        return cls(week.followup_window.earliest, week.followup_window.latest)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Followups too early, too late, or with a delay that is not theirs."""
        for followup in plan.followups:
            parent = plan.parent_of(followup)
            if parent is None:
                continue
            delay = followup.minute - parent.minute
            if not self.earliest <= delay <= self.latest and not _waived(plan, followup, parent):
                yield self.broken(
                    followup.id,
                    self.earliest - delay if delay < self.earliest else delay - self.latest,
                    f"{sent(plan.week, followup)} is {delay} min after {parent.id}; "
                    f"{self.earliest} to {self.latest} are allowed",
                )
            if followup.delay not in (None, delay):
                yield self.broken(
                    followup.id,
                    abs(followup.delay - delay),
                    f"{sent(plan.week, followup)} states a delay of {followup.delay} min; it is {delay}",
                )


def _waived(plan: Timetable, followup: Send, parent: Send) -> bool:
    return plan.week.late_policy == "next_morning" and followup.timing_adjusted and followup.day == parent.day + 1
