"""Two pictures from the results on file: value against time, and the gap profile."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .methods import METHODS
from .report import grouped
from .studies.bench import Bench
from .trial import Trial, gap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOWEST, HIGHEST = 70, 115
"""Percent of the best known value that the time plot shows."""
WIDEST = 10.0
"""Percent of gap that the profile shows."""
SIZE = (5.0, 3.4)
"""Inches of one panel."""


def draw(bench: Bench) -> list[Path]:
    """Every picture for which there are results; raises click.ClickException without matplotlib or results."""
    try:
        import matplotlib
    except ModuleNotFoundError as error:
        raise click.ClickException("plots need matplotlib: install the bench extra") from error
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "benchmarks", "svg.fonttype": "none", "font.size": 8})
    comparison, goals = _trials(bench, "comparison"), _trials(bench, "hard_set")
    drawn = []
    if comparison:
        drawn.append(value_against_time(bench, comparison))
    if comparison or goals:
        drawn.append(gap_profile(bench, goals, comparison))
    if not drawn:
        raise click.ClickException("there are no results to draw")
    return drawn


def value_against_time(bench: Bench, trials: Sequence[Trial]) -> Path:
    """One panel an instance: the best valid plan so far of each method's median seed, and its bound (dashed)."""
    panels = {
        name: group for name, group in grouped(trials, lambda t: t.task.instance).items() if bench.best_of(name)[0]
    }
    figure, axes = _figure(len(panels))
    for (name, group), panel in zip(panels.items(), axes, strict=False):
        best = bench.best_of(name)[0] or 0.0
        for method, runs in _by_method(group).items():
            trial = median_run(runs)
            end = max(trial.task.seconds, trial.wall or 0.0)
            colour = f"C{list(METHODS).index(method)}"
            _steps(panel, trial.values, best, end, colour, METHODS[method].label, "-")
            _steps(panel, trial.bounds, best, end, colour, None, "--")
        panel.axhline(100, color="black", linewidth=0.5)
        panel.set(title=name, xscale="log", ylim=(LOWEST, HIGHEST), xlabel="seconds", ylabel="% of best known value")
    axes[0].legend(fontsize=6, loc="lower right")
    return _save(figure, bench.results / "value_against_time.svg")


def gap_profile(bench: Bench, goals: Sequence[Trial], comparison: Sequence[Trial]) -> Path:
    """Share of instances within a gap: ours to their own bound, and every method to the best known value."""
    best = {trial.task.instance: bench.best_of(trial.task.instance)[0] for trial in comparison}
    proven = {method: [t.gap for t in runs] for method, runs in _by_method(goals).items()}
    behind = {
        method: [gap(t.value, best[t.task.instance]) if t.valid else None for t in runs]
        for method, runs in _by_method(comparison).items()
    }
    panels = [
        (title, curves)
        for title, curves in (("proven gap, hard set", proven), ("distance to best known value", behind))
        if curves
    ]
    figure, axes = _figure(len(panels))
    for (title, curves), panel in zip(panels, axes, strict=False):
        for method, gaps in curves.items():
            colour = f"C{list(METHODS).index(method)}"
            panel.step(*profile(gaps), where="post", color=colour, label=METHODS[method].label)
        panel.set(title=title, xlim=(0, WIDEST), ylim=(0, 102), xlabel="gap in % at most", ylabel="% of runs")
        panel.legend(fontsize=6)
    return _save(figure, bench.results / "gap_profile.svg")


def profile(gaps: Sequence[float | None]) -> tuple[list[float], list[float]]:
    """Gaps in percent in order, and the share of runs within each; a run without a plan is within none."""
    known = sorted(100 * one for one in gaps if one is not None)
    shares = [100 * (place + 1) / len(gaps) for place in range(len(known))]
    top = shares[-1] if shares else 0.0
    return [0.0, *known, max([WIDEST, *known])], [0.0, *shares, top]


def median_run(runs: Sequence[Trial]) -> Trial:
    """The run whose final value is in the middle; runs without a valid plan come first."""
    ordered = sorted(runs, key=lambda t: t.value if t.valid and t.value is not None else float("-inf"))
    return ordered[len(ordered) // 2]


def _trials(bench: Bench, name: str) -> list[Trial]:
    path = bench.results / f"{name}.json"
    if not path.exists():
        return []
    trials = [Trial.read(entry) for entry in json.loads(path.read_text("utf-8"))["entries"].values()]
    return [trial for trial in trials if trial.state == "done"]


def _by_method(trials: Sequence[Trial]) -> dict[str, list[Trial]]:
    groups = grouped(trials, lambda t: t.task.method)
    return {method: groups[method] for method in METHODS if method in groups}


def _steps(
    panel: Axes,
    curve: Sequence[tuple[float, float]],
    best: float,
    end: float,
    colour: str,
    label: str | None,
    line: str,
) -> None:
    if curve:
        times, figures = zip(*curve, (end, curve[-1][1]), strict=True)
        shares = [100 * figure / best for figure in figures]
        panel.step(times, shares, where="post", color=colour, label=label, linestyle=line, linewidth=1)


def _figure(panels: int) -> tuple[Any, list[Axes]]:
    from matplotlib.figure import Figure

    columns = min(2, panels)
    rows = -(-panels // columns)
    figure = Figure(figsize=(SIZE[0] * columns, SIZE[1] * rows), layout="constrained")
    axes = list(figure.subplots(rows, columns, squeeze=False).flat)
    for spare in axes[panels:]:
        spare.set_visible(False)
    return figure, axes


def _save(figure: Any, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    return path
