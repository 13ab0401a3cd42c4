"""`schedsolve report`: validate a plan."""

from __future__ import annotations

import json

import click

from ..failures import ExitCode
from ..parameters import EXISTING
from ..terminal import drawn, emit


@click.command(
    epilog="""\b
Examples:
  schedsolve report week.yaml plan.json
  schedsolve report week.yaml plan.csv           a CSV of items, from any program
  schedsolve report week.yaml plan.json --json | jq .recommendations

\b
A score below 70 is rejected, 70 to 84 needs review, 85 and more is approved. A check that cannot be applied, for
want of captions say, leaves the plan to review. `schedsolve check` audits the rules alone.
Exit codes: 0 approved or needs review, 3 a file cannot be used, 7 rejected."""
)
@click.argument("scenario", type=EXISTING)
@click.argument("plan", type=EXISTING)
@click.option("--override-confidence", is_flag=True, help="A person accepts figures of too low a confidence.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON document.")
@click.pass_context
def command(ctx: click.Context, scenario: str, plan: str, override_confidence: bool, as_json: bool) -> None:
    """Validate PLAN for SCENARIO: every check, what it costs, the status that the score gives, and what to do."""
    from ... import load_plan, load_scenario
    from ...pipeline.validation.report import validation_report

    report = validation_report(load_scenario(scenario), load_plan(plan), override_confidence=override_confidence)
    if as_json:
        emit((json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode())
    else:
        from ..validation_view import ValidationView

        emit(drawn(ValidationView(report, plan, scenario)))
    if report.status == "rejected":
        ctx.exit(ExitCode.VIOLATIONS)
