"""The check against the baseline: what is worse, and what is merely different."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.studies import regression
from benchmarks.studies.bench import Bench
from benchmarks.trial import Task, Trial

NAME = "01-short-days-low"


def trial(task: Task) -> Trial:
    return Trial(
        task, "done", value=100.0, bound=102.0, variables=1000, constraints=2000, work=1.5, solves=9, reproducible=True
    )


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    regression.save(regression.measure(Bench(run=trial), (NAME,)), path)
    return path


@pytest.mark.parametrize(
    ("quantity", "before", "now", "fault"),
    [
        ("work", 1.0, 1.1, False),
        ("work", 1.0, 1.11, True),
        ("work", 1.0, 0.5, False),
        ("variables", 1000, 1101, True),
        ("constraints", 1000, 1100, False),
        ("solves", 10, 100, False),
        ("value", 1000.0, 999.1, False),
        ("value", 1000.0, 998.9, True),
        ("value", -1000.0, -1002.0, True),
        ("value", 1000.0, 1500.0, False),
        ("bound", 1000.0, 1000.9, False),
        ("bound", 1000.0, 1001.1, True),
        ("bound", 1000.0, 900.0, False),
        ("value", 1000.0, None, True),
        ("value", None, 1000.0, False),
    ],
)
def test_what_counts_as_worse(quantity: str, before: float | None, now: float | None, fault: bool) -> None:
    assert regression.compared(NAME, quantity, before, now).fault is fault


def test_the_same_figures_are_no_change(baseline: Path) -> None:
    assert regression.check(Bench(run=trial), baseline, (NAME,)) == []


def test_a_worse_value_is_told_first(baseline: Path) -> None:
    worse = Bench(run=lambda task: replace(trial(task), value=99.0, solves=12))
    changes = regression.check(worse, baseline, (NAME,))
    assert {(change.quantity, change.fault) for change in changes} == {("solves", False), ("value", True)}
    assert "| value | 100.0 | 99.0 | -1.00 % | WORSE |" in regression.told_changes(changes).splitlines()[2]


def test_another_solver_version_leaves_only_sizes_to_compare(
    baseline: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(baseline.read_text())
    data["versions"]["ortools"] = "9.14.0"
    baseline.write_text(json.dumps(data))
    other = Bench(run=lambda task: replace(trial(task), value=1.0, variables=2000))
    assert [change.quantity for change in regression.check(other, baseline, (NAME,))] == ["variables"]
    assert "9.14.0" in capsys.readouterr().err


def test_a_run_that_was_cut_measures_nothing() -> None:
    with pytest.raises(click.ClickException, match="too busy"):
        regression.measure(Bench(run=lambda task: replace(trial(task), reproducible=False)), (NAME,))


def test_without_a_baseline_the_check_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match="--update"):
        regression.check(Bench(run=trial), tmp_path / "none.json", (NAME,))


def test_every_command_explains_itself() -> None:
    runner = CliRunner()
    for command in ((), *((name,) for name in main.commands)):
        result = runner.invoke(main, [*command, "--help"])
        assert result.exit_code == 0, result.output


def test_an_instance_that_does_not_exist_is_refused() -> None:
    result = CliRunner().invoke(main, ["goals", "--instance", "99"])
    assert result.exit_code == 2
    assert "no frozen instance begins with 99" in result.output
