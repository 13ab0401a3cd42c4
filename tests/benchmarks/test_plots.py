"""What the pictures show."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.plots import WIDEST, draw, median_run, profile
from benchmarks.studies import comparison, goals
from benchmarks.studies.bench import Bench
from benchmarks.trial import Task, Trial

TASK = Task("quick", "01-short-days-low", 3.0, 1)


def done(task: Task) -> Trial:
    return Trial(
        task, "done", wall=2.0, values=((0.5, 90.0), (1.0, 99.0)), bounds=((1.5, 101.0),), value=99.0, bound=101.0
    )


def test_a_profile_counts_runs_without_a_plan_as_never_within() -> None:
    assert profile([0.01, None, 0.0, 0.02]) == ([0.0, 0.0, 1.0, 2.0, WIDEST], [0.0, 25.0, 50.0, 75.0, 75.0])
    assert profile([None]) == ([0.0, WIDEST], [0.0, 0.0])


def test_the_median_run_is_one_of_the_runs() -> None:
    runs = [Trial(TASK, "done", value=value) for value in (3.0, 1.0, None, 2.0, 5.0)]
    assert median_run(runs).value == 2.0


def test_both_pictures_are_drawn_from_results_on_file(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    bench = Bench(tmp_path, tmp_path / "best.json", run=done)
    goals.run(bench, ("quick",), (TASK.instance,), (1,))
    comparison.run(bench, (TASK.instance,), ("quick", "greedy"), 3.0, (1,))
    drawn = draw(bench)
    assert [path.name for path in drawn] == ["value_against_time.svg", "gap_profile.svg"]
    again = [path.read_bytes() for path in drawn]
    assert [path.read_bytes() for path in draw(bench)] == again
