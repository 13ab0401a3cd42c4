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
from .rule import A_DAY, Rule, Violation
from .wording import date_of, day_words, sent

MOST = 24
"""The highest limit a scenario may state."""


@dataclass(frozen=True)
class BlockLimit(Rule):
    """At most `max` regular sends in a block of `hours` hours.

    `fixed`: the blocks of the local clock, 00-04, 04-08 and so on; a repeated hour of the clock is one hour.
    `rolling`: any half-open window of `hours` x 60 absolute minutes, history included. A day's exception is for its
    fixed blocks.
    """

    id = "block-limit"
    severity = "medium"
    monotone = True

    max: int
    hours: int
    window: Literal["fixed", "rolling"]

    def _on(self, week: Week, day: int) -> int:
        """Sends allowed in a fixed block of a day."""
        exception = week.exceptions.get((self.id, day))
        return self.max if exception is None or exception.max is None else exception.max

    def post(self, draft: Draft) -> None:
        """Fixed blocks hold by their number of positions, but for blocks cut in two; rolling ones are cumulative."""
        if self.window == "rolling":
            items: list[tuple[IntVar, LinearExprT]] = [(slot.used, slot.start) for slot in draft.slots]
            items += [
                (draft.always, send.minute)
                for send in draft.week.past
                if send.send_type.key != FOLLOWUP and send.minute > -60 * self.hours
            ]
            draft.capacity(self.id, "", items, 60 * self.hours, self.max)
            return
        blocks: dict[tuple[int, int], list[IntVar]] = {}
        for slot in draft.slots:
            blocks.setdefault((slot.day, slot.segment.block), []).append(slot.used)
        for (day, block), used in blocks.items():
            if len(used) > self._on(draft.week, day):
                hours = f"{block * self.hours:02d}-{(block + 1) * self.hours:02d}"
                draft.add(self.id, f"{day_words(draft.week, day)} {hours}", sum(used) <= self._on(draft.week, day))

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """One more send in a block; no limit at all."""
        before = f"{self.max} per {self.hours} h"
        if self.max < MOST:
            yield self.notch(before, f"{self.max + 1} per {self.hours} h", self.setting("max", self.max + 1))
        yield self.switched_off(before)

    def day_notches(self, week: Week) -> Iterator[Notch]:
        """One and two more sends in the blocks of a day; a rolling window has no days."""
        if self.window == "rolling":
            return
        for day in week.days:
            stated = self._on(week, day)
            for more in (1, 2):
                if stated + more <= MOST:
                    before, after = f"{stated} per {self.hours} h", f"{stated + more} per {self.hours} h"
                    yield self.exception(week, day, before, after, more * A_DAY, max=stated + more)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Blocks, or windows, that hold too many."""
        return self._fixed(plan) if self.window == "fixed" else self._rolling(plan)

    def _fixed(self, plan: Timetable) -> Iterator[Violation]:
        blocks = Counter((send.day, send.clock // (60 * self.hours)) for send in plan.regular)
        for (day, block), count in blocks.items():
            most = self._on(plan.week, day)
            if count > most:
                first = block * self.hours
                subject = f"{date_of(plan.week, day)} {first:02d}-{first + self.hours:02d}"
                yield self.broken(
                    subject,
                    count - most,
                    f"{subject} holds {count} regular sends; {most} are allowed",
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
