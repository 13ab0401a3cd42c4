"""`schedsolve replay`: make a plan again from its own file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ...errors import ScenarioError
from ..failures import ExitCode
from ..parameters import EXISTING
from ..terminal import drawn, emit
from ..watched import watched

if TYPE_CHECKING:
    from ...model.replay import ReplayReport
    from ...solver.progress import Cancellation
    from ..watched import Watch


@click.command(
    epilog="""\b
Examples:
  schedsolve replay plan.json                        is it still the plan that this program makes?
  schedsolve replay plan.json --scenario week.yaml   ... of this scenario?
  schedsolve replay plan.json --json | jq .reasons

\b
The plan carries its scenario, seed, effort, gap and versions; it is solved again with them. Wall-clock figures
are left aside. A plan whose search was cut short (reproducible: false) never promised to repeat.
Exit codes: 0 identical, 1 differs, 3 a file cannot be used."""
)
@click.argument("plan", type=EXISTING)
@click.option("--scenario", type=EXISTING, metavar="FILE", help="Solve this scenario, not the one in the plan.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON document; failures are JSON too.")
@click.option("--quiet", "-q", is_flag=True, help="No progress on stderr, errors only.")
@click.pass_context
def command(ctx: click.Context, plan: str, scenario: str | None, as_json: bool, quiet: bool) -> None:
    """Solve again what PLAN was made from: identical, or what differs and why."""

    def work(progress: Watch, cancellation: Cancellation) -> ReplayReport:
        from ... import load_plan, load_scenario, replay

        loaded = load_plan(plan)
        given = None if scenario is None else load_scenario(scenario)
        try:
            return replay(loaded, given, progress=progress, cancellation=cancellation)
        except ScenarioError as error:
            raise ScenarioError(plan if error.source == "plan" else error.source, error.problems) from None

    report = watched(work, quiet)
    if as_json:
        emit((json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode())
    else:
        from ..replay_view import ReplayView

        emit(drawn(ReplayView(report, plan)))
    if not report.identical:
        ctx.exit(ExitCode.DIFFERS)
