"""Goals, comparison, scaling and their common frame, on made-up trials."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import __main__ as commands
from benchmarks.instances.best_known import BestKnown
from benchmarks.studies import comparison, goals, scaling
from benchmarks.studies.bench import Bench
from benchmarks.trial import Task, Trial

ONE, TWO = "01-short-days-low", "40-four-weeks-caps-mid"


def done(task: Task) -> Trial:
    """A trial as it should be: 100 points, a gap of one percent."""
    return Trial(
        task, "done", wall=2.0, first=0.4, values=((0.4, 90.0), (1.0, 100.0)), bounds=((1.5, 101.0),), value=100.0,
        bound=101.0, claimed=100.0, missing=0, memory=200.0, build=0.4, variables=10, constraints=20, work=1.0,
    )  # fmt: skip


@pytest.fixture
def bench(tmp_path: Path) -> Callable[..., Bench]:
    def make(run: Callable[[Task], Trial] = done, resume: bool = False) -> Bench:
        return Bench(tmp_path / "results", tmp_path / "best.json", resume, run)

    return make


def test_goals_are_counted_over_instances(bench: Callable[..., Bench]) -> None:
    """A model built in 0.4 s is too slow for one week, and fast enough for four."""
    mine = bench()
    trials = goals.run(mine, ("quick",), (ONE, TWO), (1, 2))
    cells = goals.cells_of(mine, trials)
    assert len(trials) == 4
    assert [(cell.instance, cell.weeks, cell.gap) for cell in cells] == [(ONE, 1, 0.01), (TWO, 4, 0.01)]
    rows = {goal.text: goals.goal_row(goal, cells) for goal in goals.GOALS if goal.effort == "quick"}
    assert rows["<= 3 s and gap <= 3 %"]["kept"] is True
    assert rows["model built in <= 0.3 s a week"]["instances"] == 1
    assert rows["model built in <= 0.3 s a week"]["kept"] is False


def test_a_run_without_a_plan_keeps_no_goal(bench: Callable[..., Bench]) -> None:
    mine = bench(lambda task: Trial(task, "done", wall=1.0, memory=100.0))
    cells = goals.cells_of(mine, goals.run(mine, ("thorough",), (ONE,), (1,)))
    kept = [goal.text for goal in goals.GOALS if goal.effort == "thorough" and goal.kept(cells[0])]
    assert kept == ["<= 60 s", "memory <= 600 MB"]


def test_results_are_on_file_after_every_trial_and_taken_up_again(bench: Callable[..., Bench]) -> None:
    ran: list[str] = []

    def stopped(task: Task) -> Trial:
        if task.instance == TWO:
            raise KeyboardInterrupt
        ran.append(task.instance)
        return done(task)

    with pytest.raises(KeyboardInterrupt):
        goals.run(bench(stopped), ("quick",), (ONE, TWO), (1,))
    assert ran == [ONE]
    again: list[str] = []
    resumed = bench(lambda task: again.append(task.instance) or done(task), True)
    assert len(goals.run(resumed, ("quick",), (ONE, TWO), (1,))) == 2
    assert again == [TWO]


def test_what_did_not_come_to_an_end_is_run_again(bench: Callable[..., Bench]) -> None:
    failing = bench(lambda task: Trial(task, "failed", "broken"))
    goals.run(failing, ("quick",), (ONE,), (1,))
    assert "broken" in failing.alarms[0]
    repaired = bench(resume=True)
    assert goals.run(repaired, ("quick",), (ONE,), (1,))[0].state == "done"
    assert repaired.alarms == []


def test_better_figures_become_the_best_known(bench: Callable[..., Bench]) -> None:
    mine = bench()
    goals.run(mine, ("quick",), (ONE,), (3,))
    entry = mine.best.get(ONE)
    assert entry is not None
    assert (entry.value, entry.bound) == (100.0, 101.0)
    assert entry.value_by is not None
    assert (entry.value_by.method, entry.value_by.seed) == ("schedsolve quick", 3)


def test_a_value_above_a_known_bound_is_an_alarm_and_changes_nothing(bench: Callable[..., Bench]) -> None:
    mine = bench()
    known = BestKnown.load(mine.best_file)
    known.update(ONE, bound=99.0, method="earlier")
    mine.best_file.parent.mkdir(parents=True, exist_ok=True)
    known.save()
    goals.run(mine, ("quick",), (ONE,), (1,))
    assert "lies above the bound" in mine.alarms[0]
    assert mine.best_of(ONE) == (None, 99.0)
    assert "ALARM" in (mine.results / "hard_set.md").read_text()


def test_a_plan_that_breaks_a_rule_is_never_best_known(bench: Callable[..., Bench]) -> None:
    mine = bench(lambda task: replace(done(task), violations={"lock": 1}, claimed=None))
    comparison.run(mine, (ONE,), ("greedy",), 3.0, (1,))
    assert mine.best_of(ONE) == (None, 101.0)


@pytest.mark.parametrize(
    ("change", "alarm"),
    [
        ({"violations": {"lock": 1}}, "breaks lock 1"),
        ({"claimed": 100.5}, "the judge"),
        ({"bound": 99.0}, "its own bound"),
    ],
)
def test_what_our_search_must_never_do_is_an_alarm(
    bench: Callable[..., Bench], change: dict[str, object], alarm: str
) -> None:
    mine = bench(lambda task: replace(done(task), **change))  # type: ignore[arg-type]
    goals.run(mine, ("quick",), (ONE,), (1,))
    assert alarm in mine.alarms[0]


def test_methods_are_told_by_medians_over_seeds(bench: Callable[..., Bench]) -> None:
    def varied(task: Task) -> Trial:
        if task.method == "timefold":
            return Trial(task, "unavailable", "no Java")
        value = 97.0 + task.seed
        return replace(done(task), value=value, claimed=value, values=((float(task.seed), value),))

    mine = bench(varied)
    trials = comparison.run(mine, (ONE,), ("quick", "timefold"), 3.0, (1, 2, 3))
    row = comparison.method_row("quick", [t for t in trials if t.task.method == "quick"], 100.0)
    assert (row["value"], row["spread"], row["to best known %"]) == (99.0, "98 to 100", 1.01)
    assert (row["to 3 % s"], row["to 1 % s"]) == (2.0, 3.0)
    page = (mine.results / "comparison.md").read_text()
    assert "Timefold: no Java." in page


def test_our_efforts_are_compared_only_where_their_time_is_given() -> None:
    assert [name for name in comparison.methods_for(12.0) if name in goals.EFFORTS] == ["quick", "standard"]
    assert "mip" in comparison.methods_for(1.0)


def test_exponents_are_those_of_the_growth() -> None:
    points = [(x, 3.0 * x**1.7) for x in (7.0, 14.0, 21.0, 28.0)]
    found = scaling.fit(points)
    assert found is not None
    assert found[0] == pytest.approx(1.7)
    assert found[1] == pytest.approx(1.0)
    assert scaling.fit(points[:2]) is None


def test_a_shape_on_two_axes_is_run_once_and_told_on_both(bench: Callable[..., Bench]) -> None:
    mine = bench()
    trials = scaling.run(mine, ("quick",), {"sends": (5, 11, 17), "days": (7, 14, 21)})
    assert len(trials) == 5
    page = (mine.results / "scaling.md").read_text()
    assert "variables ~ sends^0.00" in page
    assert "variables ~ days^0.00" in page


def test_entries_stand_one_on_a_line(bench: Callable[..., Bench]) -> None:
    mine = bench()
    goals.run(mine, ("quick", "standard"), (ONE,), (1,))
    text = (mine.results / "hard_set.json").read_text()
    assert set(json.loads(text)) >= {"date", "versions", "machine", "load", "settings", "entries"}
    assert sum(line.startswith(('    "quick', '    "standard')) for line in text.splitlines()) == 2


def test_the_short_run_writes_three_pages_beside_those_of_the_full_run(
    bench: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = bench()
    monkeypatch.setattr(commands, "_bench", lambda results, **_: replace(mine, results=results))
    monkeypatch.setattr(commands, "_draw", lambda *_: None)
    result = CliRunner().invoke(commands.main, ["short", "--results", str(mine.results)])
    assert result.exit_code == 0, result.output
    assert sorted(path.stem for path in (mine.results / "short").glob("*.md")) == ["comparison", "hard_set", "scaling"]


def test_alarms_end_a_command_with_exit_code_one(bench: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch) -> None:
    mine = bench(lambda task: Trial(task, "failed", "broken"))
    monkeypatch.setattr(commands, "_bench", lambda **_: mine)
    result = CliRunner().invoke(commands.main, ["goals", "--instance", "01", "--effort", "quick"])
    assert result.exit_code == 1
    assert "broken" in result.output
