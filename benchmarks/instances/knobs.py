"""What makes an instance hard, one number each."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Level = Literal["low", "mid", "high", "ultra"]
Page = Literal["paid", "free"]
LatePolicy = Literal["within_day", "cross_midnight", "next_morning"]
Jitter = Literal["low", "medium", "high"]

_CHOICES: dict[str, tuple[str | int, ...]] = {
    "level": ("low", "mid", "high", "ultra"),
    "page": ("paid", "free"),
    "block_hours": (2, 3, 4, 6, 8, 12),
    "late_followups": ("within_day", "cross_midnight", "next_morning"),
    "jitter": ("low", "medium", "high"),
}
_RANGES: dict[str, tuple[float, float]] = {  # a whole number where the bounds are
    "days": (7, 28),
    "fill": (0.1, 1.5),
    "spacing": (15, 120),
    "block_max": (1, 12),
    "gap_scale": (0.5, 4.0),
    "tight_gaps": (0.0, 1.0),
    "types_off": (0, 8),
    "caps": (0.0, 1.0),
    "locks": (0, 40),
    "history_days": (0, 7),
    "blackouts": (0.0, 0.6),
    "margin": (5, 120),
    "response": (0, 1440),
    "followup_max": (0, 20),
    "confidence": (0.3, 1.0),
    "temperature": (0.0, 10.0),
}
_HHMM = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Knobs:
    """The knobs of the generator; every default is the plain week of the specification.

    Attributes
    ----------
    level, page
        Volume level (ratio of the categories, and the day's total unless `fill` sets it) and page type.
    days
        Length in days, 7..28.
    start, timezone
        First day (ISO date, any weekday) and IANA zone; choose both for a week in which the clocks change.
    fill
        Sends wanted per open place of a day, 0.1..1.5; places are counted by block limit, spacing and closed time.
        None takes the level's total, one more or less on some days.
    opens, closes
        Active window on the local clock, HH:MM.
    spacing
        Minutes between any two sends, 15..120.
    block_max, block_hours, rolling
        Block limit: sends (1..12) in a block of 2, 3, 4, 6, 8 or 12 hours; fixed blocks, or any such window.
    gap_scale
        Factor 0.5..4 on the catalog gaps shorter than a day, cut to a day. Longer ones stay.
    tight_gaps
        Planted only: share 0..1 of the types whose gap grows to the least distance that the hidden plan keeps,
        at most to three times itself.
    types_off
        Send types switched off, 0..8, drawn among those whose category keeps six others (retention: two).
    caps
        Tightness 0..1 of weekly caps: each type in use gets its use in a drawn plan divided by this as its cap,
        rounded up, so that 1 leaves nothing over. 0 keeps the catalog's caps.
    locks
        Locked sends, 0..40, taken from a drawn plan.
    history_days
        Days of the week before that are handed over, 0..7, with rotation and last strategy.
    blackouts
        Share 0..0.6 of the active time that is closed. In planted instances the closed time lies close around
        the hidden sends.
    margin
        Planted only: minutes 5..120 that closed time and window keep from the hidden sends, at most.
    response
        Average response in minutes, 0..1440: narrows the followup window to 0.6..1.5 times this. None leaves it.
    late_followups, followup_max
        Policy for late followups, and the most followups a day, 0..20.
    confidence
        Trust in the volume figures, 0.3..1; below 0.8 revenue quotas are dampened.
    jitter, temperature
        Amplitude of the jitter, and the scale 0..10 of all noise in preferences.
    """

    level: Level = "mid"
    page: Page = "paid"
    days: int = 7
    start: str = "2025-06-02"
    timezone: str = "America/New_York"
    fill: float | None = None
    opens: str = "08:00"
    closes: str = "23:30"
    spacing: int = 45
    block_max: int = 3
    block_hours: int = 4
    rolling: bool = False
    gap_scale: float = 1.0
    tight_gaps: float = 0.0
    types_off: int = 0
    caps: float = 0.0
    locks: int = 0
    history_days: int = 0
    blackouts: float = 0.0
    margin: int = 30
    response: int | None = None
    late_followups: LatePolicy = "within_day"
    followup_max: int = 4
    confidence: float = 0.9
    jitter: Jitter = "medium"
    temperature: float = 1.0

    def __post_init__(self) -> None:
        """Refuse values out of range, with the range in the message."""
        for name, allowed in _CHOICES.items():
            value = getattr(self, name)
            if value not in allowed:
                raise ValueError(f"{name}: found {value!r}, expected one of {', '.join(map(str, allowed))}")
        for name, (low, high) in _RANGES.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise ValueError(f"{name}: found {value}, expected {low} to {high}")
            if isinstance(low, int) and not isinstance(value, int | None):
                raise ValueError(f"{name}: found {value}, expected a whole number")
        for name in ("opens", "closes"):
            if not _HHMM.fullmatch(getattr(self, name)):
                raise ValueError(f"{name}: found {getattr(self, name)!r}, expected a time of day in the form 08:00")
        if self.opens >= self.closes:
            raise ValueError(f"opens: the window must open before it closes, found {self.opens}-{self.closes}")
        try:
            date.fromisoformat(self.start)
        except ValueError:
            raise ValueError(f"start: found {self.start!r}, expected a date in the form 2025-06-02") from None
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            message = f"timezone: found {self.timezone!r}, expected an IANA zone such as Europe/Berlin"
            raise ValueError(message) from None

    def told(self) -> str:
        """The knobs that are not at their default, as `name=value, ...`."""
        turned = ((field.name, getattr(self, field.name)) for field in fields(self))
        return ", ".join(f"{name}={value}" for name, value in turned if value != getattr(PLAIN, name))


PLAIN = Knobs()
"""All knobs at their default."""
