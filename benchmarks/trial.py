"""One method on one instance with one seed, in a process of its own.

The parent writes a task as JSON to the child's standard input and reads a trial as JSON from its standard output. The
clock runs from before the model is built: the scenario is read and prepared, and the method is imported by then.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from schedsolve.model.week import Week

    from .record import Record

ROOT = Path(__file__).parents[1]
OVERRUN = 120.0
"""Seconds beyond its time after which a trial is ended from outside; judging the plans is part of them."""
PER_POINT = 1000
"""Units of the objective in one point."""
Curve = tuple[tuple[float, float], ...]
"""Better and better figures: (seconds, points)."""


@dataclass(frozen=True)
class Task:
    """What is to be run: a method by short name, a week by name, the wall seconds it may take, and its seed."""

    method: str
    instance: str
    seconds: float
    seed: int


@dataclass(frozen=True)
class Trial:
    """What came out. Values and bounds are points, None where there are none; `memory` is the peak in MB.

    `values` are those of plans without a violation. `claimed` is the value that a method counts for its own plan.
    """

    task: Task
    state: Literal["done", "unavailable", "failed"]
    note: str = ""
    wall: float | None = None
    first: float | None = None
    values: Curve = ()
    bounds: Curve = ()
    value: float | None = None
    bound: float | None = None
    claimed: float | None = None
    violations: Mapping[str, int] = field(default_factory=dict)
    missing: int | None = None
    memory: float | None = None
    build: float | None = None
    variables: int | None = None
    constraints: int | None = None
    work: float | None = None
    solves: int | None = None
    reproducible: bool | None = None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Trial:
        """The trial as JSON holds it."""
        curves = {name: tuple((at, figure) for at, figure in data.get(name, ())) for name in ("values", "bounds")}
        return cls(**{**data, **curves, "task": Task(**data["task"])})

    def to_dict(self) -> dict[str, Any]:
        """Plain data, without what is unknown."""
        return {name: part for name, part in asdict(self).items() if part not in (None, "", (), {})}

    @property
    def valid(self) -> bool:
        """Whether there is a plan that breaks no rule."""
        return self.value is not None and not self.violations

    @property
    def gap(self) -> float | None:
        """(bound - value) / |value| of a valid plan."""
        return gap(self.value, self.bound) if self.valid else None

    def time_to(self, value: float) -> float | None:
        """Seconds until a valid plan was worth at least that much."""
        return next((at for at, found in self.values if found >= value), None)

    def time_to_gap(self, share: float) -> float | None:
        """Seconds until value and bound were that near to each other."""
        for moment in sorted({at for at, _ in (*self.values, *self.bounds)}):
            value = max((found for at, found in self.values if at <= moment), default=None)
            bound = min((told for at, told in self.bounds if at <= moment), default=None)
            reached = gap(value, bound)
            if reached is not None and reached <= share:
                return moment
        return None


def gap(value: float | None, bound: float | None) -> float | None:
    """(bound - value) / |value|; 0 where they meet, None while one is unknown."""
    if value is None or bound is None:
        return None
    return 0.0 if bound <= value else (bound - value) / max(abs(value), 1 / PER_POINT)


def run(task: Task) -> Trial:
    """Run a task in a process of its own; whatever happens there, a trial comes back."""
    command = [sys.executable, "-m", "benchmarks.trial"]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True)
    try:
        told, errors = child.communicate(json.dumps(asdict(task)), task.seconds + OVERRUN)
    except subprocess.TimeoutExpired:
        _end(child)
        return Trial(task, "failed", f"not done {OVERRUN:g} s after its time")
    except BaseException:
        _end(child)
        raise
    if child.returncode:
        return Trial(task, "failed", _placeless(f"exit code {child.returncode}: {errors.strip()[-400:]}"))
    return Trial.read(json.loads(told))


def _end(child: subprocess.Popen[str]) -> None:
    """End a trial and the processes it began."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def week_of(instance: str) -> Week:
    """The week of that name: a shape of the scaling study, or a frozen instance."""
    from schedsolve.pipeline.prepare import prepare

    from .instances import frozen
    from .studies.shapes import Shape

    if instance.startswith(Shape.PREFIX):
        return Shape.named(instance).week()
    found = next((one for one in frozen() if one.name == instance), None)
    if found is None:
        raise ValueError(f"{instance!r} is neither a frozen instance nor a shape")
    return prepare(found.load(), str(found.path))


def perform(task: Task) -> Trial:
    """Run a task in this process."""
    from .methods import METHODS
    from .peers.unavailable import PeerUnavailable
    from .record import Record

    week = week_of(task.instance)
    try:
        peer = METHODS[task.method].load()
        record = Record(time.monotonic())
        bound = peer.run(week, task.seconds, task.seed, record.found)
    except PeerUnavailable as error:
        return Trial(task, "unavailable", _placeless(str(error)))
    wall = time.monotonic() - record.begun
    return _trial(task, week, record, bound, wall, getattr(peer, "course", None))


def _trial(task: Task, week: Week, record: Record, bound: int | None, wall: float, course: Any) -> Trial:
    """What was measured, and what the judge says; a method that keeps a course tells its curves itself."""
    memory = peak_memory()
    judged = record.judged(week) if course is None else record.last(week)
    final = judged[-1][1] if judged else None
    values: Curve = tuple((at, one.value / PER_POINT) for at, one in judged if one.valid)
    bounds: Curve = () if bound is None else ((wall, bound / PER_POINT),)
    figures: dict[str, Any] = {}
    if course is not None:
        values, bounds = tuple(course.values), (*course.bounds, *bounds)
        if final is not None and final.valid:
            values = (*values, (wall, final.value / PER_POINT))
        figures = {name: getattr(course, name) for name in ("variables", "constraints", "solves", "reproducible")}
        figures["work"] = course.work and round(course.work, 6)
        figures["build"] = course.build_seconds and round(course.build_seconds, 3)
        figures["claimed"] = None if course.value is None else course.value / PER_POINT
    return Trial(
        task,
        "done",
        wall=round(wall, 3),
        first=round(min((at for at, _ in values), default=wall), 3) if values else None,
        values=_rising(values),
        bounds=tuple((at, -low) for at, low in _rising(tuple((at, -low) for at, low in bounds))),
        value=None if final is None else final.value / PER_POINT,
        bound=None if bound is None else bound / PER_POINT,
        violations=final.violations if final else {},
        missing=final.missing if final else None,
        memory=memory,
        **figures,
    )


def _placeless(note: str) -> str:
    """A note without the folders of this machine."""
    return note.replace(sys.executable, "python").replace(f"{ROOT}{os.sep}", "")


def _rising(curve: Curve) -> Curve:
    """The points of a curve that are higher than all before, in milliseconds and thousandths."""
    kept: list[tuple[float, float]] = []
    for at, figure in sorted(curve):
        if not kept or round(figure, 3) > kept[-1][1]:
            kept.append((round(at, 3), round(figure, 3)))
    return tuple(kept)


def peak_memory() -> float:
    """Peak memory in MB of this process and the largest process that it began and that has ended.

    The kernel's `ru_maxrss` of a process counts what its parent held when it was begun, hence VmHWM where it is told.
    """
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        own = int(lines["VmHWM"].split()[0]) / 1024
    return round(own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / scale, 1)


def main() -> None:
    """The child's side: nothing but the trial may reach standard output, whatever a method prints."""
    told = os.dup(1)
    os.dup2(2, 1)
    trial = perform(Task(**json.load(sys.stdin)))
    with os.fdopen(told, "w") as out:
        json.dump(trial.to_dict(), out)


if __name__ == "__main__":
    main()
