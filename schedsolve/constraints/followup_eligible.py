"""Rule `followup-eligible`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Send, Timetable
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class FollowupEligible(Rule):
    """A followup's parent is of a type that takes one, is no followup itself, and has no second followup.

    A parent that is not found is the business of `followup-linked`.
    """

    id = "followup-eligible"
    severity = "high"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Followups whose parent may not have them."""
        served: dict[str, Send] = {}
        for followup in plan.followups:
            parent = plan.parent_of(followup)
            if parent is None:
                continue
            other = served.setdefault(parent.id, followup)
            if parent.followup:
                fault = f"follows {parent.id}, which is a followup itself"
            elif parent.send_type is None or not parent.send_type.followup:
                fault = f"follows {parent.id}; {parent.type_key} takes no followup"
            elif other is not followup:
                fault = f"follows {parent.id}, which {other.id} follows already"
            else:
                continue
            yield self.broken(followup.id, 1, f"{sent(plan.week, followup)} {fault}")
