"""Rule `same-type-gap`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model.catalog import FOLLOWUP, SendType
from ..model.notch import Notch
from ..model.timetable import Send, Timetable
from ..model.week import Week
from .draft import Draft, Slot
from .overrides import override
from .rule import Rule, Violation
from .wording import sent


@dataclass(frozen=True)
class SameTypeGap(Rule):
    """Two sends of one type are at least the type's gap apart, exactly the gap allowed, history included.

    Followups are sends of type `ppv_followup` and keep its gap among themselves.
    """

    id = "same-type-gap"
    severity = "medium"
    monotone = True

    def post(self, draft: Draft) -> None:
        """At most one over runs of slots that cannot be far enough apart; differences for the borderline pairs."""
        for key, row in draft.week.types.items():
            slots = [slot for slot in draft.slots if key in slot.kinds]
            if not _once(draft, row):
                self._post_pairs(draft, slots, key, row.gap_minutes)
            opening = _opening(draft, key, row.gap_minutes)
            for slot in slots:
                if slot.latest < opening:
                    draft.add(self.id, key, slot.kinds[key] == 0)
                elif slot.earliest < opening:
                    draft.imply(self.id, key, [slot.kinds[key]], slot.start >= opening)
        gap = draft.week.catalog[FOLLOWUP].gap_minutes
        opening = _opening(draft, FOLLOWUP, gap)
        if gap:
            draft.spread(self.id, FOLLOWUP, [(item.present, item.start) for item in draft.followups], gap)
        for item in draft.followups:
            if item.earliest < opening:
                draft.imply(self.id, FOLLOWUP, [item.present], item.start >= opening)

    def _post_pairs(self, draft: Draft, slots: Sequence[Slot], key: str, gap: int) -> None:
        covered = 0
        for place, first in enumerate(slots):
            reach = place
            for at in range(place + 1, len(slots)):
                second = slots[at]
                if second.earliest - first.latest >= gap:
                    break
                if second.latest - first.earliest < gap:
                    reach = at
                elif draft.least_distance(first, second) < gap:
                    both = [first.kinds[key], second.kinds[key]]
                    draft.imply(self.id, key, both, second.start >= first.start + gap)
            if reach > max(covered, place):
                draft.at_most_one(self.id, key, [slot.kinds[key] for slot in slots[place : reach + 1]])
                covered = reach

    def notches(self, week: Week) -> Iterator[Notch]:
        """For each type, followups included, three quarters of its gap; then half of it."""
        gaps = {key: row.gap_minutes for key, row in (*week.types.items(), (FOLLOWUP, week.catalog[FOLLOWUP]))}
        for size, quarters in ((1, 3), (2, 2)):
            for key, gap in gaps.items():
                shorter = gap * quarters // 4
                if shorter < gap:
                    edit = override(week, key, "min_gap", shorter)
                    yield self.notch(f"{gap} min", f"{shorter} min", edit, subject=key, size=size)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Neighbours of one type that are too close."""
        rows: dict[str, list[Send]] = {}
        for send in sorted((*plan.past, *plan.sends), key=lambda send: send.minute):
            if send.send_type is not None:
                rows.setdefault(send.send_type.key, []).append(send)
        for key, row in rows.items():
            gap = plan.week.catalog[key].gap_minutes
            for earlier, later in pairwise(row):
                if later.minute - earlier.minute < gap:
                    yield from self._too_close(plan, earlier, later, gap)

    def _too_close(self, plan: Timetable, earlier: Send, later: Send, gap: int) -> Iterator[Violation]:
        distance = later.minute - earlier.minute
        if later.id in plan.by_id:
            text = f"{sent(plan.week, later)} is {distance} min after {earlier.id}, also {later.type_key}; "
            yield self.broken(later.id, gap - distance, f"{text}{gap} are needed")
        elif earlier.id in plan.by_id:
            text = f"{sent(plan.week, earlier)} is {distance} min before {later.id}, also {earlier.type_key}; "
            yield self.broken(earlier.id, gap - distance, f"{text}{gap} are needed")


def _once(draft: Draft, row: SendType) -> bool:
    """Whether a weekly cap alone leaves one send of the type: no pair is left then."""
    capped = draft.week.scenario.rules.weekly_cap.enabled and row.weekly_cap is not None and row.weekly_cap <= 1
    return capped and len(draft.week.horizon.plan_weeks) == 1 and not draft.separate


def _opening(draft: Draft, key: str, gap: int) -> int:
    """First minute at which history lets a type go out again."""
    return max((send.minute for send in draft.week.past if send.send_type.key == key), default=-gap) + gap
