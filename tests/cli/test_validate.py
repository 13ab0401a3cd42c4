from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run


def test_a_valid_scenario_is_one_line_of_what_was_read(run: Run) -> None:
    result = run("validate", "week.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count("\n") == 1
    assert "week.yaml: ok: alexia, late January: alexia (paid page, America/New_York)" in result.stdout
    assert "83 sends wanted (11 12 12 12 12 12 12), 1 lock, 1 blackout" in result.stdout


def test_json_says_the_same(run: Run) -> None:
    read = json.loads(run("validate", "week.yaml", "--json").stdout)
    assert read["ok"] is True
    assert read["sends_per_day"] == [11, 12, 12, 12, 12, 12, 12]
    assert (read["first_day"], read["last_day"]) == ("2025-01-20", "2025-01-26")


def test_warnings_are_told_but_do_not_fail(run: Run) -> None:
    text = Path("week.yaml").read_text().replace("confidence_score: 0.85", "confidence_score: 0.45")
    Path("doubtful.yaml").write_text(text)
    result = run("validate", "doubtful.yaml", "--json")
    assert result.exit_code == 0
    assert [warning["code"] for warning in json.loads(result.stdout)["warnings"]] == ["low-confidence"]
    assert "Warning: confidence 0.45" in result.stderr


def test_faults_are_told_all_at_once_with_their_places(run: Run) -> None:
    text = Path("week.yaml").read_text().replace("days: 7 ", "days: 70 ").replace("at: 2025-01-22T", "at: 2025-02-30T")
    Path("bad.yaml").write_text(text)
    result = run("validate", "bad.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "bad.yaml:10:7: days: found 70, must be at most 28" in result.stderr
    assert "locks[0].at" in result.stderr
    assert "2 problems." in result.stderr


def test_a_control_character_in_a_name_does_not_reach_the_terminal(run: Run) -> None:
    text = Path("week.yaml").read_text().replace("alexia, late January ", r'"\e[31mred"')
    Path("red.yaml").write_text(text)
    assert "\x1b" not in run("validate", "red.yaml").stdout


def test_a_missing_file_is_an_invalid_one(run: Run) -> None:
    result = run("validate", "absent.yaml", "--json")
    assert result.exit_code == 3
    assert "does not exist" in json.loads(result.stdout)["error"]["message"]
