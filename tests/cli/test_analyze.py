"""`schedsolve analyze`: tables as people and programs read them, and what is refused."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from schedsolve.cli.commands.analyze import ANALYSES
from schedsolve.cli.exports.csv import plan_as_csv

from .conftest import Run
from .sample_plans import item, plan

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def tables(run: Run) -> None:
    """The example tables, in the folder of the run."""
    for name in ("captions.csv", "followups.csv", "week.csv"):
        shutil.copy(EXAMPLES / name, Path.cwd())


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_the_group_lists_its_analyses(run: Run) -> None:
    result = run("analyze", "--help")
    assert result.exit_code == 0
    assert all(f"{name} " in result.stdout and short in result.stdout for name, short in ANALYSES.items())


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_has_help_with_examples_columns_and_exit_codes(run: Run, name: str) -> None:
    result = run("analyze", name, "--help")
    assert result.exit_code == 0
    assert f"schedsolve analyze {name}" in result.stdout.split("Examples:")[1]
    assert "Exit codes:" in result.stdout


@pytest.mark.parametrize("arguments", [[], ["explode"], ["traits"], ["traits", "captions.csv", "more.csv"]])
def test_a_wrong_command_line_exits_with_2(run: Run, arguments: list[str]) -> None:
    result = run("analyze", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert " analyze" in result.stderr.split("Usage:")[1]


def test_shared_traits_are_a_table_and_what_to_raise(run: Run) -> None:
    result = run("analyze", "traits", "captions.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines(result.stdout) == [
        "captions.csv: what the best earners share",
        "",
        "trait value top rest p",
        "length 250-449 90% 28% 0.0004 significant",
        "",
        "records 60, confidence HIGH",
        "p a difference is significant below 0.0125",
        "raise the weight of captions with 250-449 characters by 25%",
    ]


def test_shared_traits_as_json(run: Run) -> None:
    document = json.loads(run("analyze", "traits", "captions.csv", "--json").stdout)
    assert (document["schedsolve"], document["kind"]) == (1, "trait-report")
    assert document["has_recommendations"] is True
    assert document["recommendations"][0]["multiplier"] == 1.25
    assert document["analyzed_count"] == 60
    assert document["bonferroni_alpha"] == 0.0125


def test_too_few_records_are_no_failure_but_say_why(run: Run) -> None:
    Path("few.csv").write_text("earnings\n1\n2\n")
    result = run("analyze", "traits", "few.csv")
    assert result.exit_code == 0
    assert "raise nothing: 2 records, at least 10 are needed" in lines(result.stdout)
    assert "confidence LOW" in result.stdout
    assert "only 2 records" in result.stdout


def test_every_kind_of_advice_is_told(run: Run) -> None:
    best = "".join(f"{1000 + n},solo,bold,9.5,{'x' * 300}\n" for n in range(10))
    rest = "".join(f"{n},type {n},tone {n},{n},short\n" for n in range(60))
    Path("all.csv").write_text(f"earnings,content_type,detected_tone,price,caption_text\n{best}{rest}")
    told = lines(run("analyze", "traits", "all.csv").stdout)
    assert "price $9.50 100% 0% <0.0001 significant" in told
    assert told[-3:] == [
        "raise the weight of captions with 250-449 characters by 25%",
        "the allocation of solo by 25%",
        "the weight of captions in the tone bold by 20%",
    ]


def test_without_scipy_the_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    result = run("analyze", "traits", "captions.csv", "--json")
    assert result.exit_code == 2
    assert "pip install 'schedsolve[stats]'" in result.stderr
    assert json.loads(result.stdout)["error"]["exit_code"] == 2


def test_followups_stand_by_day_best_first(run: Run) -> None:
    result = run("analyze", "followups", "followups.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    told = lines(result.stdout)
    assert told[0] == "followups.csv: 7 followups kept, 2 removed"
    assert "Mon 20 Jan 2025 mon-6 0.950 $1,450.00" in told
    assert told[5:9] == [
        "mon-4 0.584 $480.00",
        "mon-1 0.336 $310.00",
        "mon-5 0.324 $120.00 removed",
        "mon-2 0.254 $95.00 removed",
    ]


def test_followups_as_json(run: Run) -> None:
    document = json.loads(run("analyze", "followups", "followups.csv", "--json").stdout)
    assert document["kind"] == "followup-limit"
    assert (document["modified"], document["followup_count"], document["removed_count"]) == (True, 7, 2)
    assert document["removed_items"][1] == {
        "id": "mon-2",
        "date": "2025-01-20",
        "priority": pytest.approx(0.0475 + 0.3 * (1 - 639 / 1440) + 0.04),
        "parent_estimated_revenue": 95.0,
    }
    assert document["warnings"][0].startswith("2025-01-20 has 6 followups, 4 are allowed")


def test_weekly_limits_exceeded_are_violations(run: Run) -> None:
    result = run("analyze", "limits", "week.csv")
    assert (result.exit_code, result.stderr) == (7, "")
    assert lines(result.stdout) == [
        "week.csv: 2 weekly limits exceeded",
        "",
        "week of type actual limit drop",
        "Mon 20 Jan 2025 tip_goal 4 3 2025-01-22_2",
        "Mon 20 Jan 2025 vip_program 2 1 2025-01-24_1",
    ]


def test_weekly_limits_as_json(run: Run) -> None:
    result = run("analyze", "limits", "week.csv", "--json")
    assert result.exit_code == 7
    document = json.loads(result.stdout)
    assert (document["kind"], document["is_valid"]) == ("weekly-limits", False)
    assert document["dropped"] == ["2025-01-22_2", "2025-01-24_1"]
    assert document["warnings"][0]["week"] == "2025-01-20"


def test_a_plan_saved_as_csv_is_a_schedule(run: Run) -> None:
    items = (item("2025-01-20T09:07", "vip_program"), item("2025-01-23T09:07", "vip_program"))
    Path("plan.csv").write_bytes(plan_as_csv(plan(items=items)))
    result = run("analyze", "limits", "plan.csv", "--json")
    assert result.exit_code == 7
    assert json.loads(result.stdout)["dropped"] == [items[1].slot_id]


def test_a_schedule_within_its_limits_is_one_line(run: Run) -> None:
    Path("good.json").write_text('[{"id": 1, "date": "2025-01-20", "send_type_key": "vip_program"}]')
    result = run("analyze", "limits", "good.json")
    assert (result.exit_code, result.stdout) == (0, "good.json: every week keeps its limits\n")


@pytest.mark.parametrize("name", ["traits", "followups", "limits"])
def test_a_missing_column_is_exit_3_and_names_those_found(run: Run, name: str) -> None:
    Path("other.csv").write_text("colour,size\nred,1\n")
    result = run("analyze", name, "other.csv", "--json")
    assert result.exit_code == 3
    assert "found colour, size" in result.stderr
    error = json.loads(result.stdout)["error"]
    assert (error["source"], error["problems"][0]["line"]) == ("other.csv", 1)


def test_bad_cells_are_told_all_at_once(run: Run) -> None:
    Path("bad.csv").write_text("id,earnings,price\na,much,1\nb,2,-3\n")
    result = run("analyze", "traits", "bad.csv")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "bad.csv:2: earnings: found 'much', must be a number" in result.stderr
    assert "bad.csv:3: price: found -3.0, must be at least 0" in result.stderr
    assert "2 problems." in result.stderr


@pytest.mark.parametrize("name", ["traits", "followups", "limits"])
def test_a_missing_file_is_exit_3(run: Run, name: str) -> None:
    result = run("analyze", name, "nowhere.csv")
    assert result.exit_code == 3
    assert "nowhere.csv: the file does not exist" in result.stderr


def test_control_characters_do_not_reach_the_terminal(run: Run) -> None:
    Path("red.csv").write_text("id,sent_at\n\x1b[31mred,2025-01-20T20:07\n")
    assert "\x1b" not in run("analyze", "followups", "red.csv").stdout
