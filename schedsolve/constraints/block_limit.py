"""Rule `block-limit`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..model.catalog import FOLLOWUP
from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft, IntVar, LinearExprT
from .rule import Rule, Violation
from .wording import date_of, sent

MOST = 24
"""The highest limit a scenario may state."""


@dataclass(frozen=True)
class BlockLimit(Rule):
    """At most `max` regular sends in a block of `hours` hours.

    `fixed`: the blocks of the local clock, 00-04, 04-08 and so on; a repeated hour of the clock is one hour.
    `rolling`: any half-open window of `hours` x 60 absolute minutes, history included.
    """

    id = "block-limit"
    severity = "medium"
    monotone = True

    max: int
    hours: int
    window: Literal["fixed", "rolling"]

    def post(self, draft: Draft) -> None:
        """Fixed blocks hold by their number of positions, but for blocks cut in two; rolling ones are cumulative."""
        if self.window == "rolling":
            items: list[tuple[IntVar, LinearExprT]] = [(slot.used, slot.start) for slot in draft.slots]
            items += [
                (draft.always, send.minute)
                for send in draft.week.past
                if send.send_type.key != FOLLOWUP and send.minute > -60 * self.hours
            ]
            draft.capacity(self.id, "window", items, 60 * self.hours, self.max)
            return
        blocks: dict[tuple[int, int], list[IntVar]] = {}
        for slot in draft.slots:
            blocks.setdefault((slot.day, slot.segment.block), []).append(slot.used)
        for used in blocks.values():
            if len(used) > self.max:
                draft.add(self.id, "block", sum(used) <= self.max)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """One more send in a block; no limit at all."""
        before = f"{self.max} per {self.hours} h"
        if self.max < MOST:
            yield self.notch(before, f"{self.max + 1} per {self.hours} h", self.setting("max", self.max + 1))
        yield self.switched_off(before)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Blocks, or windows, that hold too many."""
        return self._fixed(plan) if self.window == "fixed" else self._rolling(plan)

    def _fixed(self, plan: Timetable) -> Iterator[Violation]:
        blocks = Counter((send.day, send.clock // (60 * self.hours)) for send in plan.regular)
        for (day, block), count in blocks.items():
            if count > self.max:
                first = block * self.hours
                subject = f"{date_of(plan.week, day)} {first:02d}-{first + self.hours:02d}"
                yield self.broken(
                    subject,
                    count - self.max,
                    f"{subject} holds {count} regular sends; {self.max} are allowed",
                )

    def _rolling(self, plan: Timetable) -> Iterator[Violation]:
        past = [send for send in plan.past if not send.followup]
        row = sorted((*past, *plan.regular), key=lambda send: send.minute)
        for first, over in zip(row, row[self.max :], strict=False):
            span = over.minute - first.minute
            if span < 60 * self.hours and (first.id in plan.by_id or over.id in plan.by_id):
                subject = over if over.id in plan.by_id else first
                yield self.broken(
                    subject.id,
                    1,
                    f"{sent(plan.week, subject)}: {self.max + 1} regular sends lie within {span + 1} min "
                    f"({first.id} to {over.id}); {self.max} are allowed in {60 * self.hours}",
                )
