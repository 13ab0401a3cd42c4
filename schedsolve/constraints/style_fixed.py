"""Rule `style-fixed`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class StyleFixed(Rule):
    """A type with a fixed style has that style, and a type that is not pay-per-view has none.

    Absent and unknown styles of pay-per-view sends are the business of `style-known`.
    """

    id = "style-fixed"
    severity = "high"
    monotone = True

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends with a style that does not go with their type."""
        for send in plan.sends:
            row = send.send_type
            if row is None:
                continue
            if not row.ppv and (send.style is not None or send.style_text):
                yield self.broken(
                    send.id,
                    1,
                    f"{sent(plan.week, send)} has style {send.style or send.style_text}; "
                    f"{row.key} is not pay-per-view and has none",
                )
            elif row.fixed_style is not None and send.style not in (None, row.fixed_style):
                yield self.broken(
                    send.id,
                    1,
                    f"{sent(plan.week, send)} has style {send.style}; {row.key} is always {row.fixed_style}",
                )
