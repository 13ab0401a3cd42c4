"""Rule `followup-window`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from ..model.notch import Notch
from ..model.timetable import Send, Timetable
from ..model.week import Week
from .rule import Rule, Violation
from .wording import sent

EARLIER, LATER, MOST = 5, 15, 720
"""Minutes by which the window gives way, and the latest end a scenario may state."""


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

    def notches(self, week: Week) -> Iterator[Notch]:
        """Five minutes earlier and fifteen later, where the creator's response leaves the rule's window open."""
        rule, response = week.scenario.rules.followup_window, week.scenario.timing.avg_response_minutes
        earliest, latest = max(1, rule.earliest - EARLIER), min(MOST, rule.latest + LATER)
        closed = response is not None and (response * 6 // 10 > rule.latest or response * 15 // 10 < rule.earliest)
        if closed or (earliest, latest) == (rule.earliest, rule.latest):
            return
        yield self.notch(
            f"{rule.earliest}-{rule.latest} min",
            f"{earliest}-{latest} min",
            self.setting("earliest", earliest),
            self.setting("latest", latest),
        )

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
