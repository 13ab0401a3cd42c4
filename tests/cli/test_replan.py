from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schedsolve import Plan, load_plan, load_scenario
from schedsolve.model.scenario_text import scenario_yaml
from schedsolve.solver.search import BUDGETS, Budget

from ..pipeline.replanning.old_plans import day, later, noon, old_plan, short_week
from .conftest import Run

SHORT = ("replan", "short.yaml", "plan.json", "--effort", "quick")


@pytest.fixture(autouse=True)
def _files(run: Run) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BUDGETS, "quick", Budget(moves=200, improve=0.2, bound=0.05))
        Path("short.yaml").write_text(scenario_yaml(short_week()))
        Path("plan.json").write_text(old_plan().to_json())
        yield


def changes(**data: Any) -> str:
    Path("changes.yaml").write_text(json.dumps(data, indent=2))
    return "changes.yaml"


def test_the_table_groups_what_moved_was_dropped_and_added(run: Run) -> None:
    gone = later(1)[0]
    result = run(*SHORT, "--now", noon(), "--changes", changes(cancelled=[gone.slot_id]))
    assert result.exit_code == 0, result.stderr
    assert "replanned as of" in result.stdout.splitlines()[0]
    line = next(line for line in result.stdout.splitlines() if gone.slot_id in line)
    assert gone.scheduled_time[:5] in line
    assert line.endswith("ruled out by the changes")
    for name in ("dropped 1", "kept  ", "moves  ", "value  ", "proven  ", "audit  "):
        assert name in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_json_is_one_document_with_plan_and_difference(run: Run) -> None:
    result = run(*SHORT, "--now", noon(), "--max-moves", "0", "--move-cost", "5", "--json", "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    assert (told["churn"], told["max_moves"], told["move_cost"], told["impossible"]) == (0, 0, 5.0, [])
    assert told["difference"]["counts"]["kept"] == len(old_plan().items)
    assert Plan.model_validate(told["plan"]).audit is not None
    assert set(told) == {
        "plan", "difference", "now", "before", "churn", "max_moves", "move_cost", "net", "bound", "gap", "impossible",
        "made_up",
    }  # fmt: skip


def test_the_saved_plan_passes_the_check_of_the_saved_scenario_and_both_go_on(run: Run) -> None:
    out = ("--out", "new.json", "--scenario-out", "new.yaml")
    blackout = {"from": f"{day(1)}T13:00", "to": f"{day(1)}T15:00"}
    result = run(*SHORT, "--now", noon(), "--changes", changes(blackouts=[blackout]), *out)
    assert result.exit_code == 0, result.stderr
    assert "Saved" in result.stderr
    assert run("check", "new.yaml", "new.json").exit_code == 0
    assert load_scenario("new.yaml").blackouts[-1].start.hour == 13
    assert Plan.model_validate(load_plan("new.json")).items
    again = run("replan", "new.yaml", "new.json", "--now", noon(2), "--effort", "quick", "--json", "--quiet")
    assert again.exit_code == 0, again.stderr
    codes = [warning["code"] for warning in json.loads(again.stdout)["plan"]["warnings"]]
    assert "other-scenario" not in codes


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--now", "noon"],
        ["--now", "2025-01-23"],
        ["--now", "2025-02-30T12:00"],
        ["--now", "2099-01-01T12:00"],
        ["--now", noon.__name__],
        ["--now", "2025-01-21T12:00", "--max-moves", "-1"],
        ["--now", "2025-01-21T12:00", "--max-moves", "1.5"],
        ["--now", "2025-01-21T12:00", "--move-cost", "nan"],
        ["--now", "2025-01-21T12:00", "--move-cost", "-3"],
        ["--now", "2025-01-21T12:00", "--out", "no/such/folder/plan.json"],
        ["--now", "2025-01-21T12:00", "--scenario-out", "no/such/folder/week.yaml"],
    ],
    ids=" ".join,
)
def test_values_that_make_no_sense_exit_with_2(run: Run, options: list[str]) -> None:
    result = run(*SHORT, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error:" in result.stderr


def test_faults_of_the_changes_exit_with_3_and_tell_file_line_and_column(run: Run) -> None:
    told = changes(cancelled=["nobody"], quotas=[{"date": day(0), "revenue": 1}])
    result = run(*SHORT, "--now", noon(), "--changes", told)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "changes.yaml:3:5: cancelled[0]: nobody is no send of the plan" in result.stderr
    assert "changes.yaml:7:15: quotas[0].date" in result.stderr


def test_an_unreadable_plan_or_changes_file_exits_with_3(run: Run) -> None:
    assert run("replan", "short.yaml", "short.yaml", "--now", noon()).exit_code == 3
    assert run("replan", "short.yaml", "nowhere.json", "--now", noon()).exit_code == 3
    assert run(*SHORT, "--now", noon(), "--changes", "nowhere.yaml").exit_code == 3
    Path("list.json").write_text("[]")
    result = run("replan", "short.yaml", "list.json", "--now", noon())
    assert result.exit_code == 3
    assert "list.json" in result.stderr


def test_too_few_moves_exit_with_4_and_name_the_least(run: Run) -> None:
    cut = {"date": day(2), "engagement": 0}
    result = run(*SHORT, "--now", noon(), "--changes", changes(quotas=[cut]), "--max-moves", "1", "--quiet")
    assert result.exit_code == 4
    assert "force 3 of them" in result.stderr
