"""Severities, what they mean at the end of a stage, error responses, and the table of what can fail."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schedsolve.model.failure import (
    Boundary,
    ErrorCode,
    ErrorResponse,
    Recovery,
    Resolution,
    Severity,
    at_boundary,
    unknown_code,
)
from schedsolve.model.failure_table import FAILURES, unforeseen
from schedsolve.model.stage import Stage

SEVERITIES = st.lists(st.sampled_from(Severity), max_size=6)
MILD_TO_GRAVE = list(Boundary)


def response(**changes: Any) -> ErrorResponse:
    fields: dict[str, Any] = {
        "error_code": ErrorCode.CREATOR_NOT_FOUND,
        "error_message": "no creator has the id alexa",
        "severity": Severity.CRITICAL,
        "stage": Stage.INITIALIZATION,
        "generation_id": "0b7a",
        "creator_id": "alexa",
        "timestamp": "2025-01-20T09:00:00.250Z",
        "recovery": Recovery(attempted=False),
        "resolution": Resolution(action="check the id", contact="the account manager"),
    }
    return ErrorResponse(**(fields | changes))


def test_severities_stand_in_order() -> None:
    assert all(milder < graver for milder, graver in pairwise(Severity))
    assert max(Severity.HIGH, Severity.LOW) is Severity.HIGH
    assert str(Severity.MEDIUM) == "medium"


def test_a_severity_is_not_compared_with_words() -> None:
    with pytest.raises(TypeError):
        _ = Severity.LOW < "high"


@pytest.mark.parametrize(
    ("severity", "recovered", "boundary"),
    [
        ("low", None, "go_on"),
        ("medium", None, "degrade"),
        ("high", None, "recover"),
        ("high", True, "degrade"),
        ("high", False, "abort"),
        ("critical", None, "abort"),
        ("critical", True, "abort"),
    ],
)
def test_what_a_severity_means_at_the_end_of_a_stage(severity: str, recovered: bool | None, boundary: str) -> None:
    assert at_boundary([Severity(severity)], recovered) is Boundary(boundary)


def test_a_stage_without_failures_goes_on() -> None:
    assert at_boundary([]) is Boundary.GO_ON


@given(severities=SEVERITIES, recovered=st.sampled_from((None, True, False)))
def test_the_worst_severity_decides(severities: list[Severity], recovered: bool | None) -> None:
    decided = at_boundary(severities, recovered)
    assert decided is at_boundary(reversed(severities), recovered)
    if severities:
        assert decided is at_boundary([max(severities)], recovered)


@given(severities=SEVERITIES, one=st.sampled_from(Severity))
def test_one_more_failure_is_never_milder(severities: list[Severity], one: Severity) -> None:
    before, after = at_boundary(severities), at_boundary([*severities, one])
    assert MILD_TO_GRAVE.index(after) >= MILD_TO_GRAVE.index(before)


def test_stages_are_numbered_from_1_to_7() -> None:
    assert [stage.number for stage in Stage] == [1, 2, 3, 4, 5, 6, 7]
    assert Stage("content_matching").number == 3


def test_an_error_response_is_read_back_as_it_was() -> None:
    told = response(details={"required": 6, "found": {"40": 2, "20": 6}}, recommendations=("list active creators",))
    assert ErrorResponse.model_validate_json(told.model_dump_json()) == told
    assert told.model_dump(mode="json")["severity"] == "critical"


@pytest.mark.parametrize(
    "wrong",
    [
        {"timestamp": "2025-01-20 09:00"},
        {"timestamp": "2025-01-20T09:00:00+01:00"},
        {"error_message": ""},
        {"error_code": "creator_lost"},
        {"surprise": 1},
    ],
)
def test_a_response_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        response(**wrong)


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (1, "unknown_error"),
        (2, "unknown_allocation_error"),
        (3, "unknown_content_error"),
        (7, "unknown_assembly_error"),
    ],
)
def test_an_unknown_failure_has_the_code_of_its_stage(stage: int, code: str) -> None:
    assert unknown_code(list(Stage)[stage - 1]) == code


@pytest.mark.parametrize("stage", [Stage.INITIALIZATION, Stage.ALLOCATION, Stage.CONTENT_MATCHING, Stage.ASSEMBLY])
def test_what_nobody_foresaw_aborts_where_nothing_can_stand_in(stage: Stage) -> None:
    assert at_boundary([unforeseen(stage).severity]) is Boundary.ABORT


@pytest.mark.parametrize(
    ("stage", "fallback"),
    [(Stage.TARGETING, "all_active"), (Stage.TIMING, "about noon"), (Stage.FOLLOWUPS, "skip the followup")],
)
def test_what_nobody_foresaw_goes_on_with_a_fallback_elsewhere(stage: Stage, fallback: str) -> None:
    assert (unforeseen(stage).fallback, at_boundary([unforeseen(stage).severity])) == (fallback, Boundary.DEGRADE)


def test_what_is_critical_is_not_mended_by_going_on() -> None:
    critical = {row.condition for row in FAILURES.values() if row.severity is Severity.CRITICAL}
    assert critical == {"creator_not_found", "volume_config_missing", "score_rejected", "save_failed"}
    assert all(row.fallback != "go on" for row in FAILURES.values() if row.severity is Severity.CRITICAL)


def test_the_table_stands_in_the_order_of_the_stages() -> None:
    numbers = [row.stage.number for row in FAILURES.values()]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 8))
