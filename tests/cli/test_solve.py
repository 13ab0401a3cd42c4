from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from schedsolve.errors import AuditError
from schedsolve.model.plan import Plan

from .conftest import Run
from .sample_plans import plan, without_a_plan

Solves = Callable[[Plan | Exception], list[dict[str, Any]]]


def test_the_table_goes_to_stdout_and_nothing_else(run: Run, solves: Solves) -> None:
    solves(plan())
    result = run("solve", "week.yaml")
    assert result.exit_code == 0
    assert result.stdout.startswith("alexia, late January")
    assert "Mon 20 Jan" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("option", [["--json"], ["--format", "json"]])
def test_json_is_the_plan_in_one_document(run: Run, solves: Solves, option: list[str]) -> None:
    solves(plan())
    result = run("solve", "week.yaml", *option)
    assert result.exit_code == 0
    assert result.stdout == plan().to_json()


def test_wall_clock_figures_are_kept_on_request_only(run: Run, solves: Solves) -> None:
    solves(plan())
    assert json.loads(run("solve", "week.yaml", "--json").stdout)["timings"]["wall_seconds"] is None
    assert json.loads(run("solve", "week.yaml", "--json", "--timings").stdout)["timings"]["wall_seconds"] == 9.4


def test_options_reach_the_solver(run: Run, solves: Solves) -> None:
    calls = solves(plan())
    run("solve", "week.yaml", "--seed", "11", "--effort", "quick", "--time-limit", "2.5", "--gap", "1.5")
    assert {name: calls[0][name] for name in ("seed", "effort", "time_limit", "gap")} == {
        "seed": 11,
        "effort": "quick",
        "time_limit": 2.5,
        "gap": 0.015,
    }


def test_warnings_go_to_stderr_beside_data_and_quiet_silences_them(run: Run, solves: Solves) -> None:
    solves(plan())
    assert "Warning: retention per day taken from" in run("solve", "week.yaml", "--json").stderr
    assert run("solve", "week.yaml", "--json", "--quiet").stderr == ""


@pytest.mark.parametrize(
    "option",
    [
        ["--time-limit", "-1"],
        ["--time-limit", "0"],
        ["--time-limit", "nan"],
        ["--time-limit", "inf"],
        ["--time-limit", "1e300"],
        ["--time-limit", "soon"],
        ["--gap", "-1"],
        ["--gap", "nan"],
        ["--seed", "-1"],
        ["--seed", str(2**63)],
        ["--seed", "1.5"],
        ["--json", "--format", "csv"],
    ],
    ids=" ".join,
)
def test_values_that_make_no_sense_exit_with_2_before_any_work(run: Run, solves: Solves, option: list[str]) -> None:
    calls = solves(plan())
    result = run("solve", "week.yaml", *option)
    assert (result.exit_code, calls) == (2, [])


def test_the_largest_seed_is_taken(run: Run, solves: Solves) -> None:
    calls = solves(plan())
    assert run("solve", "week.yaml", "--seed", str(2**63 - 1)).exit_code == 0
    assert calls[0]["seed"] == 2**63 - 1


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out", "options", "begins"),
    [
        ("plan.json", [], b"{"),
        ("plan", [], b"{"),
        ("plan.csv", [], b"slot_id,"),
        ("plan.ICS", [], b"BEGIN:VCALENDAR"),
        ("plan.json", ["--format", "csv"], b"{"),
        ("plan.txt", ["--format", "csv"], b"slot_id,"),
    ],
)
def test_out_takes_its_format_from_the_suffix_else_from_the_option(
    run: Run, solves: Solves, out: str, options: list[str], begins: bytes
) -> None:
    solves(plan())
    assert run("solve", "week.yaml", "--out", out, *options).exit_code == 0
    assert Path(out).read_bytes().startswith(begins)


def test_a_saved_plan_is_shown_as_a_table_too(run: Run, solves: Solves) -> None:
    solves(plan())
    result = run("solve", "week.yaml", "--out", "plan.json")
    assert "Mon 20 Jan" in result.stdout
    assert Path("plan.json").read_text() == plan().to_json()


@pytest.mark.parametrize("out", ["no/such/folder/plan.json", ".", "-", "week.yaml/plan.json", "x" * 300])
def test_a_file_that_cannot_be_written_is_refused_before_solving(run: Run, solves: Solves, out: str) -> None:
    calls = solves(plan())
    result = run("solve", "week.yaml", "--out", out)
    assert (result.exit_code, calls) == (2, [])
    assert "--out" in result.stderr


def test_the_plan_is_shown_even_when_saving_fails_after_all(
    run: Run, solves: Solves, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    solves(plan())
    monkeypatch.setattr("schedsolve.cli.saving.Destination.save", full)
    result = run("solve", "week.yaml", "--out", "plan.json")
    assert result.exit_code == 2
    assert "Mon 20 Jan" in result.stdout
    assert "No space left" in result.stderr


def test_csv_on_stdout_has_a_header_and_one_line_per_send(run: Run, solves: Solves) -> None:
    solves(plan())
    rows = list(csv.DictReader(StringIO(run("solve", "week.yaml", "--format", "csv").stdout)))
    assert [row["slot_id"] for row in rows] == [item.slot_id for item in plan().items]


def test_ics_without_its_library_is_a_usage_error_with_the_remedy(
    run: Run, solves: Solves, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = solves(plan())
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)
    result = run("solve", "week.yaml", "--format", "ics")
    assert (result.exit_code, calls) == (2, [])
    assert "pip install schedsolve[ics]" in result.stderr


# -- outcomes --------------------------------------------------------------------------------------------------------


def test_strict_exits_with_6_on_a_shortfall_and_still_delivers(run: Run, solves: Solves) -> None:
    solves(plan())
    result = run("solve", "week.yaml", "--strict", "--json", "--out", "plan.json")
    assert result.exit_code == 6
    assert json.loads(result.stdout)["shortfalls"]
    assert Path("plan.json").exists()
    assert "7 sends short" in result.stderr


def test_strict_tells_quotas_and_ranges_apart(run: Run, solves: Solves) -> None:
    first, *others = plan().shortfalls
    lacking = first.model_copy(update={"rule": "ppv-range", "wanted": 7, "placed": 5})
    solves(plan(shortfalls=(*others, lacking)))
    assert "Error: 6 sends short of the quotas and 2 sends short of the ranges (--strict)" in run(
        "solve", "week.yaml", "--strict"
    ).stderr.replace("\n", " ")
    solves(plan(shortfalls=(lacking,)))
    assert "Error: 2 sends short of the ranges (--strict)" in run("solve", "week.yaml", "--strict").stderr


def test_strict_is_content_without_a_shortfall(run: Run, solves: Solves) -> None:
    solves(plan(shortfalls=()))
    assert run("solve", "week.yaml", "--strict").exit_code == 0


@pytest.mark.parametrize(("status", "code", "exit_code"), [("infeasible", "infeasible", 4), ("unknown", "no-plan", 5)])
def test_no_plan_is_told_with_its_reasons_and_saves_nothing(
    run: Run, solves: Solves, status: str, code: str, exit_code: int
) -> None:
    solves(without_a_plan(status, code, "two locks stand 13 min apart"))
    result = run("solve", "week.yaml", "--out", "plan.json")
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert "two locks stand 13 min apart" in result.stderr
    assert not Path("plan.json").exists()


def test_an_infeasible_plan_is_json_too(run: Run, solves: Solves) -> None:
    solves(without_a_plan("infeasible", "infeasible", "no room"))
    result = run("solve", "week.yaml", "--json", "--quiet")
    assert result.exit_code == 4
    assert json.loads(result.stdout)["status"] == "infeasible"
    assert "no room" in result.stderr


def test_a_faulty_scenario_exits_with_3_and_names_every_place(run: Run, solves: Solves) -> None:
    solves(plan())
    text = Path("week.yaml").read_text()
    Path("bad.yaml").write_text(text.replace("seed: 7 ", "sead: 7 ").replace("America/New_York", "Nowhere"))
    result = run("solve", "bad.yaml", "--json")
    error = json.loads(result.stdout)["error"]
    assert result.exit_code == error["exit_code"] == 3
    assert [problem["path"] for problem in error["problems"]] == ["sead", "creator.timezone"]
    assert all(problem["line"] and problem["column"] for problem in error["problems"])
    assert "bad.yaml:8:1: sead: unknown key (did you mean seed?)" in result.stderr


@pytest.mark.parametrize("error", [RuntimeError("boom"), AuditError("the plan breaks min-spacing")])
def test_a_defect_exits_with_70_and_tells_how_to_report_it_without_a_traceback(
    run: Run, solves: Solves, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCHEDSOLVE_DEBUG", raising=False)
    solves(error)
    result = run("solve", "week.yaml", "--seed", "12", "--json")
    assert result.exit_code == 70
    assert json.loads(result.stdout)["error"]["exit_code"] == 70
    assert str(error) in result.stderr
    assert "seed 12" in result.stderr
    assert "Please report it" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_debug_variable_brings_the_traceback(run: Run, solves: Solves, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHEDSOLVE_DEBUG", "1")
    solves(RuntimeError("boom"))
    assert "Traceback" in run("solve", "week.yaml").stderr
