"""`schedsolve report`: the verdict, what costs points, what to do, JSON, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schedsolve.pipeline.validation import report as validation
from tests.pipeline.validation.schedules import report_on, schedule, slot, spoilt
from tests.pipeline.validation.test_checks import MANUAL, short_pool

from .conftest import Run
from .sample_plans import plan


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets the validation find what a test says."""

    def arrange(result: Any) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = []

        def fake(scenario: Any, plan: Any, **options: Any) -> Any:
            calls.append(options)
            return result

        monkeypatch.setattr(validation, "validation_report", fake)
        Path("plan.json").write_text("[]")
        return calls

    return arrange


def test_an_approved_plan_is_told_with_its_score(run: Run, found: Any) -> None:
    found(report_on(schedule()))
    result = run("report", "week.yaml", "plan.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("plan.json for week.yaml: approved, 100 of 100\n")
    assert "revenue 50 % (at least 30 %)" in result.stdout


def test_a_plan_for_review_is_told_with_what_it_costs_and_what_to_do(run: Run, found: Any) -> None:
    found(report_on(spoilt(*((slot(day, 1), MANUAL) for day in range(6))), short_pool(1)))
    result = run("report", "week.yaml", "plan.json")
    assert result.exit_code == 0
    assert "plan.json for week.yaml: needs review, 84 of 100" in result.stdout
    assert "caption_missing  warning  stage 3, content matching  6 findings  −3.75" in result.stdout
    assert "and 1 more; --json lists all" in result.stdout
    assert "a person must look at the captions" in result.stdout
    assert "5 or more new captions for link_drop" in result.stdout


def test_a_rejected_plan_exits_with_7_errors_first(run: Run, found: Any) -> None:
    found(report_on(spoilt((slot(0, 1), {"content_type_id": 99, "vault_warning": "missing_video"}))))
    result = run("report", "week.yaml", "plan.json")
    assert result.exit_code == 7
    assert "rejected, 68 of 100" in result.stdout
    assert result.stdout.index("vault_missing  error") < result.stdout.index("vault_warning  warning")


def test_checks_that_could_not_be_applied_are_told_by_reason(run: Run, found: Any) -> None:
    found(report_on(schedule(), captions=None, vault=None))
    told = " ".join(run("report", "week.yaml", "plan.json").stdout.split())
    assert "unchecked items name content types, and the vault is not at hand: vault_missing" in told
    assert "the type of 48 of 48 captions is unknown: type_mismatch" in told


def test_a_person_may_accept_low_confidence(run: Run, found: Any) -> None:
    calls = found(report_on(schedule()))
    run("report", "week.yaml", "plan.json")
    run("report", "week.yaml", "plan.json", "--override-confidence")
    assert [call["override_confidence"] for call in calls] == [False, True]


def test_json_is_one_document_with_every_field(run: Run) -> None:
    Path("plan.json").write_text(plan().to_json())
    result = run("report", "week.yaml", "plan.json", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == (7 if told["status"] == "rejected" else 0)
    assert told["summary"]["total_items"] == len(plan().items)
    assert told["summary"]["errors"] == len(told["errors"])
    assert {"type", "stage", "severity", "items", "date", "caption_id", "value", "limit", "origin", "message"} == set(
        told["errors"][0]
    )


def test_control_characters_of_a_plan_are_shown_and_not_obeyed(run: Run) -> None:
    Path("plan.json").write_text(json.dumps([plan().items[0].model_dump(mode="json") | {"channel_key": "\x1b[31m"}]))
    result = run("report", "week.yaml", "plan.json")
    assert result.exit_code == 7
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("text", ["", "{", '{"days": []}', "[1]"])
def test_a_file_that_is_no_plan_exits_with_3(run: Run, text: str) -> None:
    Path("plan.json").write_text(text)
    assert run("report", "week.yaml", "plan.json").exit_code == 3
