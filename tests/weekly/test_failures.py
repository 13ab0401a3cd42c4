"""What fails in a run: how grave it is, what is used instead, and that nothing is lost and nothing half kept."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from schedsolve.errors import SchedsolveError, StoreError
from schedsolve.model.failure import ErrorCode, Severity
from schedsolve.model.filled import StageFinding
from schedsolve.model.plan import Plan, PlanWarning
from schedsolve.model.stage import Stage
from schedsolve.pipeline.content.filling import filled
from schedsolve.pipeline.validation.report import validation_report
from schedsolve.store.audit_trail import Record, trail_of
from schedsolve.store.engine import Store
from schedsolve.store.errors import StateConflictError, StoreUnavailableError
from schedsolve.store.events import LOGGER
from schedsolve.store.idempotency import check
from schedsolve.store.saving import Saved, save_schedule
from schedsolve.weekly.errors import RunFailedError
from schedsolve.weekly.next_week import next_week
from schedsolve.weekly.tools import Tools
from schedsolve.weekly.week_made import WeekMade

from .weeks import counts, ready, wanted, with_steps


class BrokenError(Exception):
    """What nobody foresaw."""


def breaking(error: Exception, times: int = 99, then: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """A step that fails so many times, and then does what it should."""
    left = [times]

    def step(*arguments: Any, **options: Any) -> Any:
        if left[0] or then is None:
            left[0] -= 1
            raise error
        return then(*arguments, **options)

    return step


def failed(store: Store, tools: Tools, **asked: Any) -> RunFailedError:
    with pytest.raises(RunFailedError) as raised:
        next_week(store, wanted(**asked), tools)
    return raised.value


def trail(store: Store, generation_id: str, kind: str) -> list[Record]:
    return [kept.record for kept in trail_of(store, generation_id) if kept.record.kind == kind]


def without(store: Store, table: str) -> None:
    """Take a table away, as if it could not be read."""
    with store.writing() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO gone"))


# Stage 1, initialization


def test_an_unknown_creator_is_critical_and_ends_the_run(demo: Store) -> None:
    error = failed(demo, Tools(), creator_id="nobody")
    told = error.response
    assert (told.error_code, told.severity, told.stage) == (
        ErrorCode.CREATOR_NOT_FOUND,
        Severity.CRITICAL,
        Stage.INITIALIZATION,
    )
    assert (told.success, told.creator_id, error.exit_code) == (False, "nobody", 8)
    assert [record.payload["outcome"] for record in trail(demo, told.generation_id, "stage")] == ["failed"]


@pytest.mark.parametrize(
    ("table", "condition", "severity", "degraded"),
    [
        ("vault", "vault_unreadable", "medium", True),
        ("performance_history", "trends_missing", "medium", True),
        ("timing_profiles", "timing_missing", "low", False),
    ],
)
def test_what_cannot_be_read_has_its_fallback(
    demo: Store, made: WeekMade, table: str, condition: str, severity: str, degraded: bool
) -> None:
    without(demo, table)
    week = next_week(demo, wanted(), with_steps(made.plan))
    told = {record.payload["type"]: record for record in trail(demo, week.generation_id, "degradation")}
    assert told[condition].severity == severity
    assert week.degraded is degraded
    assert week.schedule_id is not None


def test_an_unreadable_vault_leaves_the_week_to_a_person(demo: Store, made: WeekMade) -> None:
    without(demo, "vault")
    week = next_week(demo, wanted(), with_steps(made.plan))
    assert week.status == "needs_review"
    assert "vault_unchecked" in {finding.type for finding in week.report.warnings}


def test_without_trends_scores_are_in_the_middle_and_confidence_is_a_half(demo: Store, made: WeekMade) -> None:
    seen: list[Any] = []

    def solve(scenario: Any, **options: Any) -> Plan:
        seen.append(scenario)
        return ready(made.plan)(scenario, **options)

    without(demo, "performance_history")
    next_week(demo, wanted(), with_steps(made.plan, solve=solve))
    assert (seen[0].performance.saturation, seen[0].performance.revenue_trend) == (None, "stable")
    assert not seen[0].performance.horizons


def test_a_database_that_does_not_answer_is_critical_and_leaves_the_journal_in_the_log(
    demo: Store, made: WeekMade, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, LOGGER)
    error = failed(demo, with_steps(made.plan, solve=breaking(StoreUnavailableError("it does not answer"))))
    assert error.response.error_code is ErrorCode.SERVICE_UNAVAILABLE
    assert error.response.severity is Severity.CRITICAL
    events = [json.loads(record.message) for record in caplog.records]
    assert {"stage_start", "operation_call", "error"} <= {event["event_type"] for event in events}
    assert {event["generation_id"] for event in events if event["event_type"] == "stage_start"} == {
        error.response.generation_id
    }


# Stages 2 to 6, the solve


def infeasible(plan: Plan) -> Plan:
    warning = PlanWarning(code="infeasible", message="nothing fits")
    return plan.model_copy(update={"status": "infeasible", "items": (), "warnings": (warning,)})


def test_where_no_plan_fits_the_ladder_is_tried_and_the_week_is_degraded(demo: Store, made: WeekMade) -> None:
    asked: list[str] = []

    def solve(scenario: Any, **options: Any) -> Plan:
        asked.append(scenario.on_conflict)
        return ready(made.plan)(scenario, **options) if asked[1:] else infeasible(made.plan)

    week = next_week(demo, wanted(), with_steps(made.plan, solve=solve))
    assert asked == ["fail", "ladder"]
    assert (week.degraded, week.schedule_id is not None) == (True, True)
    (record,) = trail(demo, week.generation_id, "error")
    assert (record.payload["type"], record.payload["success"], record.severity) == ("no_free_slot", True, "high")


def test_where_the_ladder_does_not_help_the_run_ends_with_what_binds(demo: Store, made: WeekMade) -> None:
    error = failed(demo, with_steps(made.plan, solve=lambda *_a, **_o: infeasible(made.plan)))
    assert error.response.severity is Severity.HIGH
    assert error.response.stage is Stage.ALLOCATION
    assert (error.exit_code, "nothing fits" in str(error)) == (4, True)


# Every stage: what nobody foresaw


@pytest.mark.parametrize(
    ("step", "stage", "code", "items"),
    [
        ("solve", Stage.ALLOCATION, ErrorCode.UNKNOWN_ALLOCATION_ERROR, False),
        ("fill", Stage.CONTENT_MATCHING, ErrorCode.UNKNOWN_CONTENT_ERROR, True),
        ("validate", Stage.ASSEMBLY, ErrorCode.UNKNOWN_ASSEMBLY_ERROR, True),
        ("save", Stage.ASSEMBLY, ErrorCode.DATABASE_SAVE_FAILED, True),
    ],
)
def test_an_unforeseen_failure_is_critical_keeps_nothing_and_can_be_tried_again(
    demo: Store, made: WeekMade, step: str, stage: Stage, code: ErrorCode, items: bool
) -> None:
    before = counts(demo)
    error = failed(demo, with_steps(made.plan, **{step: breaking(BrokenError("a wire came off"))}))
    told = error.response
    assert (told.error_code, told.severity, told.stage) == (code, Severity.CRITICAL, stage)
    assert "a wire came off" in told.error_message
    assert bool(told.partial_result) is items
    assert (error.plan is not None) is items
    assert counts(demo) == before
    assert check(demo, wanted().request().hash) is None
    records = trail(demo, told.generation_id, "error")
    assert [record.payload["type"] for record in records][-1] == code.value
    assert trail(demo, told.generation_id, "run")[0].payload["outcome"] == "failed"
    again = next_week(demo, wanted(), with_steps(made.plan))
    assert (again.status, again.replayed) == ("approved", False)


# Stage 3, content


def nothing_to_show(times: int) -> Callable[..., Any]:
    """A content stage that finds nothing in the vault so many times."""
    left = [times]

    def fill(*arguments: Any, **options: Any) -> Any:
        found = filled(*arguments, **options)
        if not left[0]:
            return found
        left[0] -= 1
        lack = StageFinding(type="vault_content_missing", severity="high", log="error", message="nothing is there")
        return found.model_copy(update={"findings": (*found.findings, lack)})

    return fill


def test_a_vault_without_anything_to_show_is_read_once_more(demo: Store, made: WeekMade) -> None:
    week = next_week(demo, wanted(), with_steps(made.plan, fill=nothing_to_show(1)))
    assert week.degraded
    (record,) = trail(demo, week.generation_id, "error")
    assert record.payload["success"] is True


def test_a_vault_that_stays_empty_ends_the_run_with_the_plan_so_far(demo: Store, made: WeekMade) -> None:
    error = failed(demo, with_steps(made.plan, fill=nothing_to_show(2)))
    assert (error.response.severity, error.response.stage) == (Severity.HIGH, Stage.CONTENT_MATCHING)
    assert error.response.partial_result == {"items_created": len(made.plan.items)}


def test_a_pool_without_captions_leaves_them_to_a_person_and_the_week_to_review(demo: Store, made: WeekMade) -> None:
    with demo.writing() as connection:
        connection.execute(text("UPDATE captions SET is_active = 0 WHERE caption_type IN ('renewal', 'appreciation')"))
    week = next_week(demo, wanted(), with_steps(made.plan))
    assert week.response is not None
    assert (week.response.success, week.response.error_code) == (True, ErrorCode.MANUAL_CAPTION_NEEDED)
    assert (week.status, week.degraded) == ("needs_review", True)
    assert any("renew" in line for line in week.degradations)


# Stage 7, assembly


def rejecting(*arguments: Any, **options: Any) -> Any:
    report = validation_report(*arguments, **options)
    return report.model_copy(update={"status": "rejected", "score": 69})


def test_a_rejected_week_is_told_with_its_report_and_not_kept(demo: Store, made: WeekMade) -> None:
    before = counts(demo)
    week = next_week(demo, wanted(), with_steps(made.plan, validate=rejecting))
    assert (week.status, week.schedule_id, week.to_dict()["success"]) == ("rejected", None, False)
    assert week.response is not None
    assert (week.response.error_code, week.response.severity) == (ErrorCode.VALIDATION_REJECTED, Severity.CRITICAL)
    assert counts(demo) == before
    (record,) = trail(demo, week.generation_id, "validation")
    assert record.payload["score"] == 69
    assert next_week(demo, wanted(), with_steps(made.plan)).status == "approved"


def test_a_save_that_fails_once_is_done_again(demo: Store, made: WeekMade) -> None:
    save = breaking(StoreError("the disk hiccuped"), 1, save_schedule)
    week = next_week(demo, wanted(), with_steps(made.plan, save=save))
    assert week.schedule_id is not None
    told = next_week(demo, wanted())
    assert told.replayed


def test_a_definite_answer_of_the_store_is_not_asked_for_twice(demo: Store, made: WeekMade) -> None:
    calls: list[int] = []

    def save(*_arguments: Any, **_options: Any) -> Saved:
        calls.append(1)
        raise StateConflictError("it went out")

    error = failed(demo, with_steps(made.plan, save=save))
    assert (len(calls), error.response.recovery.attempted) == (1, False)


@pytest.fixture
def refused_item(demo: Store) -> None:
    with demo.writing() as connection:
        connection.execute(
            text("CREATE TRIGGER refuse BEFORE INSERT ON caption_usage BEGIN SELECT RAISE(ABORT, 'no space left'); END")
        )


@pytest.mark.usefixtures("refused_item")
def test_a_fault_of_the_database_while_saving_leaves_no_row_of_the_week(demo: Store, made: WeekMade) -> None:
    before = counts(demo)
    error = failed(demo, with_steps(made.plan))
    assert error.response.error_code is ErrorCode.DATABASE_SAVE_FAILED
    assert (error.response.recovery.attempted, error.response.recovery.success) == (True, False)
    assert "no space left" in error.response.error_message
    assert error.plan is not None
    assert counts(demo) == before


def test_an_interrupted_run_gives_its_claim_back(demo: Store, made: WeekMade) -> None:
    with pytest.raises(KeyboardInterrupt):
        next_week(demo, wanted(), with_steps(made.plan, fill=breaking(KeyboardInterrupt())))  # type: ignore[arg-type]
    assert next_week(demo, wanted(), with_steps(made.plan)).status == "approved"


def test_no_password_is_told(demo: Store, made: WeekMade) -> None:
    fault = SchedsolveError("postgresql://planner:secret@db/schedules does not answer")
    error = failed(demo, with_steps(made.plan, solve=breaking(fault)))
    assert "secret" not in error.response.model_dump_json()
    assert all("secret" not in str(record.payload) for record in trail(demo, error.response.generation_id, "error"))


def test_the_clock_of_a_run_is_its_own(demo: Store, made: WeekMade) -> None:
    from schedsolve.store.schedules import schedule

    from .weeks import NOW

    week = next_week(demo, wanted(), replace(with_steps(made.plan), clock=lambda: NOW))
    assert schedule(demo, str(week.schedule_id)).created_at == NOW
