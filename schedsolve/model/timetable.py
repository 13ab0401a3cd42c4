"""A finished plan as the rules see it: sends on absolute minutes, whoever made them.

Built from a `Plan`, or from a bare list of items; the audit reads nothing else. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .catalog import FOLLOWUP, Category, SendType, Style
from .week import FixedSend, Week


@dataclass(frozen=True)
class Metadata:
    """How a regular send's minute came about; base + shift + jitter + adjustment is its local time."""

    base_hour: int
    base_minute: int
    time_shift: int
    jitter: int
    adjustment_minutes: int
    daily_strategy: str | None
    prime_hours_used: tuple[int, ...] | None
    time_adjusted: bool
    adjustment_reason: str | None
    fallback_used: bool
    reason: str | None


@dataclass(frozen=True)
class Send:
    """One send of a finished plan.

    `minute`, `expires` are absolute; `day` is the number of its local day and `clock` its local minute of that day.
    `send_type` is None when the catalog does not know `type_key`. `missing` names required fields that were absent.
    """

    id: str
    minute: int
    day: int
    clock: int
    type_key: str
    send_type: SendType | None
    style: Style | None = None
    style_text: str | None = None
    channel: str | None = None
    target: str | None = None
    followup: bool = False
    parent: str | None = None
    delay: int | None = None
    expires: int | None = None
    expiry_known: bool = True
    strategy: str | None = None
    flavor: str | None = None
    locked: bool = False
    timing_adjusted: bool = False
    value: float | None = None
    metadata: Metadata | None = None
    metadata_known: bool = True
    missing: tuple[str, ...] = ()
    campaign_type: str | None = None
    game_type: str | None = None
    campaign_known: bool = True

    @property
    def category(self) -> Category | None:
        """Its category by the catalog."""
        return self.send_type.category if self.send_type else None


@dataclass(frozen=True)
class DayRecord:
    """What the plan says of one day; None where it says nothing."""

    strategy: str | None = None
    pattern: tuple[Style, ...] | None = None
    quotas: Mapping[Category, int] | None = None


@dataclass(frozen=True)
class Missing:
    """A declared shortfall: sends of a category that a day could not take, and the rules that bind.

    `rule` asks for them: `daily-quota` for any of the category, `ppv-range` or `bump-range` for those that it counts,
    `campaign-target` for those that carry a campaign of `family`, or of any where that is None.
    """

    day: int
    category: Category
    count: int
    binding: tuple[str, ...]
    rule: str = "daily-quota"
    family: str | None = None


@dataclass(frozen=True)
class PinRecord:
    """A pin of the plan, on absolute minutes [start, end)."""

    item: str
    type_key: str
    start: int
    end: int
    priority: float


@dataclass(frozen=True)
class Timetable:
    """All sends of a plan in time order, with what the plan says of its days.

    `bare` is true for a plain list of items (a CSV, say): then rules that need more than items are skipped, by name.
    """

    week: Week
    sends: tuple[Send, ...]
    days: tuple[DayRecord, ...] = ()
    shortfalls: tuple[Missing, ...] = ()
    pins: tuple[PinRecord, ...] | None = None
    bare: bool = False
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def regular(self) -> tuple[Send, ...]:
        """All sends but followups, in time order."""
        return tuple(send for send in self.sends if not send.followup)

    @cached_property
    def followups(self) -> tuple[Send, ...]:
        """The followups, in time order."""
        return tuple(send for send in self.sends if send.followup)

    @cached_property
    def past(self) -> tuple[Send, ...]:
        """What history hands over, as sends with ids `history_<n>`, in time order."""
        return tuple(_past_send(self.week, fixed) for fixed in self.week.past)

    @cached_property
    def by_id(self) -> Mapping[str, Send]:
        """Sends by id."""
        return {send.id: send for send in self.sends}

    def parent_of(self, followup: Send) -> Send | None:
        """The send a followup names as its parent: in the plan, else in history."""
        if followup.parent is None:
            return None
        found = self.by_id.get(followup.parent)
        return found or next((send for send in self.past if send.id == followup.parent), None)

    @cached_property
    def ppv(self) -> tuple[Send, ...]:
        """The pay-per-view sequence in time order."""
        return tuple(send for send in self.regular if send.send_type is not None and send.send_type.ppv)

    def short_of(self, rule: str) -> tuple[Missing, ...]:
        """What the plan declares missing from what one rule asks for."""
        return tuple(shortfall for shortfall in self.shortfalls if shortfall.rule == rule)

    def on_day(self, day: int) -> tuple[Send, ...]:
        """Regular sends of a day, in time order."""
        return self._by_day.get(day, ())

    @cached_property
    def _by_day(self) -> Mapping[int, tuple[Send, ...]]:
        days: dict[int, list[Send]] = {}
        for send in self.regular:
            days.setdefault(send.day, []).append(send)
        return {day: tuple(sends) for day, sends in days.items()}

    def strategy(self, day: int) -> str | None:
        """The day's strategy as the plan states it, or as its items carry it."""
        if 0 <= day < len(self.days) and self.days[day].strategy is not None:
            return self.days[day].strategy
        return next((send.strategy for send in self.on_day(day) if send.strategy is not None), None)


def _past_send(week: Week, fixed: FixedSend) -> Send:
    return Send(
        id=f"history_{fixed.index}",
        minute=fixed.minute,
        day=week.horizon.day_of(fixed.minute),
        clock=week.horizon.clock(fixed.minute),
        type_key=fixed.send_type.key,
        send_type=fixed.send_type,
        style=fixed.style,
        followup=fixed.send_type.key == FOLLOWUP,
    )
