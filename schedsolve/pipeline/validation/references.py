"""Names that must exist: send types, channels, slot ids; and none that is retired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model.catalog import DEPRECATED, Channel
from .broken_rules import rule_flaws
from .check import Flaw, Found, of_items, words
from .schedule import Schedule

CHECK = "unknown_reference"


def unknown_references(schedule: Schedule) -> Found:
    """Send types, targets and channels that do not exist, retired send types, and slot ids that stand twice."""
    return of_items(
        [*rule_flaws(schedule, CHECK), *_retired(schedule), *_channels(schedule), *_ids(schedule)], len(schedule.items)
    )


def _retired(schedule: Schedule) -> Iterator[Flaw]:
    for item in schedule.items:
        if item.stated_type in DEPRECATED:
            message = f"{item.id} is of type {item.stated_type}, which is retired; write {item.send.type_key}"
            yield Flaw(message, (item.id,), origin="send_type_key")


def _channels(schedule: Schedule) -> Iterator[Flaw]:
    for item in schedule.items:
        channel = item.send.channel
        if channel is not None and channel not in set(Channel):
            message = f"{words(item)} goes out by {channel!r}, which is no known channel"
            yield Flaw(message, (item.id,), origin="channel_key")


def _ids(schedule: Schedule) -> Iterator[Flaw]:
    for name, count in Counter(item.id for item in schedule.items).items():
        if count > 1:
            yield Flaw(f"{name} names {count} items", (name,), value=count, limit=1, origin="slot_id")
