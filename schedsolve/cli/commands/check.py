"""`schedsolve check`: audit a plan."""

from __future__ import annotations

import json

import click

from ..failures import ExitCode
from ..parameters import EXISTING
from ..terminal import drawn, emit


@click.command(
    epilog="""\b
Examples:
  schedsolve check week.yaml plan.json
  schedsolve check week.yaml plan.csv            a CSV of items, from any program
  schedsolve check week.yaml plan.json --json | jq .audit.violations

\b
PLAN is a plan of this program, a JSON list of items, or a CSV of items (columns named as in the JSON).
Exit codes: 0 nothing found, 3 a file cannot be used, 7 violations, or a claimed score that is not true."""
)
@click.argument("scenario", type=EXISTING)
@click.argument("plan", type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON document.")
@click.pass_context
def command(ctx: click.Context, scenario: str, plan: str, as_json: bool) -> None:
    """Audit PLAN against SCENARIO, whoever made the plan, and recompute its score. The solver takes no part."""
    from ... import check, load_plan, load_scenario

    report = check(load_scenario(scenario), load_plan(plan))
    if as_json:
        emit((json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode())
    else:
        from ..check_view import CheckView

        emit(drawn(CheckView(report, plan, scenario)))
    if not report.clean:
        ctx.exit(ExitCode.VIOLATIONS)
