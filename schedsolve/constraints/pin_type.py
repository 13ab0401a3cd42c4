"""Rule `pin-type`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.timetable import Timetable
from .rule import Rule, Violation


@dataclass(frozen=True)
class PinType(Rule):
    """Only sends of a pinnable type are pinned: wall posts for sale and games."""

    id = "pin-type"
    severity = "medium"
    needs = ("pins",)

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Pins of other types."""
        for pin in plan.pins or ():
            if pin.item.startswith("history_pin_"):
                continue
            post = plan.by_id.get(pin.item)
            row = post.send_type if post is not None else plan.week.catalog.get(pin.type_key)
            if row is None or not row.pinnable:
                key = post.type_key if post is not None else pin.type_key
                yield self.broken(pin.item, 1, f"{pin.item} is pinned; {key} is not a type for pins")
