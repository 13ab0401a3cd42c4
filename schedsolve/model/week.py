"""The week to be planned: a scenario with everything resolved that does not need a decision.

Local times have become absolute minutes, catalog overrides are applied, quotas, prime hours, rotation patterns and the
strategy weights stand day by day. Solver, rules and audit read this; nothing here is chosen by the solver.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from .calendar import Horizon
from .catalog import Category, SendType, Style
from .fields import LatePolicy
from .ladder import LADDER, Step
from .noise import Noise
from .ranged import Ranged
from .rotation import Pattern, Rotation
from .scenario import DayException, Scenario
from .volume import VolumeResult


@dataclass(frozen=True)
class Quota:
    """Regular sends wanted on one day, by category."""

    revenue: int
    engagement: int
    retention: int

    def of(self, category: Category) -> int:
        """The part of one category."""
        return int(getattr(self, category.value))

    @property
    def total(self) -> int:
        """All three parts."""
        return self.revenue + self.engagement + self.retention


@dataclass(frozen=True)
class FixedSend:
    """A send whose minute is given: a lock, or one from history (then its minute is usually negative)."""

    minute: int
    send_type: SendType
    style: Style | None
    index: int
    awaits_followup: bool = False


@dataclass(frozen=True)
class Span:
    """Absolute minutes [start, end) in which nothing goes out."""

    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True)
class Ban:
    """A send type that may not start in the absolute minutes [start, end): no rule, but a what-if of the asker."""

    send_type_key: str
    start: int
    end: int


@dataclass(frozen=True)
class OldPin:
    """A pin that was active before the plan starts."""

    send_type_key: str
    end: int
    priority: float


@dataclass(frozen=True)
class FollowupWindow:
    """Delays allowed between parent and followup, in whole minutes, both ends included."""

    earliest: int
    latest: int


@dataclass(frozen=True)
class CountRange:
    """How many sends of a kind a day should hold, both ends included."""

    low: int
    high: int


@dataclass(frozen=True)
class Notice:
    """Something the reader of the plan should know: a stable code and one sentence."""

    code: str
    message: str


@dataclass(frozen=True)
class Week:
    """Everything the planner and the audit need.

    Attributes
    ----------
    types
        Send types that may be allocated: on this page, enabled, followup excluded. In catalog order.
    catalog
        All 22 types with the scenario's overrides.
    worth
        Estimated revenue of one send of each allocated type, in thousandths of a point, performance factors included.
    quotas, prime_hours, rotations
        One entry a day.
    hourly
        Weight 0..1 of each local hour.
    half_day
        The half-day that takes the odd one of a same-style pair, or None.
    exceptions
        Rules with another parameter on a day, by rule id and day.
    steps
        Step of the relaxation ladder on which a day stands; 0 for days not named.
    jitter_low, jitter_high
        The creator's jitter amplitude in minutes, both ends allowed.
    yardstick
        Another state of the week, whose draws and zero points value the plans of this one: values are comparable then.
    ppv_range, bump_range
        Pay-per-view sends and bumps a day by the creator's content style; None where the quotas come from elsewhere.
    volume
        How the quotas came about.
    bans
        What the plan must do without; empty for every scenario as it stands.
    """

    scenario: Scenario
    horizon: Horizon
    catalog: Mapping[str, SendType]
    types: Mapping[str, SendType]
    worth: Mapping[str, int]
    quotas: tuple[Quota, ...]
    confidence: float
    prime_hours: tuple[tuple[int, ...], ...]
    peak_hours: tuple[int, ...]
    hourly: tuple[float, ...]
    best_days: frozenset[int]
    half_day: Literal["am", "pm"] | None
    jitter_low: int
    jitter_high: int
    followup_window: FollowupWindow
    late_policy: LatePolicy
    strategies: tuple[str, ...]
    strategy_weights: Mapping[str, float]
    rotations: tuple[Rotation, ...]
    rotation_position: int
    locks: tuple[FixedSend, ...]
    past: tuple[FixedSend, ...]
    old_pins: tuple[OldPin, ...]
    blackouts: tuple[Span, ...]
    exceptions: Mapping[tuple[str, int], DayException]
    notices: tuple[Notice, ...]
    noise: Noise
    steps: Mapping[int, int] = field(default_factory=dict)
    yardstick: Week | None = None
    ppv_range: CountRange | None = None
    bump_range: CountRange | None = None
    volume: VolumeResult | None = None
    bans: tuple[Ban, ...] = ()

    @property
    def measure(self) -> Week:
        """The week by whose wishes and zero points plans are valued: the yardstick, or the week itself."""
        return self.yardstick or self

    @property
    def days(self) -> range:
        """Day numbers."""
        return range(self.horizon.days)

    def date(self, day: int) -> date:
        """Local date of a day."""
        return self.horizon.date(day)

    def pattern(self, day: int) -> Pattern:
        """The rotation pattern of a day."""
        return self.rotations[day].pattern

    @cached_property
    def last_strategy(self) -> str | None:
        """Strategy of the eve, if history tells."""
        return self.scenario.history.last_strategy

    def step(self, day: int) -> Step:
        """What the ladder opens on a day."""
        return LADDER[self.steps.get(day, 0)]

    def spacing(self, day: int) -> int:
        """Least minutes before a regular send of a day; 1 where `min-spacing` is off."""
        rule, exception = self.scenario.rules.min_spacing, self.exceptions.get(("min-spacing", day))
        stated = rule.minutes if exception is None or exception.minutes is None else exception.minutes
        return min(stated, self.step(day).spacing) if rule.enabled else 1

    def block_max(self, day: int) -> int:
        """Most regular sends in a block of a day by `block-limit`, on or off."""
        exception = self.exceptions.get(("block-limit", day))
        stated = None if exception is None else exception.max
        return self.scenario.rules.block_limit.max if stated is None else stated

    def avoided_hours(self, day: int) -> frozenset[int]:
        """Local hours in which nothing goes out by `avoid-hours`, on or off: the day's, and the creator's own."""
        exception = self.exceptions.get(("avoid-hours", day))
        stated = None if exception is None else exception.hours
        hours = self.scenario.rules.avoid_hours.hours if stated is None else stated
        return frozenset((*hours, *self.scenario.timing.avoid_hours)) - self.step(day).opened

    def count_range(self, kind: Ranged) -> CountRange | None:
        """How many sends of a kind a day should hold; None where nothing is asked, or the rule that asks is off."""
        counts = self.ppv_range if kind is Ranged.PPV else self.bump_range
        return counts if self.scenario.rules.of(kind.rule).enabled else None

    def least(self, kind: Ranged, day: int) -> int:
        """The low end of a kind's range on a day, as far as the quota of its category goes; 0 without a range."""
        counts = self.count_range(kind)
        return min(counts.low, self.quotas[day].of(kind.category)) if counts else 0

    def types_in(self, category: Category) -> tuple[SendType, ...]:
        """Allocated types of one category, in catalog order."""
        return tuple(row for row in self.types.values() if row.category is category)

    def week_quota(self, days: range, category: Category | None = None) -> int:
        """Regular sends wanted over some days, of one category or of all."""
        if category is None:
            return sum(self.quotas[day].total for day in days)
        return sum(self.quotas[day].of(category) for day in days)
