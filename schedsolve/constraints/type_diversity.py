"""Rule `type-diversity`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import FOLLOWUP, Category
from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import span_of, week_words


@dataclass(frozen=True)
class TypeDiversity(Rule):
    """Each week of the plan has enough distinct regular types: over all, of revenue and of engagement.

    The floor is the least of the stated figure (for n < 7 days multiplied by n/7, rounded down, at least 1),
    the allocated types of that kind, its quota in that week, and its sends placed. A stated 0 asks nothing.
    """

    id = "type-diversity"
    severity = "high"

    types: int
    revenue: int
    engagement: int

    def post(self, draft: Draft) -> None:
        """Enough types met, or, where that few sends are placed at all, every one of them of another type."""
        for days in draft.week.horizon.plan_weeks:
            self._post_kind(draft, days, None, self.types)
            self._post_kind(draft, days, Category.REVENUE, self.revenue)
            self._post_kind(draft, days, Category.ENGAGEMENT, self.engagement)

    def _post_kind(self, draft: Draft, days: range, kind: Category | None, stated: int) -> None:
        scaled = stated if len(days) >= 7 else max(1, stated * len(days) // 7)
        slots = [slot for slot in draft.slots if slot.day in days]
        keys = [key for key, row in draft.week.types.items() if kind in (None, row.category)]
        floor = min(scaled, len(keys), draft.week.week_quota(days, kind))
        if not stated or not floor:
            return
        subject = f"{week_words(draft.week, days)} {kind or 'regular'} types"
        met = {key: draft.literal("met") for key in keys}
        for key, literal in met.items():
            draft.add(self.id, subject, literal <= sum(slot.kinds[key] for slot in slots if key in slot.kinds))
        placed = sum(slot.used if kind is None else slot.categories[kind] for slot in slots)
        few = draft.literal("few sends")
        draft.add(self.id, subject, sum(met.values()) >= floor - floor * few)
        draft.imply(self.id, subject, [few], placed <= floor - 1)
        draft.imply(self.id, subject, [few], sum(met.values()) >= placed)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """One distinct type fewer: over all, of revenue, of engagement."""
        for name, stated in (("types", self.types), ("revenue", self.revenue), ("engagement", self.engagement)):
            if stated:
                subject = "" if name == "types" else name
                edit = self.setting(name, stated - 1)
                yield self.notch(f"{stated} types a week", f"{stated - 1} types a week", edit, subject=subject)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Weeks with too few types of a kind."""
        for days in plan.week.horizon.plan_weeks:
            yield from self._of_kind(plan, days, None, self.types)
            yield from self._of_kind(plan, days, Category.REVENUE, self.revenue)
            yield from self._of_kind(plan, days, Category.ENGAGEMENT, self.engagement)

    def _of_kind(self, plan: Timetable, days: range, kind: Category | None, stated: int) -> Iterator[Violation]:
        if stated == 0:
            return
        scaled = stated if len(days) >= 7 else max(1, stated * len(days) // 7)
        placed = [
            send.send_type.key
            for send in plan.regular
            if send.day in days
            and send.send_type is not None
            and send.send_type.key != FOLLOWUP
            and kind in (None, send.send_type.category)
        ]
        on_offer = sum(kind in (None, row.category) for row in plan.week.types.values())
        floor = min(scaled, on_offer, plan.week.week_quota(days, kind), len(placed))
        found = len(set(placed))
        if found < floor:
            week = span_of(plan.week, days)
            label = f"{kind} types" if kind else "regular types"
            yield self.broken(week, floor - found, f"{week} has {found} distinct {label}; {floor} are needed")
