"""`schedsolve explain`: why there is no plan, or too little room, and what would change that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ..parameters import EXISTING
from ..terminal import drawn, emit
from ..watched import watched

if TYPE_CHECKING:
    from ...model.explanation import Explanation
    from ...solver.progress import Cancellation
    from ..watched import Watch


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

    def work(watch: Watch, cancellation: Cancellation) -> Explanation:
        from ... import explain, load_scenario

        stated = load_scenario(scenario, agreeing=False)
        try:
            return explain(stated, fixes=fixes, progress=watch, cancellation=cancellation)
        except Exception as error:
            error.add_note(f"scenario {scenario}")
            raise

    explanation = watched(work, quiet, "what was found so far")
    if as_json:
        emit((json.dumps(explanation.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode())
    else:
        from ..explanation_view import ExplanationView

        emit(drawn(ExplanationView(explanation, scenario)))
    if explanation.outlook == "unknown":
        raise NoPlanError("; ".join(warning.message for warning in explanation.warnings))
