"""Absolute minutes and the wall clock, through changes of daylight saving."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schedsolve.model.calendar import ClockPiece, Horizon, LocalTimeError

WEEKS = [
    # zone, a Monday, hours of each of the seven days
    ("America/New_York", "2025-01-20", [24] * 7),
    ("America/New_York", "2025-03-03", [24, 24, 24, 24, 24, 24, 23]),
    ("America/New_York", "2025-10-27", [24, 24, 24, 24, 24, 24, 25]),
    ("Europe/Berlin", "2025-03-24", [24, 24, 24, 24, 24, 24, 23]),
    ("Europe/Berlin", "2025-10-20", [24, 24, 24, 24, 24, 24, 25]),
    ("Australia/Lord_Howe", "2025-09-29", [24, 24, 24, 24, 24, 24, 23.5]),
    ("Australia/Lord_Howe", "2025-03-31", [24, 24, 24, 24, 24, 24, 24.5]),
    ("America/Santiago", "2025-09-01", [24, 24, 24, 24, 24, 24, 23]),
    ("America/Santiago", "2025-03-31", [24, 24, 24, 24, 24, 25, 24]),
    ("America/Havana", "2025-10-27", [24, 24, 24, 24, 24, 24, 25]),
    ("Asia/Kolkata", "2025-03-31", [24] * 7),
    ("Africa/Cairo", "2025-04-21", [24, 24, 24, 24, 23, 24, 24]),
    ("Pacific/Apia", "2011-12-26", [24, 24, 24, 24, 0, 24, 24]),
]
NAMES = [f"{zone} {monday}" for zone, monday, _ in WEEKS]
ZONES = sorted({zone for zone, _, _ in WEEKS} | {"Asia/Kathmandu", "Pacific/Chatham", "UTC", "America/St_Johns"})

horizons = st.builds(
    Horizon,
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.integers(1, 28),
    st.sampled_from(ZONES),
)


def horizon(zone: str, first: str, days: int = 7) -> Horizon:
    return Horizon(date.fromisoformat(first), days, zone)


@pytest.mark.parametrize(("zone", "monday", "hours"), WEEKS, ids=NAMES)
def test_days_and_weeks_hold_the_hours_of_their_zone(zone: str, monday: str, hours: list[float]) -> None:
    week = horizon(zone, monday)
    starts = week.day_starts
    assert starts[0] == 0
    assert [end - start for start, end in pairwise(starts)] == [60 * h for h in hours]
    assert week.length == 60 * sum(hours)


@pytest.mark.parametrize(("zone", "monday", "hours"), WEEKS, ids=NAMES)
def test_minute_zero_is_the_first_instant_of_the_first_day(zone: str, monday: str, hours: list[float]) -> None:
    week = horizon(zone, monday)
    for day in range(7):
        start = week.day_start(day)
        if hours[day]:
            assert week.local(start).date() == week.date(day)
        assert week.local(start - 1).date() < week.date(day)
    assert week.origin == week.instant(0)
    assert week.origin.tzinfo is UTC


def test_a_day_may_begin_at_one_oclock() -> None:
    week = horizon("America/Santiago", "2025-09-07", 1)
    assert week.local(0) == datetime(2025, 9, 7, 1, 0, tzinfo=week.zone)
    assert week.clock(0) == 60
    assert week.day_of(0) == 0
    assert week.day_of(-1) == -1


def test_a_day_may_begin_in_the_middle_of_an_hour() -> None:
    week = horizon("America/Toronto", "1919-03-31", 1)  # the clock went from 23:30 to 00:30
    assert week.clock(0) == 30
    assert week.local(-1).date() == date(1919, 3, 30)
    assert week.length == 1410


def test_weekdays_count_from_monday() -> None:
    week = horizon("Asia/Kolkata", "2025-01-22", 9)
    assert [week.weekday(day) for day in range(9)] == [2, 3, 4, 5, 6, 0, 1, 2, 3]
    assert week.date(8) == date(2025, 1, 30)


@given(horizons, st.integers(-3 * 1440, 31 * 1440))
def test_minute_to_local_to_minute_is_the_same_minute(week: Horizon, minute: int) -> None:
    local = week.local(minute)
    assert week.minute_of_local(local) == minute
    assert week.minute_of_instant(local) == minute
    assert week.clock(minute) == local.hour * 60 + local.minute
    assert week.date(week.day_of(minute)) == local.date()
    naive = local.replace(tzinfo=None, fold=0)
    first = week.minute_of_local(naive)
    assert first <= minute
    assert week.local(first).replace(tzinfo=None, fold=0) == naive


@given(horizons, st.integers(0, 28), st.integers(0, 1439))
@example(horizon("America/Santiago", "2025-09-01"), 6, 30)
@example(horizon("Pacific/Apia", "2011-12-26"), 4, 600)
def test_a_naive_local_time_has_its_minute_or_is_skipped(week: Horizon, day: int, clock: int) -> None:
    naive = datetime.combine(week.date(day), datetime.min.time()) + timedelta(minutes=clock)
    if naive in {week.local(minute).replace(tzinfo=None, fold=0) for minute in _around(week, naive)}:
        minute = week.minute_of_local(naive)
        assert week.local(minute).replace(tzinfo=None, fold=0) == naive
        assert (week.day_of(minute), week.clock(minute)) == (day, clock)
    else:
        with pytest.raises(LocalTimeError, match=f"{naive:%Y-%m-%d %H:%M} does not exist in {week.timezone}"):
            week.minute_of_local(naive)


def _around(week: Horizon, naive: datetime) -> range:
    guess = week.minute_of_instant(naive.replace(tzinfo=week.zone))
    return range(guess - 61, guess + 62)


@pytest.mark.parametrize(
    ("zone", "skipped", "before", "after"),
    [
        ("America/New_York", "2025-03-09T02:30", "2025-03-09T01:59", "2025-03-09T03:00"),
        ("Europe/Berlin", "2025-03-30T02:00", "2025-03-30T01:59", "2025-03-30T03:00"),
        ("Australia/Lord_Howe", "2025-10-05T02:15", "2025-10-05T01:59", "2025-10-05T02:30"),
        ("America/Santiago", "2025-09-07T00:00", "2025-09-06T23:59", "2025-09-07T01:00"),
    ],
)
def test_a_skipped_time_raises_and_its_neighbours_touch(zone: str, skipped: str, before: str, after: str) -> None:
    week = horizon(zone, skipped[:10])
    with pytest.raises(LocalTimeError, match=r"does not exist in .*: the clock skips it"):
        week.minute_of_local(datetime.fromisoformat(skipped))
    last, first = (week.minute_of_local(datetime.fromisoformat(text)) for text in (before, after))
    assert first - last == 1


@pytest.mark.parametrize(
    ("zone", "repeated", "offsets", "apart"),
    [
        ("America/New_York", "2025-11-02T01:30", ("-04:00", "-05:00"), 60),
        ("Europe/Berlin", "2025-10-26T02:05", ("+02:00", "+01:00"), 60),
        ("Australia/Lord_Howe", "2025-04-06T01:45", ("+11:00", "+10:30"), 30),
        ("America/Santiago", "2025-04-05T23:10", ("-03:00", "-04:00"), 60),
        ("America/Havana", "2025-11-02T00:10", ("-04:00", "-05:00"), 60),
    ],
)
def test_a_repeated_time_is_told_apart_by_its_offset(
    zone: str, repeated: str, offsets: tuple[str, str], apart: int
) -> None:
    week = horizon(zone, repeated[:10])
    bare = datetime.fromisoformat(repeated)
    first, second = (week.minute_of_local(datetime.fromisoformat(repeated + offset)) for offset in offsets)
    assert week.minute_of_local(bare) == first
    assert second - first == apart
    assert week.clock(first) == week.clock(second)
    assert week.local(first).replace(tzinfo=None) == week.local(second).replace(tzinfo=None) == bare


def test_an_offset_of_another_zone_names_the_instant() -> None:
    week = horizon("America/New_York", "2025-01-20")
    assert week.minute_of_local(datetime.fromisoformat("2025-01-20T13:07+00:00")) == 8 * 60 + 7


def test_seconds_are_cut_off() -> None:
    week = horizon("UTC", "2025-01-20")
    assert week.minute_of_instant(datetime(2025, 1, 20, 0, 1, 59, tzinfo=UTC)) == 1
    assert week.minute_of_instant(datetime(2025, 1, 19, 23, 59, 30, tzinfo=UTC)) == -1


@pytest.mark.parametrize("text", ["0001-01-01T00:00", "9999-12-31T23:59", "1899-12-31T12:00", "2201-01-01T00:00"])
@pytest.mark.parametrize("offset", ["", "+00:00", "-12:00", "+14:00"])
@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York"])
def test_times_centuries_away_are_refused_before_they_leave_the_calendar(text: str, offset: str, zone: str) -> None:
    with pytest.raises(LocalTimeError, match="outside the years 1900 to 2200"):
        horizon(zone, "2025-01-20").minute_of_local(datetime.fromisoformat(text + offset))


@given(horizons, st.integers(-2000, 3000), st.integers(0, 45_000))
@example(horizon("America/St_Johns", "2006-10-26"), 0, 10_140)
@example(horizon("Pacific/Apia", "2011-12-26"), 0, 8640)
@example(horizon("Australia/Lord_Howe", "2025-09-29"), -60, 10_080)
def test_pieces_cover_any_span_without_gaps_and_keep_their_clock(week: Horizon, first: int, length: int) -> None:
    pieces = list(week.pieces(first, first + length))
    expected = first
    for piece in pieces:
        assert piece.start == expected < piece.end
        assert piece.end - piece.start <= 1440
        for minute in {piece.start, (piece.start + piece.end) // 2, piece.end - 1}:
            assert week.clock(minute) == minute - piece.midnight
            assert week.day_of(minute) == piece.day
        expected = piece.end
    assert expected == first + length
    assert len(pieces) <= length // 1440 + 6


def test_a_day_without_change_is_one_piece_and_a_day_with_one_is_two() -> None:
    week = horizon("Europe/Berlin", "2025-10-20")
    assert list(week.pieces(0, 1440)) == [ClockPiece(0, 0, 1440, 0)]
    sunday = 6 * 1440
    assert list(week.pieces(sunday, week.length)) == [
        ClockPiece(6, sunday, sunday + 180, sunday),
        ClockPiece(6, sunday + 180, sunday + 1500, sunday + 60),
    ]


def test_a_clock_set_back_over_midnight_gives_three_pieces() -> None:
    week = horizon("America/St_Johns", "2006-10-28", 2)  # at 00:01 of the 29th the clock goes back to 23:01
    assert [(piece.day, piece.end - piece.start) for piece in week.pieces(0, week.length)] == [
        (0, 1440),
        (1, 1),
        (0, 59),
        (1, 1440),
    ]


def test_no_minutes_make_no_pieces() -> None:
    assert list(horizon("UTC", "2025-01-20").pieces(100, 100)) == []


@given(horizons)
def test_plan_weeks_are_runs_of_seven_days_from_the_first(week: Horizon) -> None:
    assert [day for days in week.plan_weeks for day in days] == list(range(week.days))
    assert all(len(days) == 7 for days in week.plan_weeks[:-1])
    assert 1 <= len(week.plan_weeks[-1]) <= 7


@given(horizons)
def test_calendar_weeks_run_from_monday_to_monday_and_each_meets_the_plan(week: Horizon) -> None:
    weeks = week.calendar_weeks
    assert all(len(days) == 7 and week.weekday(days[0]) == 0 for days in weeks)
    assert weeks[0][0] <= 0 <= weeks[0][-1]
    assert weeks[-1][0] < week.days <= weeks[-1][-1] + 1
    assert [day for days in weeks for day in days] == list(range(weeks[0][0], weeks[-1][-1] + 1))


@pytest.mark.parametrize(
    ("first", "days", "plan", "calendar"),
    [
        ("2025-01-20", 7, [(0, 7)], [(0, 7)]),
        ("2025-01-20", 8, [(0, 7), (7, 8)], [(0, 7), (7, 14)]),
        ("2025-01-22", 7, [(0, 7)], [(-2, 5), (5, 12)]),
        ("2025-01-26", 1, [(0, 1)], [(-6, 1)]),
        ("2025-01-26", 9, [(0, 7), (7, 9)], [(-6, 1), (1, 8), (8, 15)]),
        ("2025-01-21", 28, [(0, 7), (7, 14), (14, 21), (21, 28)], [(n, n + 7) for n in (-1, 6, 13, 20, 27)]),
    ],
)
def test_weeks_of_a_plan_that_starts_on_any_day(
    first: str, days: int, plan: list[tuple[int, int]], calendar: list[tuple[int, int]]
) -> None:
    week = horizon("UTC", first, days)
    assert [(run[0], run[-1] + 1) for run in week.plan_weeks] == plan
    assert [(run[0], run[-1] + 1) for run in week.calendar_weeks] == calendar
