from __future__ import annotations

import json
from pathlib import Path

import pytest

import schedsolve
from schedsolve.cli.commands.ab import STEPS

from .conftest import Run

EXAMPLES = Path(schedsolve.__file__).parent.parent / "examples"
TEST_FILE = str(EXAMPLES / "bump-ratio-test.yaml")
CREATORS = str(EXAMPLES / "creators.csv")


@pytest.mark.parametrize("name", STEPS)
def test_every_step_has_help_with_examples(run: Run, name: str) -> None:
    result = run("ab", name, "--help")
    assert result.exit_code == 0
    assert f"schedsolve ab {name}" in result.stdout.split("Examples:")[1]


def test_the_group_lists_its_steps(run: Run) -> None:
    result = run("ab", "--help")
    assert all(short in result.stdout for short in STEPS.values())


@pytest.mark.parametrize(
    ("name", "per_group"),
    [
        ("bump_ratio_2x_vs_3x", 1570),
        ("dow_distribution_uniform_vs_weighted", 698),
        ("campaign_frequency_high_vs_standard", 252),
    ],
)
def test_design_tells_the_sample_of_every_built_in_test(run: Run, name: str, per_group: int) -> None:
    told = json.loads(run("ab", "design", "--example", name, "--json").stdout)
    assert (told["test"]["test_id"], told["per_group"], told["total"]) == (name, per_group, 2 * per_group)
    assert (told["rate"], told["rate_assumed"], told["stated"]) == (10, True, False)


def test_design_is_readable(run: Run) -> None:
    result = run("ab", "design", "--example", "bump_ratio_2x_vs_3x", "--rate", "50")
    assert result.exit_code == 0
    assert "1,570 in each group, 3,140 in total" in result.stdout
    assert "32 days at 50 a day and group\n" in result.stdout
    assert "asks for 113 a day and group" in result.stdout


def test_a_design_of_figures_alone_is_readable(run: Run) -> None:
    result = run("ab", "design", "--effect", "0.25", "--cv", "0.5", "--rate", "40")
    assert result.exit_code == 0
    assert "0.25 relative lift, the metric's coefficient of variation being 0.5" in result.stdout
    assert "63 in each group, 126 in total" in result.stdout
    assert "warning" not in result.stdout


def test_configurations_are_shown_on_one_line(run: Run) -> None:
    text = Path(TEST_FILE).read_text().replace("{bump_to_ppv_ratio: 4.0}", "{days: [friday, saturday], bumps: 4}")
    Path("test.yaml").write_text(text)
    assert "treatment   days friday saturday, bumps 4\n" in run("ab", "design", "test.yaml").stdout


def test_design_reads_a_test_file(run: Run) -> None:
    """2 x (1.96 + 0.84)^2 / 0.2^2 = 392.4."""
    told = json.loads(run("ab", "design", TEST_FILE, "--json").stdout)
    assert (told["test"]["status"], told["per_group"], told["effect"]) == ("running", 393, 0.2)


def test_design_reads_back_the_json_of_an_example(run: Run) -> None:
    first = json.loads(run("ab", "design", "--example", "bump_ratio_2x_vs_3x", "--json").stdout)
    Path("test.json").write_text(json.dumps(first["test"]))
    assert json.loads(run("ab", "design", "test.json", "--json").stdout) == first


def test_options_go_before_what_a_test_says(run: Run) -> None:
    told = json.loads(run("ab", "design", TEST_FILE, "--effect", "0.25", "--json").stdout)
    assert (told["per_group"], told["effect"], told["confidence"]) == (252, 0.25, 0.95)


def test_a_stated_sample_is_kept_unless_figures_are_given(run: Run) -> None:
    Path("test.yaml").write_text(Path(TEST_FILE).read_text() + "min_sample_size: 77\n")
    told = json.loads(run("ab", "design", "test.yaml", "--json").stdout)
    assert (told["per_group"], told["stated"]) == (77, True)
    assert "77 in each group, 154 in total (stated in the test)" in run("ab", "design", "test.yaml").stdout
    told = json.loads(run("ab", "design", "test.yaml", "--cv", "1", "--json").stdout)
    assert (told["per_group"], told["stated"]) == (393, False)


def test_without_a_test_the_figures_are_the_usual_ones(run: Run) -> None:
    told = json.loads(run("ab", "design", "--json").stdout)
    assert (told["test"], told["per_group"], told["duration_days"]) == (None, 1570, 14)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["design", "--effect", "0"], "effect must be from"),
        (["design", "--cv", "-1"], "cv must be from"),
        (["design", "--confidence", "95"], "confidence must be at least 0.5 and less than 1, found 95.0"),
        (["design", "--power", "nan"], "power must be"),
        (["design", "--rate", "0"], "the rate must be from"),
        (["design", TEST_FILE, "--example", "bump_ratio_2x_vs_3x"], "not both"),
        (["design", "--example", "bumps"], "the examples are bump_ratio_2x_vs_3x"),
        (["check", "--control", "-1", "--treatment", "1"], "-1 is not in the range"),
        (["check", "--control", "1"], "Missing option '--treatment'"),
        (["check", "--control", "1", "--treatment", "1", "--rate", "-3"], "the rate must be from"),
        (["assign", "night_bumps"], "name creators"),
        (["assign", "night_bumps", "alexia", "--weights", "half"], "found 'half'"),
        (["assign", "night_bumps", "alexia", "--weights", "0:0"], "nobody would be in the test"),
        (["assign", "night_bumps", "alexia", "--weights", "1:9999999999"], "must be a whole number from 0"),
        (["explode"], "No such command"),
    ],
)
def test_what_cannot_be_asked_is_a_usage_error(run: Run, arguments: list[str], message: str) -> None:
    result = run("ab", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


def test_the_faults_of_a_test_file_are_told(run: Run) -> None:
    Path("test.yaml").write_text("test_id: x\nstatus: stopped\n")
    result = run("ab", "design", "test.yaml")
    assert result.exit_code == 3
    assert "test.yaml:2:9: status" in result.stderr
    assert "hypothesis" in result.stderr


def test_a_sufficient_sample_may_go_on(run: Run) -> None:
    result = run("ab", "check", TEST_FILE, "--control", "393", "--treatment", "400", "--strict")
    assert result.exit_code == 0
    assert "sufficient: go on to the analysis" in result.stdout


def test_too_small_a_sample_is_told_with_the_wait_and_is_no_error(run: Run) -> None:
    asked = ["ab", "check", "--example", "bump_ratio_2x_vs_3x", "--control", "1500", "--treatment", "1600"]
    result = run(*asked)
    assert result.exit_code == 0
    assert "not yet: 70 observations short, wait 8 days at 10 a day and group (assumed)" in result.stdout
    told = json.loads(run(*asked, "--json", "--rate", "35").stdout)
    assert told == {
        "schedsolve": 1,
        "kind": "ab-sample",
        "test_id": "bump_ratio_2x_vs_3x",
        "sufficient": False,
        "required": 1570,
        "control": 1500,
        "treatment": 1600,
        "control_shortfall": 70,
        "treatment_shortfall": 0,
        "total_shortfall": 70,
        "rate": 35.0,
        "rate_assumed": False,
        "wait_days": 3,
    }


def test_strict_exits_with_6_when_a_group_is_too_small(run: Run) -> None:
    result = run("ab", "check", TEST_FILE, "--control", "1", "--treatment", "400", "--strict")
    assert result.exit_code == 6
    assert "392 short" in result.stdout


def test_assign_prints_every_creator_once_with_the_arm(run: Run) -> None:
    result = run("ab", "assign", "night_bumps", "bella", "alexia", "bella")
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [creator for creator, _ in lines] == ["bella", "alexia"]
    assert {arm for _, arm in lines} <= {"control", "treatment"}


def test_assign_reads_a_table(run: Run) -> None:
    told = json.loads(run("ab", "assign", "night_bumps", "--file", CREATORS, "--json").stdout)
    assert [entry["creator_id"] for entry in told["arms"]][:2] == ["alexia", "bella"]
    assert sum(told["counts"].values()) == len(told["arms"]) == 8
    one = json.loads(run("ab", "assign", "night_bumps", "gina", "--json").stdout)["arms"][0]
    assert one in told["arms"]


def test_spaces_around_an_id_are_not_part_of_it(run: Run) -> None:
    Path("creators.csv").write_text("creator_id\n alexia \n")
    spaced = run("ab", "assign", "night_bumps", "--file", "creators.csv").stdout
    assert spaced == run("ab", "assign", "night_bumps", "alexia").stdout


def test_creators_of_a_database_may_be_numbers(run: Run) -> None:
    Path("creators.json").write_text('[{"id": 17}, {"id": " 18 "}]')
    listed = run("ab", "assign", "night_bumps", "--file", "creators.json").stdout
    assert listed == run("ab", "assign", "night_bumps", "17", "18").stdout


def test_a_creator_without_an_id_is_told(run: Run) -> None:
    Path("creators.json").write_text('[{"id": " "}, {"id": null}]')
    assert run("ab", "assign", "night_bumps", "--file", "creators.json").exit_code == 3


def test_weights_decide_the_sizes(run: Run) -> None:
    told = json.loads(run("ab", "assign", "x", "--file", CREATORS, "--weights", "0:1", "--json").stdout)
    assert told["counts"] == {"control": 0, "treatment": 8}
    assert told["weights"] == {"control": 0, "treatment": 1}


def test_a_table_without_creators_is_an_error(run: Run) -> None:
    Path("creators.csv").write_text("name\nalexia\n")
    result = run("ab", "assign", "night_bumps", "--file", "creators.csv")
    assert result.exit_code == 3
    assert "creator_id" in result.stderr
