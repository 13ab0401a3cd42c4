"""Rule `followup-linked`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class FollowupLinked(Rule):
    """A followup names a parent that exists, in the plan or in history, and that goes out earlier."""

    id = "followup-linked"
    severity = "medium"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Orphans, and followups before their parents."""
        for followup in plan.followups:
            parent = plan.parent_of(followup)
            if followup.parent is None:
                fault = "names no parent"
            elif parent is None:
                fault = f"names the parent {followup.parent}, which is neither in the plan nor in history"
            elif parent.minute >= followup.minute:
                fault = f"does not go out after its parent {sent(plan.week, parent)}"
            else:
                continue
            yield self.broken(followup.id, 1, f"{sent(plan.week, followup)} {fault}")
