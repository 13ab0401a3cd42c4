"""A process of its own for HiGHS, which cannot live in one process with OR-Tools.

    python -m benchmarks.peers.mip_process <program.npz> <seconds> <seed> <threads>

reads the arrays of a program and writes one JSON object a line: {"solution": [values of the model's columns]} for every
improving solution, {"bound": number} for every better bound, at the end {"status": word}.
"""

from __future__ import annotations

import json
import math
import sys
import time
from importlib import import_module
from typing import Any

import numpy as np

from .child_process import MISSING

SCALE = 1000.0
"""Units in one unit of HiGHS's objective: points, because costs in the millions slow it down by far."""
GAP = 0.4
"""All plans are worth whole units: one within less than a unit of the bound is the best."""


class Sender:
    """Writes what the solver finds; only bounds that are better than all before."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._bound = math.inf

    def improved(self, event: Any) -> None:
        """An improving solution, and the bound of the moment."""
        self.solution(event.data_out.mip_solution)
        self.bound(event.data_out.mip_dual_bound)

    def logged(self, event: Any) -> None:
        """A look at the bound."""
        self.bound(event.data_out.mip_dual_bound)

    def solution(self, values: Any) -> None:
        """The model's columns in whole numbers."""
        self.tell(solution=np.rint(np.asarray(values)[: self._columns]).astype(int).tolist())

    def bound(self, bound: float) -> None:
        """A bound; passed on, in units, when it is finite and better."""
        if bound < self._bound and math.isfinite(bound):
            self._bound = bound
            self.tell(bound=bound * SCALE)

    @staticmethod
    def tell(**message: Any) -> None:
        """One line."""
        print(json.dumps(message), flush=True)


def configured(highspy: Any, seconds: float, seed: int, threads: int) -> Any:
    """A HiGHS with the settings of the comparison: presolve on, gaps off, otherwise its defaults."""
    highs = highspy.Highs()
    options = {
        "output_flag": False,
        "time_limit": seconds,
        "random_seed": seed,
        "threads": threads,
        "presolve": "on",
        "mip_feasibility_tolerance": 1e-6,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": GAP / SCALE,
        "mip_min_logging_interval": 0.5,
    }
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs


def load(highspy: Any, highs: Any, program: Any) -> None:
    """Hand the arrays over, and a first solution if there is one."""
    highs.passModel(
        len(program["cost"]),
        len(program["row_lower"]),
        len(program["columns"]),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMaximize),
        float(program["offset"]) / SCALE,
        program["cost"] / SCALE,
        program["lower"],
        program["upper"],
        program["row_lower"],
        program["row_upper"],
        program["starts"],
        program["columns"],
        program["coefficients"],
        np.full(len(program["cost"]), int(highspy.HighsVarType.kInteger), dtype=np.int32),
    )
    if len(program["start"]):
        solution = highspy.HighsSolution()
        solution.col_value = program["start"].tolist()
        highs.setSolution(solution)


def main() -> None:
    """Solve one program."""
    begun = time.monotonic()
    try:
        highspy: Any = import_module("highspy")
    except ImportError:
        sys.exit(MISSING)
    path, seconds, seed, threads = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    with np.load(path) as program:
        sender = Sender(int(program["originals"]))
        highs = configured(highspy, max(0.01, seconds - (time.monotonic() - begun)), seed, threads)
        load(highspy, highs, program)
    highs.cbMipImprovingSolution.subscribe(sender.improved)
    highs.cbMipLogging.subscribe(sender.logged)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status == highspy.kSolutionStatusFeasible:
        sender.solution(highs.getSolution().col_value)
        sender.bound(info.mip_dual_bound)
    sender.tell(status=highs.modelStatusToString(highs.getModelStatus()))


if __name__ == "__main__":
    main()
