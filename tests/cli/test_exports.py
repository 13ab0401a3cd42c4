from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from icalendar import Calendar

from schedsolve.cli.exports.csv import COLUMNS, plan_as_csv
from schedsolve.cli.exports.ics import plan_as_ics
from schedsolve.model.plan import Item, VariationMetadata

from .sample_plans import item, plan


def rows(*items: Item) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(plan_as_csv(plan(items=items)).decode())))


def events() -> list[Calendar]:
    return list(Calendar.from_ical(plan_as_ics(plan())).walk("VEVENT"))


def test_csv_has_a_column_for_every_field_of_an_item() -> None:
    assert set(COLUMNS) == (set(Item.model_fields) - {"variation_metadata"}) | {
        f"vm_{name}" for name in VariationMetadata.model_fields
    }


def test_csv_tells_nothing_true_and_hours_plainly() -> None:
    metadata = VariationMetadata(base_hour=20, base_minute=0, time_shift=-15, jitter=-3, prime_hours_used=(19, 20))
    (row,) = rows(item("2025-01-20 19:42", "ppv_unlock", ppv_style=None, locked=True, variation_metadata=metadata))
    assert (row["ppv_style"], row["locked"], row["vm_prime_hours_used"]) == ("", "true", "19 20")
    assert (row["vm_time_shift"], row["vm_jitter"]) == ("-15", "-3")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    (row,) = rows(item("2025-01-20 19:42", "link_drop", caption_text=text))
    assert row["caption_text"] == f"'{text}"


def test_text_with_quotes_commas_and_lines_comes_back_whole() -> None:
    text = 'she said "hi",\nthen = left'
    (row,) = rows(item("2025-01-20 19:42", "link_drop", caption_text=text))
    assert row["caption_text"] == text


def test_ics_has_one_event_per_send_that_icalendar_reads_back() -> None:
    for event, one in zip(events(), plan().items, strict=True):
        start = datetime.fromisoformat(one.scheduled_at_utc)
        assert event["uid"] == f"{one.slot_id}.alexia@schedsolve"
        assert event.decoded("dtstart") == start
        assert event.decoded("dtstart").tzinfo is UTC or event.decoded("dtstart").utcoffset() == timedelta(0)
        assert event.decoded("dtend") == start + timedelta(minutes=15)
        assert event["summary"] == (f"{one.send_type_key} ({one.ppv_style})" if one.ppv_style else one.send_type_key)
        assert event["categories"].to_ical().decode() == one.category


def test_ics_describes_strategy_channel_target_and_parent() -> None:
    followup = next(event for event in events() if event["summary"] == "ppv_followup")
    for expected in ("strategy: ", "channel: targeted_message", "target: ppv_non_purchasers", "parent: 2025-01-2"):
        assert expected in followup["description"]


def test_ics_uids_are_all_different() -> None:
    assert len({event["uid"] for event in events()}) == len(plan().items)


def test_ics_of_the_same_plan_is_the_same_bytes() -> None:
    assert plan_as_ics(plan()) == plan_as_ics(plan())
    assert events()[0].decoded("dtstamp") == datetime(2025, 1, 20, tzinfo=UTC)


def test_ics_lines_end_in_crlf_and_are_folded() -> None:
    lines = plan_as_ics(plan()).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)
