"""Rule `style-known`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import Style
from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class StyleKnown(Rule):
    """Every pay-per-view send has one of the four styles."""

    id = "style-known"
    severity = "high"
    needs = ("styles",)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Pay-per-view sends of no style, or of one that does not exist."""
        for send in plan.ppv:
            if send.style is None:
                stated = f"style {send.style_text!r}" if send.style_text else "no style"
                yield self.broken(
                    send.id, 1, f"{sent(plan.week, send)} has {stated}; one of {', '.join(Style)} is needed"
                )
