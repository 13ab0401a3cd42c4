"""Rule `min-spacing`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..model.catalog import FOLLOWUP
from ..model.ladder import LADDER, OPENING
from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .rule import A_DAY, Rule, Violation
from .wording import day_words, sent


@dataclass(frozen=True)
class MinSpacing(Rule):
    """Any two regular sends are at least `minutes` apart, across days and from what history sent.

    On a day with an exception, that many are needed before each of its sends; fewer where the ladder says so.
    """

    id = "min-spacing"
    severity = "medium"
    monotone = True

    minutes: int

    def _on(self, week: Week, day: int) -> int:
        """Minutes needed before a send of a day."""
        exception = week.exceptions.get((self.id, day))
        stated = self.minutes if exception is None or exception.minutes is None else exception.minutes
        return min(stated, week.step(day).spacing)

    def post(self, draft: Draft) -> None:
        """A chain over the slots: an unused slot rests on its predecessor, so neighbours are enough."""
        for first, second in pairwise(draft.slots):
            day = day_words(draft.week, second.day)
            draft.add(self.id, day, second.start >= first.start + self._on(draft.week, second.day) * second.used)
        past = [send.minute for send in draft.week.past if send.send_type.key != FOLLOWUP]
        for slot in draft.slots:
            opening = max(past) + self._on(draft.week, slot.day) if past else 0
            if slot.earliest < opening:
                day = day_words(draft.week, slot.day)
                draft.imply(self.id, day, [slot.used], slot.start >= opening)

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """The next smaller steps of the ladder."""
        for size, minutes, words in _lower(self.minutes):
            yield self.notch(f"{self.minutes} min", words, self.setting("minutes", minutes), size=size)

    def day_notches(self, week: Week) -> Iterator[Notch]:
        """The same on each day."""
        for day in week.days:
            stated = self._on(week, day)
            for size, minutes, words in _lower(stated):
                yield self.exception(week, day, f"{stated} min", words, size * A_DAY, minutes=minutes)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Neighbours in time that are too close."""
        past = [send for send in plan.past if not send.followup]
        row = sorted((*past, *plan.regular), key=lambda send: send.minute)
        for earlier, later in pairwise(row):
            distance = later.minute - earlier.minute
            needed = self._on(plan.week, later.day)
            if distance >= needed:
                continue
            if later.id in plan.by_id:
                send, where = later, f"{distance} min after {earlier.id}"
            elif earlier.id in plan.by_id:
                send, where = earlier, f"{distance} min before {later.id}"
            else:
                continue
            text = f"{sent(plan.week, send)} is {where}; {needed} are needed"
            yield self.broken(send.id, needed - distance, text)


def _lower(stated: int) -> list[tuple[int, int, str]]:
    """The ladder's spacings below what is stated: counted from 1, in minutes, and in words."""
    lower = [step for step in OPENING if LADDER[step].spacing < stated]
    spacings = [LADDER[step].spacing for step in lower]
    words = [f"{minutes} min (ladder step {step})" for minutes, step in zip(spacings, lower, strict=True)]
    return list(zip(range(1, len(lower) + 1), spacings, words, strict=True))
