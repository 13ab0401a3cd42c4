"""What every study of trials shares: run what is missing, keep the best figures known, write after each trial."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from ..instances.best_known import FILE, BestKnown
from ..methods import METHODS
from ..report import FOLDER, Report, percent
from ..trial import Task, Trial, run
from .shapes import Shape

Trials = Sequence[Trial]


@dataclass
class Bench:
    """Where results and best known figures lie, whether to go on with what is there, and how a task is run."""

    results: Path = FOLDER
    best_file: Path = FILE
    resume: bool = False
    run: Callable[[Task], Trial] = run
    alarms: list[str] = field(default_factory=list)

    @property
    def best(self) -> BestKnown:
        """The best known figures as they stand now."""
        return BestKnown.load(self.best_file)

    def best_of(self, instance: str) -> tuple[float | None, float | None]:
        """Best known value and bound of an instance."""
        entry = self.best.get(instance)
        return (entry.value, entry.bound) if entry else (None, None)

    def trials(self, report: Report, tasks: Sequence[Task], render: Callable[[Trials], str]) -> list[Trial]:
        """The trials of all tasks, in order; those on file are not run again."""
        for number, task in enumerate(tasks, 1):
            key = key_of(task)
            if report.entries.get(key, {}).get("state") == "done":
                continue
            report.alarms = [text for text in report.alarms if not text.startswith(key)]
            trial = self.run(task)
            click.echo(f"[{number}/{len(tasks)}] {key}: {told(trial)}", err=True)
            report.add(key, trial.to_dict())
            report.save(render(read(report, tasks)))
            self._heed(report, trial)
            report.save(render(read(report, tasks)))
        done = read(report, tasks)
        report.save(render(done))
        self.alarms += report.alarms
        return done

    def _heed(self, report: Report, trial: Trial) -> None:
        """Alarms, and what beats the best known figures."""
        key = key_of(trial.task)
        if trial.state == "failed":
            report.alarm(f"{key} failed: {trial.note}")
        if trial.violations:
            broken = ", ".join(f"{rule} {count}" for rule, count in trial.violations.items())
            if trial.claimed is not None:
                report.alarm(f"{key}: our own plan breaks {broken}")
        if trial.claimed is not None and trial.claimed != trial.value:
            report.alarm(f"{key}: the search counts {trial.claimed} points, the judge {trial.value}")
        if trial.valid and trial.value is not None and trial.bound is not None and trial.value > trial.bound:
            report.alarm(f"{key}: the value {trial.value} lies above its own bound {trial.bound}")
            return
        if trial.state != "done" or trial.task.instance.startswith(Shape.PREFIX):
            return
        best = self.best
        try:
            beaten = best.update(
                trial.task.instance,
                value=trial.value if trial.valid else None,
                bound=trial.bound,
                method=METHODS[trial.task.method].label,
                seed=trial.task.seed,
            )
        except ValueError as error:
            report.alarm(str(error))
            return
        if beaten:
            self.best_file.parent.mkdir(parents=True, exist_ok=True)
            best.save()


def key_of(task: Task) -> str:
    """The name of a task in reports."""
    return f"{task.method} {task.instance} {task.seconds:g}s seed {task.seed}"


def read(report: Report, tasks: Sequence[Task]) -> list[Trial]:
    """The trials on file for these tasks, in their order."""
    return [Trial.read(report.entries[key]) for key in map(key_of, tasks) if key in report.entries]


def told(trial: Trial) -> str:
    """A trial in one line."""
    if trial.state != "done":
        return f"{trial.state}, {trial.note}"
    if trial.value is None:
        return f"no plan, {trial.wall} s"
    parts = [f"{trial.value} points"]
    if trial.bound is not None:
        parts.append(f"bound {trial.bound}, gap {percent(trial.gap)} %")
    if trial.violations:
        parts.append(f"{sum(trial.violations.values())} violations")
    if trial.missing:
        parts.append(f"{trial.missing} missing")
    return ", ".join([*parts, f"{trial.wall} s, {trial.memory} MB"])
