"""What a week costs as it grows along one axis, and the power of the growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..methods import EFFORTS, GUARD, METHODS
from ..report import Report, percent, section, table
from ..trial import Task, Trial
from .bench import Bench, Trials
from .shapes import Shape

AXES: Mapping[str, tuple[int, ...]] = {
    "sends": (5, 8, 11, 14, 17, 20),
    "days": (7, 14, 21, 28),
    "types": (22, 50, 100, 200),
    "followups": (1, 2, 4, 8),
}
SHORT: Mapping[str, tuple[int, ...]] = {"sends": (5, 11, 17), "days": (7, 14, 21), "types": (22, 50, 100)}
TITLES = {
    "sends": "Sends a day",
    "days": "Days",
    "types": "Send types in the catalog",
    "followups": "Followups a day at most",
}
NEAR = {"5 %": 0.05, "2 %": 0.02, "1 %": 0.01}
"""Gaps whose time is told."""
FITTED = ("variables", "constraints", "build s", "first plan s", "work", "wall s", "to 5 % s", "to 2 % s", "MB")
LEAST_POINTS = 3
"""Points on an axis below which no line is fitted."""
SEED = 1


def run(
    bench: Bench, efforts: Sequence[str], axes: Mapping[str, Sequence[int]] = AXES, guard: float = GUARD
) -> list[Trial]:
    """Run and report; a shape that lies on several axes is run once."""
    settings = {"efforts": list(efforts), "seed": SEED, "base": str(Shape().name.removeprefix(Shape.PREFIX))}
    report = Report("scaling", "Cost against size", settings, bench.results, bench.resume)
    shapes = dict.fromkeys(shape for axis, points in axes.items() for shape in shapes_on(axis, points))
    tasks = [Task(effort, shape.name, guard * EFFORTS[effort], SEED) for effort in efforts for shape in shapes]
    return bench.trials(report, tasks, lambda trials: page(trials, axes))


def shapes_on(axis: str, points: Sequence[int]) -> list[Shape]:
    """The base shape with one of its sizes replaced."""
    return [Shape(**{axis: point}) for point in points]


def page(trials: Trials, axes: Mapping[str, Sequence[int]]) -> str:
    """Axis by axis, effort by effort, a table of sizes and one of exponents."""
    found = {(trial.task.method, trial.task.instance): trial for trial in trials}
    parts = []
    for axis, points in axes.items():
        for effort in EFFORTS:
            shapes = zip(points, shapes_on(axis, points), strict=True)
            rows = [
                point_row(axis, point, found[effort, shape.name])
                for point, shape in shapes
                if (effort, shape.name) in found
            ]
            if rows:
                parts.append(section(f"{TITLES[axis]}, {METHODS[effort].label}", table(rows), exponents(axis, rows)))
    return "".join(parts)


def point_row(axis: str, point: int, trial: Trial) -> dict[str, object]:
    """One size on the axis."""
    row: dict[str, object] = {
        axis: point,
        "variables": trial.variables,
        "constraints": trial.constraints,
        "build s": trial.build,
        "first plan s": trial.first,
        "work": trial.work,
        "wall s": trial.wall,
        "gap %": percent(trial.gap),
    }
    for name, share in NEAR.items():
        row[f"to {name} s"] = trial.time_to_gap(share)
    return row | {"MB": trial.memory, "missing": trial.missing}


def exponents(axis: str, rows: Sequence[Mapping[str, object]]) -> str:
    """The fitted powers as a table; nothing when no quantity is known at enough points."""
    told = []
    for quantity in FITTED:
        pairs = [(row[axis], row[quantity]) for row in rows]
        known = [(float(x), float(y)) for x, y in pairs if isinstance(x, int) and isinstance(y, int | float) and y > 0]
        power = fit(known)
        if power is not None:
            exponent, quality = power
            told.append({"grows": f"{quantity} ~ {axis}^{exponent:z.2f}", "points": len(known), "R2": f"{quality:.3f}"})
    return table(told) if told else "Too few sizes for a fit."


def fit(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Exponent b of y = a x^b by least squares on logarithms, and R2; None for too few sizes."""
    if len({x for x, _ in points}) < LEAST_POINTS:
        return None
    x, y = np.log(np.array(points)).T
    slope, height = np.polyfit(x, y, 1)
    scatter = float(np.sum((y - y.mean()) ** 2))
    rest = float(np.sum((y - slope * x - height) ** 2))
    return float(slope), 1.0 if scatter == 0 else 1 - rest / scatter
