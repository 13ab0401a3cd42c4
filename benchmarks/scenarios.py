"""Solve every file in `scenarios/` at one effort, each in a process of its own, and write down what it took.

    .venv/bin/python benchmarks/scenarios.py [--effort standard] [--out benchmarks/results/scenarios]

writes `<out>.json` and `<out>.md`: status, objective, bound, gap, time to the first plan, wall seconds, audit
milliseconds and peak memory per scenario, with versions, machine and load.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
COLUMNS = ("scenario", "status", "items", "missing", "objective", "bound", "gap %", "first plan s", "wall s",
           "audit ms", "peak MB", "work")  # fmt: skip


def measure(path: str, effort: str) -> dict[str, Any]:
    """Solve one scenario in this process and measure it; times include reading and auditing, not the interpreter."""
    from schedsolve import check, load_scenario, solve

    begun = time.perf_counter()
    scenario = load_scenario(path)
    plan = solve(scenario, effort=effort)  # type: ignore[arg-type]
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
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "work": round(plan.timings.deterministic_time, 2),
        "clean": report.clean if plan.items else None,
        "versions": plan.versions,
    }


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as Markdown."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    lines += [f"| {' | '.join('' if row[name] is None else str(row[name]) for name in COLUMNS)} |" for row in rows]
    return "\n".join(lines)


def main() -> None:
    """Run all scenarios one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--effort", default="standard", choices=("quick", "standard", "thorough"))
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "scenarios")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one, arguments.effort)))
        return
    before = os.getloadavg()
    rows = []
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        command = [sys.executable, __file__, "--one", str(path), "--effort", arguments.effort]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout))
        print(" ".join(str(rows[-1][name]) for name in COLUMNS), file=sys.stderr)
    machine = {
        "cpus": os.cpu_count(),
        "processor": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load before": [round(load, 2) for load in before],
        "load after": [round(load, 2) for load in os.getloadavg()],
    }
    told = {"date": datetime.now(UTC).date().isoformat(), "effort": arguments.effort, "machine": machine}
    arguments.out.with_suffix(".json").write_text(json.dumps({**told, "rows": rows}, indent=2) + "\n")
    facts = ", ".join(f"{name} {value}" for name, value in {**rows[0]["versions"], **machine}.items())
    page = f"# Every scenario at {arguments.effort} effort\n\n{told['date']}. {facts}\n\n{table(rows)}\n"
    arguments.out.with_suffix(".md").write_text(page)


if __name__ == "__main__":
    main()
