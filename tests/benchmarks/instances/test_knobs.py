"""Knobs out of range are refused, with the range in the message."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.instances.knobs import PLAIN, Knobs


@pytest.mark.parametrize(
    ("knob", "value", "told"),
    [
        ("days", 6, "days: found 6, expected 7 to 28"),
        ("days", 29, "days: found 29, expected 7 to 28"),
        ("days", 7.5, "days: found 7.5, expected a whole number"),
        ("fill", 0.0, "fill: found 0.0, expected 0.1 to 1.5"),
        ("fill", float("nan"), "fill: found nan"),
        ("spacing", 5, "spacing: found 5, expected 15 to 120"),
        ("block_max", 0, "block_max: found 0, expected 1 to 12"),
        ("block_hours", 5, "block_hours: found 5, expected one of 2, 3, 4, 6, 8, 12"),
        ("gap_scale", 9.0, "gap_scale: found 9.0, expected 0.5 to 4.0"),
        ("tight_gaps", 1.1, "tight_gaps: found 1.1, expected 0.0 to 1.0"),
        ("types_off", 9, "types_off: found 9, expected 0 to 8"),
        ("caps", -0.1, "caps: found -0.1, expected 0.0 to 1.0"),
        ("locks", 41, "locks: found 41, expected 0 to 40"),
        ("history_days", 8, "history_days: found 8, expected 0 to 7"),
        ("blackouts", 0.7, "blackouts: found 0.7, expected 0.0 to 0.6"),
        ("margin", 1, "margin: found 1, expected 5 to 120"),
        ("response", -1, "response: found -1, expected 0 to 1440"),
        ("followup_max", 21, "followup_max: found 21, expected 0 to 20"),
        ("confidence", 0.2, "confidence: found 0.2, expected 0.3 to 1.0"),
        ("temperature", 11.0, "temperature: found 11.0, expected 0.0 to 10.0"),
        ("level", "giant", "level: found 'giant', expected one of low, mid, high, ultra"),
        ("page", "open", "page: found 'open', expected one of paid, free"),
        ("late_followups", "never", "late_followups: found 'never'"),
        ("jitter", "wild", "jitter: found 'wild', expected one of low, medium, high"),
        ("opens", "8:00", "opens: found '8:00', expected a time of day in the form 08:00"),
        ("opens", "23:30", "opens: the window must open before it closes, found 23:30-23:30"),
        ("start", "2025-02-30", "start: found '2025-02-30', expected a date in the form 2025-06-02"),
        ("timezone", "Europe/Atlantis", "timezone: found 'Europe/Atlantis', expected an IANA zone"),
    ],
)
def test_a_knob_out_of_range_is_refused(knob: str, value: Any, told: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        Knobs(**{knob: value})
    assert str(caught.value).startswith(told)


def test_the_ends_of_a_range_are_allowed() -> None:
    assert Knobs(days=7, fill=1.5, blackouts=0.6).days == 7
    assert Knobs(days=28, fill=0.1, blackouts=0.0).days == 28


def test_only_turned_knobs_are_told() -> None:
    assert PLAIN.told() == ""
    assert Knobs(level="high", locks=3).told() == "level=high, locks=3"
