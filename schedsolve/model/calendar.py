"""The calendar: absolute minutes from the first day's local midnight, and the creator's wall clock.

Gaps and windows are counted on absolute minutes. Clock rules read the local clock through the creator's IANA zone, so
that a week holds 167 or 169 hours when daylight saving changes, a skipped local time has no minute at all, and a
repeated local time has two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

MINUTES_PER_DAY = 24 * 60
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Times outside these years are mistakes; they would leave the calendar once moved between zones."""


class LocalTimeError(ValueError):
    """A local time that the clock skips, or one centuries away."""


@dataclass(frozen=True)
class ClockPiece:
    """A run of absolute minutes [start, end) on which the local clock neither jumps nor changes date.

    The local minute of the day at absolute minute m is `m - midnight`.
    """

    day: int
    start: int
    end: int
    midnight: int


@dataclass(frozen=True)
class Horizon:
    """`days` local days from `first`, in zone `timezone`. Minute 0 is the first existing instant of the first day."""

    first: date
    days: int
    timezone: str

    @cached_property
    def zone(self) -> ZoneInfo:
        """The creator's zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def origin(self) -> datetime:
        """Minute 0 in UTC."""
        return self._first_instant(self.first)

    @cached_property
    def day_starts(self) -> tuple[int, ...]:
        """First absolute minute of every day, and of the day after the last: `days + 1` numbers."""
        return tuple(self.day_start(day) for day in range(self.days + 1))

    @property
    def length(self) -> int:
        """Minutes of the whole horizon: 1440 a day, 60 less or more where daylight saving changes."""
        return self.day_starts[-1]

    def _first_instant(self, day: date) -> datetime:
        instant = datetime.combine(day, time(), self.zone).astimezone(UTC)  # a skipped midnight lands after the gap
        while (instant - timedelta(minutes=1)).astimezone(self.zone).date() >= day:
            instant -= timedelta(minutes=1)
        return instant

    def day_start(self, day: int) -> int:
        """First absolute minute of day number `day`, which may lie outside the horizon."""
        return self.minute_of_instant(self._first_instant(self.first + timedelta(days=day)))

    def date(self, day: int) -> date:
        """The local date of day number `day`."""
        return self.first + timedelta(days=day)

    def weekday(self, day: int) -> int:
        """0 = Monday to 6 = Sunday."""
        return self.date(day).weekday()

    def instant(self, minute: int) -> datetime:
        """Absolute minute -> UTC."""
        return self.origin + timedelta(minutes=minute)

    def local(self, minute: int) -> datetime:
        """Absolute minute -> the creator's wall clock (aware)."""
        return self.instant(minute).astimezone(self.zone)

    def minute_of_instant(self, instant: datetime) -> int:
        """Aware datetime -> absolute minute, seconds cut off; raises LocalTimeError for absurd years."""
        _sane(instant)
        return int((instant - self.origin).total_seconds() // 60)

    def minute_of_local(self, local: datetime) -> int:
        """Naive local time -> absolute minute; a repeated time means its first occurrence.

        Raises
        ------
        LocalTimeError
            When the clock skips that time, or it lies centuries away.
        """
        _sane(local)
        if local.tzinfo is not None:
            return self.minute_of_instant(local)
        aware = local.replace(tzinfo=self.zone)
        instant = aware.astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) != local:
            raise LocalTimeError(f"{local:%Y-%m-%d %H:%M} does not exist in {self.timezone}: the clock skips it")
        return self.minute_of_instant(instant)

    def day_of(self, minute: int) -> int:
        """Number of the local day that holds an absolute minute; negative before the first day."""
        return (self.local(minute).date() - self.first).days

    def clock(self, minute: int) -> int:
        """Local minute of the day, 0..1439."""
        local = self.local(minute)
        return local.hour * 60 + local.minute

    def pieces(self, first_minute: int, last_minute: int) -> Iterator[ClockPiece]:
        """The runs of steady local clock that cover [first_minute, last_minute), in order."""
        start = first_minute
        while start < last_minute:
            local = self.local(start)
            midnight = start - local.hour * 60 - local.minute
            day = (local.date() - self.first).days
            end = min(last_minute, midnight + MINUTES_PER_DAY)
            if self._midnight_at(end - 1) != midnight:
                end = self._last_steady(start, end - 1, midnight) + 1
            yield ClockPiece(day, start, end, midnight)
            start = end

    def _midnight_at(self, minute: int) -> int:
        return minute - self.clock(minute)

    def _last_steady(self, steady: int, changed: int, midnight: int) -> int:
        """Bisect for the last minute before the clock jumps (at most one jump a day)."""
        while changed - steady > 1:
            middle = (steady + changed) // 2
            if self._midnight_at(middle) == midnight:
                steady = middle
            else:
                changed = middle
        return steady

    @cached_property
    def plan_weeks(self) -> tuple[range, ...]:
        """Day numbers in runs of seven from the first day; the last run may be shorter."""
        return tuple(range(day, min(day + 7, self.days)) for day in range(0, self.days, 7))

    @cached_property
    def calendar_weeks(self) -> tuple[range, ...]:
        """Day numbers of every Monday-to-Monday week that meets the horizon, days before and after it included."""
        monday = -self.weekday(0)
        return tuple(range(day, day + 7) for day in range(monday, self.days, 7))


def _sane(moment: datetime) -> None:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise LocalTimeError(f"{moment.isoformat()} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
