"""What differs between two plans of a week: sends that stayed, moved, came and went; and how far apart they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from pydantic import computed_field

from .catalog import Style
from .plan import Item, PlanPart

WITHIN = 24 * 60
"""Minutes that a send can move and still be the same send; further off, one was dropped and another added."""
ALIKE = 30
"""Minutes within which two sends of one type count as alike when plans are told apart."""

Fate = Literal["kept", "moved", "added", "dropped"]


class Appearance(PlanPart):
    """A send in one of the plans."""

    slot_id: str
    scheduled_date: str
    scheduled_time: str
    scheduled_at_utc: str
    ppv_style: Style | None

    @classmethod
    def of(cls, item: Item) -> Appearance:
        """The part of an item that a difference tells."""
        return cls(**{name: getattr(item, name) for name in cls.model_fields})


class Change(PlanPart):
    """What became of one send: `old` is None for an added one, `new` for a dropped one."""

    send_type_key: str
    fate: Fate
    old: Appearance | None
    new: Appearance | None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def minutes(self) -> int | None:
        """Minutes later in the new plan, negative when earlier; None unless the send is in both."""
        if self.old is None or self.new is None:
            return None
        return _minute(self.new.scheduled_at_utc) - _minute(self.old.scheduled_at_utc)


class Difference(PlanPart):
    """Every send of two plans, in time order (by its old place, or its new one where it had none)."""

    changes: tuple[Change, ...]

    def of(self, fate: Fate) -> tuple[Change, ...]:
        """The sends of one fate."""
        return tuple(change for change in self.changes if change.fate == fate)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def counts(self) -> dict[Fate, int]:
        """Sends by fate."""
        fates: tuple[Fate, ...] = ("kept", "moved", "added", "dropped")
        return {fate: len(self.of(fate)) for fate in fates}


def difference(old: Sequence[Item], new: Sequence[Item]) -> Difference:
    """Match the sends of two plans, followups included.

    A send is kept when type, style and minute are the same. Others of one type are paired nearest first, up to a day
    apart, and count as moved (a new style at the same minute as well); what is left over was dropped or added.
    """
    pairs = dict(_pairs(old, new, WITHIN))
    arrived = set(pairs.values())
    changes = [_change(old[at], new[pairs[at]] if at in pairs else None) for at in range(len(old))]
    changes += [_change(None, item) for at, item in enumerate(new) if at not in arrived]
    return Difference(changes=tuple(sorted(changes, key=_order)))


def distance(one: Sequence[Item], other: Sequence[Item]) -> int:
    """Regular sends that differ in type or by more than 30 minutes: those of the fuller plan that find no partner."""
    regular = [[item for item in items if not item.is_follow_up] for items in (one, other)]
    alike = sum(1 for _ in _pairs(regular[0], regular[1], ALIKE))
    return max(len(items) for items in regular) - alike


def _pairs(old: Sequence[Item], new: Sequence[Item], within: int) -> Iterator[tuple[int, int]]:
    """Places of sends that are the same send: of one type, nearest in time first, then alike in style."""
    places: dict[str, list[int]] = {}
    for at, item in enumerate(new):
        places.setdefault(item.send_type_key, []).append(at)
    new_minutes = [_minute(item.scheduled_at_utc) for item in new]
    near: list[tuple[int, bool, int, int]] = []
    for at, item in enumerate(old):
        minute = _minute(item.scheduled_at_utc)
        for place in places.get(item.send_type_key, ()):
            apart = abs(new_minutes[place] - minute)
            if apart <= within:
                near.append((apart, item.ppv_style != new[place].ppv_style, at, place))
    left, arrived = set(), set()
    for _, _, at, place in sorted(near):
        if at not in left and place not in arrived:
            left.add(at)
            arrived.add(place)
            yield at, place


def _change(old: Item | None, new: Item | None) -> Change:
    item = old or new
    assert item is not None
    fate: Fate
    if old is None or new is None:
        fate = "added" if old is None else "dropped"
    else:
        same = old.scheduled_at_utc == new.scheduled_at_utc and old.ppv_style == new.ppv_style
        fate = "kept" if same else "moved"
    return Change(
        send_type_key=item.send_type_key,
        fate=fate,
        old=None if old is None else Appearance.of(old),
        new=None if new is None else Appearance.of(new),
    )


def _order(change: Change) -> tuple[str, str, str]:
    place = change.old or change.new
    assert place is not None
    return place.scheduled_at_utc, change.fate, place.slot_id


def _minute(instant: str) -> int:
    return round(datetime.fromisoformat(instant).timestamp()) // 60
