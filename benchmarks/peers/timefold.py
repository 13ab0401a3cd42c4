"""Timefold's local search on constraint streams, in a process with an interpreter of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

from schedsolve.model.week import Week
from schedsolve.solver.decode import DecidedFollowup, DecidedSend, Decision
from schedsolve.solver.local.greedy_strategies import drawn_strategies
from schedsolve.solver.local.problem import CATEGORIES, NO_STYLE, STYLES, Problem

from .child_process import messages
from .peer import Found
from .timefold_data import data_of

INTERPRETER = "BENCH_TIMEFOLD_PYTHON"
"""Environment variable that names an interpreter with Timefold."""
REMEDY = f"name a Python 3.10-3.12 with timefold 1.24.0b0, and Java 17 or newer, in {INTERPRETER}"
PROBE = "import timefold.solver, jpype; jpype.getDefaultJVMPath()"


class Timefold:
    """Sends as planning entities with type, minute and followup delay as variables; see `timefold_rules`.

    Strategies are the likeliest sequence under the seeded noise. Followups of the next morning and of parents in
    history are not modelled. Starting Java and translating the rules takes several seconds, which count.
    """

    name = "Timefold"

    def __init__(self, python: str | None = None) -> None:
        self._python = python or os.environ.get(INTERPRETER, sys.executable)

    def unavailable(self) -> str | None:
        """Why it cannot run here, or None when it can."""
        try:
            probe = subprocess.run([self._python, "-c", PROBE], capture_output=True, text=True, check=False)
        except OSError as error:
            return f"{error}; {REMEDY}"
        return f"{probe.stderr.strip().splitlines()[-1]}; {REMEDY}" if probe.returncode else None

    def run(self, week: Week, seconds: float, seed: int, found: Found) -> int | None:
        """Solve and tell each better plan that breaks no rule; there is no bound."""
        deadline = time.monotonic() + seconds
        problem = Problem(week)
        strategies = drawn_strategies(problem)
        words = json.dumps(data_of(problem, strategies))
        days = [day for day in week.days for _ in range(sum(problem.quota[day]))]
        with closing(
            messages(self._python, "timefold_process", (seconds, seed % 2**31), deadline, REMEDY, words)
        ) as told:
            for message in told:
                found(_decision(problem, strategies, days, message["sends"]))
        return None


def _decision(problem: Problem, strategies: list[int], days: list[int], rows: list[list[int]]) -> Decision:
    """A plan from what the process tells; `days` holds each send's day."""
    sends: list[DecidedSend] = []
    followups: list[DecidedFollowup] = []
    timed = sorted((problem.clock.day_start[days[send]] + minute, send, *rest) for send, minute, *rest in rows)
    for at, send, kind, style, delay in timed:
        if delay and problem.takes_followup[kind]:
            followups.append(DecidedFollowup(at + delay, len(sends), None, late=False))
        sends.append(DecidedSend(at, days[send], problem.rows[kind], None if style == NO_STYLE else STYLES[style]))
    placed = Counter((send.day, send.send_type.category) for send in sends)
    missing = {
        (day, category): wanted - placed[day, category]
        for day in range(problem.days)
        for category, wanted in zip(CATEGORIES, problem.quota[day], strict=True)
        if problem.quotas_bind and wanted > placed[day, category]
    }
    names = tuple(problem.week.strategies[strategy] for strategy in strategies)
    return Decision(tuple(sends), tuple(sorted(followups, key=lambda followup: followup.minute)), names, missing)
