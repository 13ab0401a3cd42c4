"""The same model as a mixed-integer program, solved by HiGHS in a process of its own."""

from __future__ import annotations

import math
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from schedsolve.model.week import Week
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import decode
from schedsolve.solver.draft import WeekDraft

from .child_process import Message, messages
from .mip_intervals import Cumulative
from .mip_translation import EAGER_PAIRS, Translation
from .peer import Found

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
                broken = self._round(state, Path(folder) / "program.npz", deadline, seed)
                if not broken:
                    break
                state.translation.forbid(broken)
        return state.bound

    def _round(self, state: _State, path: Path, deadline: float, seed: int) -> list[Cumulative]:
        """One run of HiGHS: to its end, or until a plan breaks what was postponed."""
        state.save(path)
        limit = max(MARGIN, deadline - MARGIN - time.monotonic())
        arguments = (path, limit, seed % 2**31, self._threads)
        with closing(messages(self._python, "mip_process", arguments, deadline, "install the bench extra")) as told:
            for message in told:
                if broken := state.take(message):
                    return broken
        return []


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
