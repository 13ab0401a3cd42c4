from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import schedsolve
from schedsolve.cli.exports.csv import plan_as_csv
from schedsolve.model.plan import Audit, AuditViolation, CheckReport, SkippedRule

from .conftest import Run
from .sample_plans import plan


def violation(rule: str, severity: Any, subject: str = "2025-01-20_3") -> AuditViolation:
    return AuditViolation(
        rule=rule, subject=subject, amount=15.0, message=f"{subject} is 30 min after another", severity=severity
    )


def report(**changes: Any) -> CheckReport:
    fields: dict[str, Any] = {
        "items": 99,
        "audit": Audit(verdict="passed", violations=(), checked=("lock", "min-spacing"), skipped=()),
        "score": {"type-value": 100.0, "interleaving": -2.0, "half-day": 0.0},
        "objective": 98.0,
        "stated_objective": 98.0,
        "score_agrees": True,
    }
    return CheckReport(**(fields | changes))


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets `check` find what a test says."""

    def arrange(result: CheckReport) -> None:
        monkeypatch.setitem(vars(schedsolve), "check", lambda scenario, plan: result)
        Path("plan.json").write_text("[]")

    return arrange


def test_a_clean_plan_passes(run: Run, found: Any) -> None:
    found(report())
    result = run("check", "week.yaml", "plan.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "plan.json against week.yaml: passed" in result.stdout
    assert "the plan claims the same" in result.stdout


def test_violations_stand_by_rule_the_severest_first(run: Run, found: Any) -> None:
    breaches = (
        violation("clock-repeat", "low"),
        violation("min-spacing", "medium"),
        violation("min-spacing", "medium", "2025-01-21_1"),
        violation("lock", "high"),
    )
    found(report(audit=Audit(verdict="failed", violations=breaches, checked=("lock",))))
    result = run("check", "week.yaml", "plan.json")
    assert result.exit_code == 7
    places = [result.stdout.index(text) for text in ("lock  high", "min-spacing  medium  2", "clock-repeat  low")]
    assert places == sorted(places)
    assert "  2025-01-21_1 is 30 min after another" in result.stdout


def test_a_flood_of_violations_is_cut_short_on_screen_only(run: Run, found: Any) -> None:
    breaches = tuple(violation("min-spacing", "medium", f"send {number}") for number in range(50))
    found(report(audit=Audit(verdict="passed_with_warnings", violations=breaches, checked=())))
    assert "and 38 more" in run("check", "week.yaml", "plan.json").stdout
    told = json.loads(run("check", "week.yaml", "plan.json", "--json").stdout)
    assert len(told["audit"]["violations"]) == 50


def test_a_false_claim_about_the_score_exits_with_7(run: Run, found: Any) -> None:
    found(report(stated_objective=120.0, score_agrees=False))
    result = run("check", "week.yaml", "plan.json")
    assert result.exit_code == 7
    assert "claims 120.0, which is not so" in result.stdout


def test_rules_that_were_not_checked_are_told_with_the_reason(run: Run, found: Any) -> None:
    skipped = (SkippedRule(rule="pin-limit", reason="the plan tells nothing of pins"),)
    found(report(audit=Audit(verdict="passed", violations=(), checked=(), skipped=skipped)))
    assert "pin-limit: the plan tells nothing of pins" in run("check", "week.yaml", "plan.json").stdout


@pytest.mark.parametrize("text", ["", "{", '{"days": []}', "[1]"])
def test_a_file_that_is_no_plan_exits_with_3_also_as_json(run: Run, text: str) -> None:
    Path("plan.json").write_text(text)
    result = run("check", "week.yaml", "plan.json", "--json")
    error = json.loads(result.stdout)["error"]
    assert result.exit_code == error["exit_code"] == 3
    assert error["problems"]
    assert error["source"] == "plan.json"


def test_our_csv_is_read_back_as_the_same_sends(run: Run) -> None:
    Path("plan.csv").write_bytes(plan_as_csv(plan()))
    Path("items.json").write_text(json.dumps(plan().to_dict()["items"]))
    from_csv = json.loads(run("check", "week.yaml", "plan.csv", "--json").stdout)
    from_json = json.loads(run("check", "week.yaml", "items.json", "--json").stdout)
    assert from_csv["items"] == len(plan().items)
    assert from_csv["score"] == from_json["score"]
    assert from_csv["audit"]["violations"] == from_json["audit"]["violations"]
