"""Events are JSON lines with one envelope, and no secret gets into them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schedsolve.store import week_events
from schedsolve.store.events import ENVELOPE, LOGGER, Events

AT = datetime(2025, 1, 20, 20, 22, tzinfo=UTC)


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(json.loads(record.getMessage()))


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    handler = Lines()
    logger = logging.getLogger(LOGGER)
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield handler.told
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def test_the_envelope_comes_first_and_whole(lines: list[dict[str, Any]]) -> None:
    Events("run", "alexia").stage_complete(2, "allocation", 12.34567, {"items": 90})
    (line,) = lines
    assert tuple(line)[: len(ENVELOPE)] == ENVELOPE
    assert (line["generation_id"], line["creator_id"], line["stage"]) == ("run", "alexia", "allocation")
    assert (line["level"], line["event_type"], line["duration_ms"]) == ("info", "stage_complete", 12.346)
    assert line["metrics"] == {"items": 90}
    assert datetime.fromisoformat(line["timestamp"]).tzinfo is not None
    assert len(line["timestamp"]) == len("2025-01-20T20:22:00.000Z")


def test_ids_are_null_outside_of_a_run(lines: list[dict[str, Any]]) -> None:
    Events().stage_start(1, "initialization")
    assert (lines[0]["generation_id"], lines[0]["creator_id"]) == (None, None)
    assert "duration_ms" not in lines[0]


def test_levels_follow_what_happened(lines: list[dict[str, Any]]) -> None:
    events = Events()
    events.operation_call("get_channels", 3.0)
    events.operation_call("get_channels", 3.0, error="down", retry_count=3)
    events.failure("no_captions", "none", "high", context={"required": 6, "available": 2})
    events.failure("no_captions", "chain", "high", recovery_action="chain", recovery_success=True)
    events.failure("no_captions", "chain", "high", recovery_action="chain", recovery_success=False)
    events.degradation("captions", "fallback", "level_2", "lower")
    assert [(line["event_type"], line["level"]) for line in lines] == [
        ("operation_call", "info"),
        ("operation_call", "error"),
        ("error", "error"),
        ("recovery", "info"),
        ("recovery", "warning"),
        ("degradation", "warning"),
    ]


def test_events_of_a_week(lines: list[dict[str, Any]]) -> None:
    events = Events("run", "alexia")
    week_events.rotation_change(events, ["solo", "bundle"], ["bundle", "solo"], "reverse", 3)
    week_events.rotation_change(events, [], ["solo"], "new", 0)
    week_events.followup_scheduled(events, AT, AT + timedelta(minutes=28), "winner")
    week_events.followup_scheduled(events, AT, AT + timedelta(minutes=50), None)
    week_events.jitter_applied(events, AT, AT + timedelta(minutes=7), "ppv_unlock")
    week_events.jitter_applied(events, AT, AT + timedelta(minutes=8), "ppv_unlock")
    week_events.validation_result(events, "week", False, 69, [str(n) for n in range(9)])
    week_events.saga_execution(events, "rolled_back", ["a"], "b", "no", [], 3, 1.0)
    assert [(line["event_type"], line["level"]) for line in lines] == [
        ("rotation_change", "info"),
        ("rotation_change", "info"),
        ("followup_scheduled", "info"),
        ("followup_scheduled", "info"),
        ("followup_scheduled", "warning"),
        ("jitter_applied", "info"),
        ("jitter_applied", "info"),
        ("jitter_applied", "error"),
        ("validation_result", "warning"),
        ("saga_execution", "error"),
    ]
    assert [line["pattern_diversity_score"] for line in lines[:2]] == [1.0, 1.0]
    assert (lines[2]["gap_minutes"], lines[2]["window_position"]) == (28.0, "optimal")
    assert (lines[5]["offset_minutes"], lines[5]["final_minute"]) == (7.0, 29)
    assert (lines[8]["error_count"], lines[8]["errors"]) == (9, ["0", "1", "2", "3", "4"])


def test_passwords_are_taken_out_however_deep(lines: list[dict[str, Any]]) -> None:
    url = "postgresql://dana:hunter2@db/x"
    Events().failure(
        "lost", f"cannot reach {url}", "critical", context={"tried": [url, {"dsn": "host=db password=hunter2"}]}
    )
    assert "hunter2" not in json.dumps(lines)
    assert "***" in json.dumps(lines)


def test_nothing_is_printed_unless_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    Events().degradation("captions", "fallback", "level_2", "lower")
    assert capfd.readouterr() == ("", "")
