"""Rule `pin-duration`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import PinRecord, Timetable
from .rule import Rule, Violation


@dataclass(frozen=True)
class PinDuration(Rule):
    """A pin starts with its post, lasts at most `hours` hours, and ends no later than the post expires.

    Pins that history hands over keep the end it gives them.
    """

    id = "pin-duration"
    severity = "medium"
    needs = ("pins",)

    hours: int

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Pins at the wrong time, or for too long."""
        for pin in plan.pins or ():
            if not pin.item.startswith("history_pin_"):
                for off, fault in self._faults(plan, pin):
                    yield self.broken(pin.item, off, f"the pin of {pin.item} {fault}")

    def _faults(self, plan: Timetable, pin: PinRecord) -> Iterator[tuple[int, str]]:
        post = plan.by_id.get(pin.item)
        if post is None:
            yield 1, "belongs to no send of the plan"
        elif pin.start != post.minute:
            yield abs(pin.start - post.minute), f"starts {pin.start - post.minute:+d} min off its post"
        length, longest = pin.end - pin.start, 60 * self.hours
        if length < 0:
            yield -length, f"ends {-length} min before it starts"
        if length > longest:
            yield length - longest, f"lasts {length} min; {longest} are allowed"
        if post is not None and post.expires is not None and pin.end > post.expires:
            yield pin.end - post.expires, f"ends {pin.end - post.expires} min after its post expires"
