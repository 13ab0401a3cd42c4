"""How violations speak: moments, sends, days and weeks as short text. Nothing here decides anything."""

from __future__ import annotations

from ..model.timetable import Send
from ..model.week import Week

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def hhmm(clock: int) -> str:
    """Local minute of the day -> `20:07`."""
    return f"{clock // 60:02d}:{clock % 60:02d}"


def moment(week: Week, send: Send) -> str:
    """Local time of a send: `Wed 20:07`."""
    return f"{_WEEKDAYS[week.horizon.weekday(send.day)]} {hhmm(send.clock)}"


def sent(week: Week, send: Send) -> str:
    """A send and its local time: `2025-01-22_4 at Wed 20:07`."""
    return f"{send.id} at {moment(week, send)}"


def date_of(week: Week, day: int) -> str:
    """Date of a day number: `2025-01-22`."""
    return week.date(day).isoformat()


def span_of(week: Week, days: range) -> str:
    """First and last date of some days: `2025-01-20..2025-01-26`."""
    return f"{date_of(week, days[0])}..{date_of(week, days[-1])}"
