"""Rule `pin-limit`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .rule import Rule, Violation


@dataclass(frozen=True)
class PinLimit(Rule):
    """At most `max` pins are active at any minute, those of history counted.

    The number of active pins grows only where a pin starts, so only these minutes are looked at.
    """

    id = "pin-limit"
    severity = "medium"
    needs = ("pins",)

    max: int

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Pins of the plan that start when the wall is full."""
        pins = plan.pins or ()
        for pin in pins:
            if pin.item.startswith("history_pin_") or pin.end <= pin.start:
                continue
            active = sum(other.start <= pin.start < other.end for other in pins)
            if active > self.max:
                local = f"{plan.week.horizon.local(pin.start):%Y-%m-%d %H:%M}"
                yield self.broken(
                    pin.item,
                    active - self.max,
                    f"{active} pins are active at {local}, when {pin.item} is pinned; {self.max} are allowed",
                )
