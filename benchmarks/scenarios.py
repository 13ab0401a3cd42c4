"""Every file in `scenarios/` through the public door at one effort, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .report import FOLDER, Report, table
from .trial import ROOT, peak_memory

if TYPE_CHECKING:
    from schedsolve.solver.search import Effort


def run(effort: Effort, folder: Path = FOLDER, resume: bool = False) -> None:
    """Solve them one after the other and report."""
    report = Report("scenarios", f"Every scenario at {effort} effort", {"effort": effort}, folder, resume)
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        key = f"{path.stem} {effort}"
        if key in report.entries:
            continue
        command = [sys.executable, "-m", "benchmarks.scenarios", str(path), effort]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        report.add(key, json.loads(done.stdout))
        click.echo(" ".join(map(str, report.entries[key].values())), err=True)
        report.save(table(list(report.entries.values())))


def measure(path: str, effort: Effort) -> dict[str, Any]:
    """Solve one scenario in this process; times include reading and auditing, not the interpreter."""
    from schedsolve import check, load_scenario, solve

    begun = time.perf_counter()
    scenario = load_scenario(path)
    plan = solve(scenario, effort=effort)
    wall = time.perf_counter() - begun
    report = check(scenario, plan)
    return {
        "scenario": Path(path).stem,
        "status": plan.status,
        "items": len(plan.items),
        "missing": sum(short.wanted - short.placed for short in plan.shortfalls),
        "objective": plan.objective,
        "bound": plan.bound,
        "gap %": None if plan.gap is None else round(100 * plan.gap, 2),
        "first plan s": plan.timings.first_plan_seconds,
        "wall s": round(wall, 2),
        "audit ms": report.audit.duration_ms if plan.items else None,
        "peak MB": peak_memory(),
        "work": round(plan.timings.deterministic_time, 2),
        "clean": report.clean if plan.items else None,
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2])))  # type: ignore[arg-type]
