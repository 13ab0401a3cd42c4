"""Rule `lock`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.notch import Edit, Notch
from ..model.timetable import Send, Timetable
from ..model.week import FixedSend, Week
from .draft import Draft, IntVar
from .rule import Rule, Violation
from .wording import lock_words


@dataclass(frozen=True)
class Lock(Rule):
    """Every lock has a regular send at exactly its minute, of its type, and of its style where it gives one.

    A bare list without styles cannot miss a lock's style.
    """

    id = "lock"
    severity = "high"

    def post(self, draft: Draft) -> None:
        """Exactly one position of the lock's segment takes its minute, type and style; equal locks are two sends."""
        held: dict[tuple[int, str, int], IntVar] = {}
        for lock in draft.week.locks:
            subject = lock_words(draft.week, lock)
            taken = []
            for slot in draft.slots:
                if not slot.segment.start <= lock.minute < slot.segment.end:
                    continue
                if lock.send_type.key not in slot.kinds:
                    continue
                here = draft.literal("lock", slot.day)
                draft.imply(self.id, subject, [here], slot.start == lock.minute)
                draft.add(self.id, subject, slot.kinds[lock.send_type.key] >= here)
                if lock.send_type.rotated and lock.style is not None:
                    draft.add(self.id, subject, slot.looks[lock.send_type.key, lock.style] >= here)
                taken.append(here)
                twin = held.setdefault((lock.minute, lock.send_type.key, slot.index), here)
                if twin is not here:
                    draft.at_most_one(self.id, subject, [twin, here])
            draft.add(self.id, subject, sum(taken) == 1 if taken else False)

    def in_words(self, week: Week, subject: str) -> str:  # noqa: ARG002
        """The lock."""
        return f"the lock of {subject}"

    def notches(self, week: Week) -> Iterator[Notch]:
        """Each lock, let go."""
        for lock in week.locks:
            at = week.horizon.local(lock.minute)
            yield self.notch(
                "locked",
                "free",
                Edit(op="remove", path=f"/locks/{lock.index}"),
                subject=f"{lock.send_type.key} at {at:%a %d %b %H:%M}",
                size=4,
            )

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Locks that the plan does not hold."""
        for lock in plan.week.locks:
            if not any(_fills(send, lock, plan.bare) for send in plan.regular):
                local = plan.week.horizon.local(lock.minute)
                what = f"{lock.send_type.key} {lock.style}" if lock.style else lock.send_type.key
                yield self.broken(
                    f"lock_{lock.index}",
                    1,
                    f"the lock of {what} at {local:%Y-%m-%d %H:%M} has no such send in the plan",
                )


def _fills(send: Send, lock: FixedSend, bare: bool) -> bool:
    if send.minute != lock.minute or send.send_type is None or send.send_type.key != lock.send_type.key:
        return False
    untold = bare and send.style is None and send.style_text is None
    return lock.style is None or send.style == lock.style or untold
