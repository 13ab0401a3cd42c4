"""Rule `no-repeat-type`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.catalog import Category
from ..model.notch import Notch
from ..model.timetable import Send, Timetable
from ..model.week import Week
from .draft import Draft, IntVar, Slot
from .rule import Rule, Violation
from .wording import day_words, sent


@dataclass(frozen=True)
class NoRepeatType(Rule):
    """On a local day, two consecutive regular sends of one category are of different types."""

    id = "no-repeat-type"
    severity = "medium"

    def post(self, draft: Draft) -> None:
        """One literal per slot and type carries whether the category's last send had that type.

        Types whose gap outlasts the day cannot repeat and need none. That a type takes at most every second place
        of its category follows, and tightens the linear relaxation.
        """
        gaps_hold = draft.week.scenario.rules.same_type_gap.enabled and not draft.separate
        for day in draft.week.days:
            slots = [slot for slot in draft.slots if slot.day == day]
            for key, row in draft.week.types.items():
                if not slots or key not in slots[0].kinds:
                    continue
                if gaps_hold and slots[-1].latest - slots[0].earliest < row.gap_minutes:
                    continue
                subject = f"{day_words(draft.week, day)} {key}"
                self._post_carry(draft, slots, key, row.category, subject)
                if draft.separate:
                    continue
                sends = sum(slot.kinds[key] for slot in slots)
                draft.add(self.id, subject, 2 * sends <= sum(slot.categories[row.category] for slot in slots) + 1)
                if draft.week.scenario.rules.daily_quota.enabled:
                    draft.add(self.id, subject, sends <= (draft.week.quotas[day].of(row.category) + 1) // 2)

    def _post_carry(self, draft: Draft, slots: Sequence[Slot], key: str, category: Category, subject: str) -> None:
        last: IntVar | None = None
        for slot in slots:
            carried = draft.literal("last of its category", slot.day)
            draft.add(self.id, subject, carried >= slot.kinds[key])
            if last is not None:
                draft.add(self.id, subject, last + slot.kinds[key] <= 1)
                draft.add(self.id, subject, carried >= last - slot.categories[category])
            last = carried

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """Types may follow themselves."""
        yield self.switched_off()

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Sends of the type that their category's previous send of the day had."""
        latest: dict[tuple[int, Category], Send] = {}
        for send in plan.regular:
            if send.send_type is None:
                continue
            place = (send.day, send.send_type.category)
            before = latest.get(place)
            latest[place] = send
            if before is not None and before.send_type == send.send_type:
                yield self.broken(
                    send.id,
                    1,
                    f"{sent(plan.week, send)} is {send.send_type.key} again, right after {before.id} "
                    f"in the day's {send.send_type.category} sends",
                )
