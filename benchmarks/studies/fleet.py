"""Plans a minute for a fleet of creators, on one process and on two."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import cycle, islice, product
from typing import TYPE_CHECKING, Any

import click

from ..instances.generator import scenario_of
from ..instances.knobs import Knobs
from ..report import Report, middle, table
from ..trial import peak_memory
from .bench import Bench

if TYPE_CHECKING:
    from schedsolve.solver.search import Effort

CREATORS = 50
FIRST_SEED = 1000
EFFORT: Effort = "quick"
LEVELS = ("low", "mid", "high", "ultra")
PAGES = ("paid", "free")
START = "2025-06-02"


@dataclass(frozen=True)
class Planned:
    """One creator's plan: seconds it took, its gap as a share, and the peak memory of its process so far in MB."""

    seconds: float
    gap: float | None
    status: str
    memory: float


def run(bench: Bench, creators: int = CREATORS, processes: tuple[int, ...] = (1, 2)) -> None:
    """Run and report, one number of processes after the other."""
    settings = {"creators": creators, "effort": EFFORT, "first seed": FIRST_SEED}
    report = Report("fleet", "Plans a minute for a fleet", settings, bench.results, bench.resume)
    scenarios = fleet(creators)
    for count in processes:
        key = f"{creators} creators on {count} processes"
        if key not in report.entries:
            report.add(key, measure(scenarios, count))
            click.echo(f"{key}: {report.entries[key]['plans a minute']} plans a minute", err=True)
        report.save(page(report.entries))


def fleet(creators: int) -> list[dict[str, Any]]:
    """Scenarios of every level and page in turn, plain weeks with three days of history; the same every time."""
    kinds = islice(cycle(product(LEVELS, PAGES)), creators)
    return [
        scenario_of(Knobs(level=level, page=page, start=START, history_days=3), FIRST_SEED + number)  # type: ignore[arg-type]
        for number, (level, page) in enumerate(kinds)
    ]


def measure(scenarios: list[dict[str, Any]], processes: int) -> dict[str, Any]:
    """Plan them all; the clock runs once every process is warm, which a service is as well."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_warm_up) as pool:
        list(pool.map(_wait, [0.5] * processes))
        begun = time.monotonic()
        plans = list(pool.map(_plan, scenarios))
        wall = time.monotonic() - begun
    return {
        "processes": processes,
        "plans": len(plans),
        "without a plan": sum(plan.gap is None for plan in plans),
        "wall s": round(wall, 1),
        "plans a minute": round(60 * len(plans) / wall, 1),
        "median s a plan": middle(plan.seconds for plan in plans),
        "longest s": round(max(plan.seconds for plan in plans), 2),
        "median gap %": middle((None if plan.gap is None else 100 * plan.gap for plan in plans), 2),
        "peak MB a process": max(plan.memory for plan in plans),
    }


def page(entries: dict[str, Any]) -> str:
    """The table, and what two processes gain."""
    rows = list(entries.values())
    by_count = {row["processes"]: row["plans a minute"] for row in rows}
    told = table(rows)
    if {1, 2} <= set(by_count):
        told += f"\n\nTwo processes plan {by_count[2] / by_count[1]:.2f} times as many as one."
    return told


def _warm_up() -> None:
    """Load what a plan needs."""
    import_module("schedsolve.pipeline.planner")


def _wait(seconds: float) -> None:
    """Keeps a process busy while the others start."""
    time.sleep(seconds)


def _plan(raw: dict[str, Any]) -> Planned:
    """One plan through the public door: reading, solving and audit are part of it."""
    from schedsolve import solve
    from schedsolve.model.scenario import Scenario

    begun = time.monotonic()
    plan = solve(Scenario.model_validate(raw), effort=EFFORT)
    return Planned(round(time.monotonic() - begun, 3), plan.gap, plan.status, peak_memory())
