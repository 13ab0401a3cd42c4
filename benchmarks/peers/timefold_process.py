"""A process of its own for Timefold, in an interpreter that has it.

    python -m benchmarks.peers.timefold_process <seconds> <seed>

reads the data of a week as JSON and writes one JSON object a line for every better plan that breaks no rule, a few a
second at most: {"score": text, "sends": [[send, minute, type, style, delay], ...]}.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import Any

from .child_process import MISSING

PATIENCE = 0.3
"""Seconds between two plans told."""
LOCAL_SEARCH = """
<solver xmlns="https://timefold.ai/xsd/solver">
  <localSearch>
    <unionMoveSelector>
      <changeMoveSelector>
        <fixedProbabilityWeight>1.0</fixedProbabilityWeight>
      </changeMoveSelector>
      <swapMoveSelector>
        <fixedProbabilityWeight>0.5</fixedProbabilityWeight>
      </swapMoveSelector>
      <swapMoveSelector>
        <fixedProbabilityWeight>0.3</fixedProbabilityWeight>
        <variableNameIncludes><variableNameInclude>minute</variableNameInclude></variableNameIncludes>
      </swapMoveSelector>
    </unionMoveSelector>
  </localSearch>
</solver>
""".strip()
"""Late acceptance with change and swap moves, Timefold's default, and a move that swaps minutes alone.

That one lets a send in for one of another category. No construction, since sends may be left out.
"""
LISTENER = "ai.timefold.solver.core.api.solver.event.SolverEventListener"


def plan_of(data: dict[str, Any]) -> Any:
    """The planning problem, nothing placed but locks."""
    domain = import_module("benchmarks.peers.timefold_domain")
    kinds = [_made(domain.Kind, **row) for row in data["kinds"]]

    def offers_of(rows: list[list[int]]) -> list[Any]:
        return [
            _made(domain.Offer, kind=kinds[kind], style=style, guarded=bool(guarded)) for kind, style, guarded in rows
        ]

    offers = [offers_of(rows) for rows in data["offers"]]
    sends: list[Any] = []
    for row in data["days"]:
        wanted = row.pop("sends")
        texts = {name: domain.text(row.pop(name)) for name in ("open", "followup_open", "stretch_of")}
        tables = [domain.text(table) for table in row.pop("tables")]
        day = _made(domain.Day, **row, **texts, tables=tables)
        for send in wanted:
            choice = offers_of(send["offers"]) or offers[send["category"]]
            fields = {"category": send["category"], "locked": send["locked"], "offers": choice, "offer": choice[0]}
            minute = send["locked"] if send["locked"] >= 0 else None
            sends.append(_made(domain.Send, id=len(sends), day=day, delay=0, minute=minute, **fields))
    return _made(domain.Plan, minutes=data["minutes"], delays=data["delays"], sends=sends, score=None)


def _made(template: Any, /, **fields: Any) -> Any:
    thing = template()
    vars(thing).update(fields)
    return thing


class Teller:
    """Hears of better plans from Java: Timefold's own listener turns every fact into Python, which takes seconds."""

    def __init__(self, empty_day: int) -> None:
        self._told = -PATIENCE
        self._empty_day = empty_day

    def __call__(self, event: Any) -> None:
        """Tell a better plan, unless it breaks rules or another was told a moment ago."""
        score = event.getNewBestScore()
        valid = score.isFeasible() and score.mediumScore() > -self._empty_day
        if valid and time.monotonic() - self._told >= PATIENCE:
            self._told = time.monotonic()
            print(json.dumps({"score": str(score), "sends": placed(event.getNewBestSolution())}), flush=True)


def placed(plan: Any) -> list[list[int]]:
    """Send, minute, type, style and delay of every send that goes out."""
    rows = []
    for send in _attribute(plan, "sends"):
        if str(_attribute(send, "minute")) == "None":
            continue
        number, minute, locked, delay = (_whole(send, name) for name in ("id", "minute", "locked", "delay"))
        offer = _attribute(send, "offer")
        kind = _whole(_attribute(offer, "kind"), "number")
        rows.append([number, minute if locked < 0 else locked, kind, _whole(offer, "style"), delay])
    return rows


def _whole(owner: Any, name: str) -> int:
    return int(str(_attribute(owner, name)))


def _attribute(owner: Any, name: str) -> Any:
    """An attribute of a Java object that stands for a Python object."""
    return getattr(owner, "$getAttributeOrNull")(name)


def solver_of(data: dict[str, Any], seconds: int, seed: int) -> Any:
    """A solver for a week's rules."""
    solver, config = import_module("timefold.solver"), import_module("timefold.solver.config")
    domain, rules = (import_module(f"benchmarks.peers.timefold_{name}") for name in ("domain", "rules"))
    settings = config.SolverConfig(
        solution_class=domain.Plan,
        entity_class_list=[domain.Send],
        environment_mode=config.EnvironmentMode.NO_ASSERT,
        random_seed=seed,
        score_director_factory_config=config.ScoreDirectorFactoryConfig(
            constraint_provider_function=rules.provider(data["rules"])
        ),
        termination_config=config.TerminationConfig(spent_limit=config.Duration(seconds=seconds)),
        xml_source_text=LOCAL_SEARCH,
    )
    return solver.SolverFactory.create(settings).build_solver()


def main() -> None:
    """Solve one week."""
    data = json.load(sys.stdin)
    try:
        jpype = import_module("jpype")
        import_module("timefold.solver")
        jpype.getDefaultJVMPath()
    except (ImportError, ValueError):  # jpype's error for a missing Java is a ValueError
        sys.exit(MISSING)
    solver = solver_of(data, max(1, int(float(sys.argv[1]))), int(sys.argv[2]))
    teller = Teller(import_module("benchmarks.peers.timefold_rules").EMPTY_DAY)
    solver._delegate.addEventListener(jpype.JProxy(LISTENER, dict={"bestSolutionChanged": teller}))
    solver.solve(plan_of(data))


if __name__ == "__main__":
    main()
