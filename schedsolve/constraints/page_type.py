"""Rule `page-type`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .draft import Draft
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class PageTypeRule(Rule):
    """Every send's type exists on the creator's page, paid or free."""

    id = "page-type"
    severity = "high"
    monotone = True

    def narrow(self, draft: Draft) -> None:
        """Take types of the other page out."""
        page = draft.week.scenario.creator.page_type
        for key, row in draft.week.types.items():
            if page not in row.pages:
                draft.forbid_type(self.id, key)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends of types that the page does not have."""
        page = plan.week.scenario.creator.page_type
        for send in plan.sends:
            if send.send_type is not None and page not in send.send_type.pages:
                allowed = " and ".join(send.send_type.pages)
                yield self.broken(
                    send.id,
                    1,
                    f"{sent(plan.week, send)}: {send.send_type.key} exists on {allowed} pages, not on {page}",
                )
