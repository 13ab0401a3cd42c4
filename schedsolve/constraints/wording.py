"""How violations speak: moments, sends, days and weeks as short text. Nothing here decides anything."""

from __future__ import annotations

from ..model.timetable import Send
from ..model.week import FixedSend, Span, Week

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


def day_words(week: Week, day: int) -> str:
    """A day number as a reader of calendars says it: `Wed 22 Jan`."""
    return f"{week.date(day):%a %d %b}"


def lock_words(week: Week, lock: FixedSend) -> str:
    """A lock: `ppv_unlock at Wed 22 Jan 20:07`."""
    return f"{lock.send_type.key} at {week.horizon.local(lock.minute):%a %d %b %H:%M}"


def span_words(week: Week, span: Span) -> str:
    """A span of time: `Wed 22 Jan 19:00-22:00`, or `Wed 22 Jan 19:00 to Fri 24 Jan 12:00` over several days."""
    start, end = week.horizon.local(span.start), week.horizon.local(span.end)
    until = f"-{end:%H:%M}" if start.date() == end.date() else f" to {end:%a %d %b %H:%M}"
    return f"{start:%a %d %b %H:%M}{until}"


def week_words(week: Week, days: range) -> str:
    """A week of the plan: `Mon 20 Jan to Sun 26 Jan`."""
    return f"{day_words(week, days[0])} to {day_words(week, days[-1])}"


def date_of(week: Week, day: int) -> str:
    """Date of a day number: `2025-01-22`."""
    return week.date(day).isoformat()


def span_of(week: Week, days: range) -> str:
    """First and last date of some days: `2025-01-20..2025-01-26`."""
    return f"{date_of(week, days[0])}..{date_of(week, days[-1])}"
