"""Pins: posts held at the top of the wall for up to 72 hours, at most five at a time, the dearest stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model.week import OldPin


@dataclass(frozen=True)
class Pinnable:
    """A send that may be pinned from its minute on, with its estimated revenue and its expiry, if any."""

    item: str
    type_key: str
    minute: int
    priority: float
    expires: int | None


@dataclass(frozen=True)
class HeldPin:
    """A pin on absolute minutes [start, end); `replaced_by` names the newcomer that ended it early."""

    item: str
    type_key: str
    start: int
    end: int
    priority: float
    replaced_by: str | None = None


def plan_pins(sends: Sequence[Pinnable], old: Sequence[OldPin], most: int, hours: int) -> tuple[HeldPin, ...]:
    """Pin each send in time order; on a full wall it replaces the least pin if it is strictly dearer.

    A pin ends after `hours` hours or at its send's expiry, whichever is earlier. Old pins come first, as items
    `history_pin_<n>` that start at minute 0.
    """
    pins = [
        HeldPin(f"history_pin_{number}", pin.send_type_key, 0, pin.end, pin.priority)
        for number, pin in enumerate(old)
        if pin.end > 0
    ]
    for send in sorted(sends, key=lambda send: (send.minute, send.item)):
        end = send.minute + hours * 60
        if send.expires is not None:
            end = min(end, send.expires)
        active = [place for place, pin in enumerate(pins) if pin.start <= send.minute < pin.end]
        if len(active) > most:
            continue
        if len(active) == most:
            least = min(active, key=lambda place: (pins[place].priority, pins[place].end))
            if pins[least].priority >= send.priority:
                continue
            pins[least] = replace(pins[least], end=send.minute, replaced_by=send.item)
        pins.append(HeldPin(send.item, send.type_key, send.minute, end, send.priority))
    return tuple(pins)


def to_remove(pins: Sequence[HeldPin], minute: int) -> tuple[HeldPin, ...]:
    """The pins whose time is up at a minute."""
    return tuple(pin for pin in pins if pin.end <= minute)
