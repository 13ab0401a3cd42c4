"""`schedsolve explain`: why there is no plan, or too little room, and what would change that."""

from __future__ import annotations

import json

import click

from ..interruption import Interruptible
from ..parameters import EXISTING
from ..progress import ProgressLine
from ..terminal import drawn, emit


@click.command(
    epilog="""\b
Examples:
  schedsolve explain week.yaml               conflicts, and the smallest changes that end them
  schedsolve explain week.yaml --fixes 20    more ways out
  schedsolve explain week.yaml --json | jq '.fixes[0].patch'   the first as a JSON Patch (RFC 6902)

\b
Every conflict is minimal: without any one of its rules the others can hold. Every fix was verified by a solve.
A week that has a plan but misses sends is told which rules bind, and what loosening each would buy.
Exit codes: 0 answered (whatever the answer), 3 invalid scenario, 5 no answer within the limits."""
)
@click.argument("scenario", type=EXISTING)
@click.option(
    "--fixes", type=click.IntRange(0, 50), default=8, show_default=True, metavar="N", help="Fixes wanted at most."
)
@click.option("--json", "as_json", is_flag=True, help="The explanation as one JSON document.")
@click.option("--quiet", "-q", is_flag=True, help="No progress on stderr, errors only.")
def command(scenario: str, fixes: int, as_json: bool, quiet: bool) -> None:
    """Say why SCENARIO has no plan, or none without missing sends, by rule and day, and what would change that."""
    from ...errors import NoPlanError
    from ...solver.progress import Cancellation

    line = None if quiet else ProgressLine()
    cancellation = Cancellation()

    def work():  # type: ignore[no-untyped-def]
        from ... import explain, load_scenario

        return explain(
            load_scenario(scenario, agreeing=False),
            fixes=fixes,
            progress=line.told if line else None,
            cancellation=cancellation,
        )

    try:
        waiting = (
            Interruptible(work, cancellation, line.tick, line.stopping) if line else Interruptible(work, cancellation)
        )
        explanation = waiting.run()
    finally:
        if line:
            line.close()
    if as_json:
        emit((json.dumps(explanation.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode())
    else:
        from ..explanation_view import ExplanationView

        emit(drawn(ExplanationView(explanation, scenario)))
    if explanation.outlook == "unknown":
        raise NoPlanError("; ".join(warning.message for warning in explanation.warnings))
