"""The sends of a plan as the stage sees them: in time order, with their rows of the catalog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...model.catalog import DEPRECATED, SendType
from ...model.plan import Item


@dataclass(frozen=True)
class Slot:
    """One send of the plan; `place` is its place among the plan's items, `order` its place in time."""

    place: int
    order: int
    item: Item
    row: SendType

    @property
    def day(self) -> str:
        """The local date."""
        return self.item.scheduled_date

    @property
    def filled(self) -> bool:
        """Whether it has a caption already."""
        return self.item.caption_id is not None

    @property
    def rank(self) -> tuple[int, int]:
        """Whose caption should be the better one: by priority, then by time."""
        return self.item.priority, self.order


def slots_of(items: Sequence[Item], catalog: Mapping[str, SendType]) -> list[Slot]:
    """The items of known types, in time order."""
    moments = sorted(range(len(items)), key=lambda place: (items[place].scheduled_at_utc, items[place].slot_id))
    slots = []
    for order, place in enumerate(moments):
        key = items[place].send_type_key
        row = catalog.get(DEPRECATED.get(key, key))
        if row is not None:
            slots.append(Slot(place, order, items[place], row))
    return slots
