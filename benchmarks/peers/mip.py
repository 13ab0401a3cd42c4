"""The same model as a mixed-integer program, solved by HiGHS in a process of its own."""

from __future__ import annotations

import json
import math
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from schedsolve.model.week import Week
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import decode
from schedsolve.solver.draft import WeekDraft

from .mip_intervals import Cumulative
from .mip_process import MISSING
from .mip_translation import EAGER_PAIRS, Translation
from .peer import Found
from .unavailable import PeerUnavailable

ROOT = Path(__file__).parents[2]
Message = dict[str, Any]
THREADS = 2
MARGIN = 0.2
"""Seconds before the deadline at which HiGHS is told to end, so that its last words arrive in time."""
ROUNDING = 0.5
"""Units by which a bound in floating point may be off."""


class Mip:
    """HiGHS on the translated model.

    Cumulatives that are too large to be written out come in as plans break them: such a plan is not told, the parts it
    breaks are added, and HiGHS starts anew from the best plan. Bounds hold all along, because what is left out only
    makes the program looser.
    """

    name = "MIP (HiGHS)"

    def __init__(self, threads: int = THREADS, python: str = sys.executable, eager_pairs: int = EAGER_PAIRS) -> None:
        self._threads = threads
        self._python = python
        self._eager_pairs = eager_pairs

    def run(self, week: Week, seconds: float, seed: int, found: Found) -> int | None:
        """Translate, solve and tell each better plan; the best bound proved, in units."""
        deadline = time.monotonic() + seconds
        draft = compose(week)
        state = _State(draft, Translation(draft.model, self._eager_pairs), found)
        with tempfile.TemporaryDirectory(prefix="bench-mip-") as folder:
            while time.monotonic() < deadline - MARGIN:
                broken: list[Cumulative] = []
                for message in self._solve(state, Path(folder), deadline, seed):
                    broken = state.take(message)
                    if broken:
                        break
                if not broken:
                    break
                state.translation.forbid(broken)
        return state.bound

    def _solve(self, state: _State, folder: Path, deadline: float, seed: int) -> Iterator[Message]:
        """The messages of one HiGHS process; leaving the loop ends it."""
        path, errors = folder / "program.npz", folder / "errors.txt"
        state.save(path)
        limit = max(MARGIN, deadline - MARGIN - time.monotonic())
        arguments = [str(path), str(limit), str(seed % 2**31), str(self._threads)]
        command = [self._python, "-m", "benchmarks.peers.mip_process", *arguments]
        with (
            errors.open("w") as stderr,
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
        ):
            ending = threading.Timer(max(0.0, deadline - time.monotonic()), process.kill)
            ending.start()
            try:
                assert process.stdout is not None
                for line in process.stdout:
                    if line.endswith("\n"):  # a killed process may leave half a line
                        yield json.loads(line)
                process.wait()
            finally:
                ending.cancel()
                process.kill()
        if process.returncode == MISSING:
            raise PeerUnavailable(f"{self._python} has no highspy: install the bench extra")
        if process.returncode not in (0, -signal.SIGKILL):
            raise RuntimeError(f"HiGHS ended with code {process.returncode}: {errors.read_text()[-2000:]}")


class _State:
    """What a run knows: the translation as it stands, the best plan and the bound."""

    def __init__(self, draft: WeekDraft, translation: Translation, found: Found) -> None:
        self.translation = translation
        self.bound: int | None = None
        self._draft = draft
        self._found = found
        self._best: tuple[int, ...] = ()
        self._value = -(2**62)
        self._arrays = translation.program.arrays()

    def save(self, path: Path) -> None:
        """Write the program as it stands for HiGHS, the best plan as its first."""
        program = self.translation.program
        self._arrays = program.arrays()
        start = program.completed(self._best) if self._best else []
        fields: dict[str, Any] = {"originals": self.translation.originals, "start": np.array(start, dtype=np.float64)}
        np.savez(path, **vars(self._arrays), **fields)

    def take(self, message: Message) -> list[Cumulative]:
        """Take in what HiGHS tells; the parts of postponed cumulatives that a plan breaks."""
        if "bound" in message:
            bound = max(math.floor(message["bound"] + ROUNDING), self._value)
            self.bound = bound if self.bound is None else min(bound, self.bound)
        return self._plan(message["solution"]) if "solution" in message else []

    def _plan(self, values: list[int]) -> list[Cumulative]:
        """Tell a plan that keeps every row in whole numbers too, and is better than all before."""
        program = self.translation.program
        broken = self.translation.overfull(values)
        value = program.cost.at(values)
        if not broken and value > self._value and not self._arrays.broken_rows(program.completed(values)):
            self._best, self._value = tuple(values), value
            self._found(decode(self._draft, values))
        return broken
