"""What a KPI is: a name, a unit, the values that are on target, and those that raise an alert."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf, isinf

DIGITS = 9
"""Decimals to which values are rounded, so that 14.999999999999998 is judged as the 15 that it stands for."""


class State(StrEnum):
    """How a value is to be taken."""

    TARGET = "target"
    WATCH = "watch"
    ALERT = "alert"


class Unit(StrEnum):
    """What a value counts. A share is 0 to 1, a percentage 0 to 100 (or beyond)."""

    PERCENT = "percent"
    SHARE = "share"
    RATIO = "ratio"
    COUNT = "count"

    def words(self, value: float, form: str = ",.2f") -> str:
        """The value as a person reads it: a share as a percentage, a count whole."""
        match self:
            case Unit.PERCENT:
                return f"{value:{form}}%"
            case Unit.SHARE:
                return f"{100 * value:{form}}%"
            case Unit.RATIO:
                return f"{value:{form}}"
        return f"{value:,.0f}"


@dataclass(frozen=True)
class Interval:
    """Values from `low` to `high`; `ends` tells whether these two belong to it."""

    low: float = -inf
    high: float = inf
    ends: bool = True

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high if self.ends else self.low < value < self.high

    def words(self, unit: Unit) -> str:
        """`>= 90%`, `75%-100%`, `0`."""
        low, high = (unit.words(end, "g") for end in (self.low, self.high))
        equal = "=" if self.ends else ""
        if isinf(self.high):
            return f">{equal} {low}"
        if isinf(self.low):
            return f"<{equal} {high}"
        return low if low == high else f"{low}-{high}"


@dataclass(frozen=True)
class Kpi:
    """One figure of the dashboard; values in neither interval are to be watched."""

    name: str
    meaning: str
    unit: Unit
    target: Interval
    alert: Interval

    def state(self, value: float) -> State:
        """Which interval the value is in."""
        if value in self.alert:
            return State.ALERT
        return State.TARGET if value in self.target else State.WATCH

    def reading(self, value: float | None, counted: int, parts: tuple[Part, ...] = ()) -> Reading:
        """What was found; `value` is None where nothing could be counted."""
        return Reading(self, None if value is None else round(value, DIGITS), counted, parts)


@dataclass(frozen=True)
class Part:
    """One of the values that a reading comes from, or one of the places where it is off."""

    subject: str
    value: float


@dataclass(frozen=True)
class Reading:
    """A KPI's value, None without data, and how many rows it rests on."""

    kpi: Kpi
    value: float | None
    counted: int
    parts: tuple[Part, ...] = ()

    @property
    def state(self) -> State | None:
        """How the value is to be taken; None without data."""
        return None if self.value is None else self.kpi.state(self.value)
