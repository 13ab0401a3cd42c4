"""`schedsolve solve`: plan a week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ...errors import InfeasibleError, NoPlanError, SchedsolveError
from ..exports.formats import FORMATS, exported, file_format, require
from ..failures import ExitCode, report
from ..parameters import EFFORT, EXISTING, PERCENT, SECONDS, SEED
from ..plain import printable
from ..saving import Destination
from ..terminal import drawn, emit, say
from ..watched import watched

if TYPE_CHECKING:
    from ...model.plan import Plan
    from ...solver.progress import Cancellation
    from ..watched import Watch

Effort = Literal["quick", "standard", "thorough"]


@dataclass(frozen=True)
class Request:
    """What is asked of the solver."""

    scenario: str
    effort: Effort
    seed: int | None
    time_limit: float | None
    gap: float
    quiet: bool


@dataclass(frozen=True)
class Delivery:
    """Where the plan goes, and in which shape."""

    shown: str
    saved: str
    destination: Destination | None
    timings: bool
    quiet: bool


@click.command(
    epilog="""\b
Examples:
  schedsolve solve week.yaml                         see the week
  schedsolve solve week.yaml --out plan.json         see it and save it
  schedsolve solve week.yaml --json > plan.json      for programs
  schedsolve solve week.yaml --format ics --quiet > week.ics
  schedsolve solve week.yaml --seed 8 --effort quick another week, fast
  schedsolve solve week.yaml --strict                exit 6 when a day falls short

\b
Ctrl-C ends the search with the best plan so far (a second one quits at once).
The plan is the same, byte for byte, for the same scenario, seed and effort; --time-limit and Ctrl-C can
change that, and the plan then says so.
Exit codes: 0 ok, 3 invalid scenario, 4 infeasible, 5 no plan within the limits, 6 shortfall under --strict."""
)
@click.argument("scenario", type=EXISTING)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Save the plan too: as JSON, CSV or iCalendar by the suffix .json, .csv or .ics (with another one as "
    "--format says, JSON for a table).",
)
@click.option(
    "--format",
    "shown",
    type=click.Choice(FORMATS),
    help="What goes to stdout.  [default: table; ics needs schedsolve[ics]]",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json; failures are JSON too.")
@click.option("--seed", type=SEED, metavar="N", help="Seed of all random draws, instead of the scenario's.")
@EFFORT
@click.option("--time-limit", type=SECONDS, metavar="SECONDS", help="Stop by the clock after so long.")
@click.option(
    "--gap",
    type=PERCENT,
    default=0.0,
    metavar="PERCENT",
    help="Stop when the plan is proven to be so near the best.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress and no warnings on stderr, errors only.")
@click.option(
    "--strict", is_flag=True, help="Exit 6 when a day falls short of its quota or range, or campaigns of their target."
)
@click.option("--timings", is_flag=True, help="Keep wall-clock figures in the JSON (they differ from run to run).")
@click.pass_context
def command(
    ctx: click.Context,
    scenario: str,
    out: Path | None,
    shown: str | None,
    as_json: bool,
    seed: int | None,
    effort: Effort,
    time_limit: float | None,
    gap: float,
    quiet: bool,
    strict: bool,
    timings: bool,
) -> None:
    """Plan the week that SCENARIO (a YAML file) describes, and show it as a calendar."""
    if as_json and shown not in (None, "json"):
        raise click.UsageError(f"--json and --format {shown} contradict each other")
    shown = "json" if as_json else shown
    saved = file_format(out, shown) if out else "json"
    for name in (shown or "table", saved):
        require(name)
    destination = Destination.of(out) if out else None
    plan = _solved(Request(scenario, effort, seed, time_limit, gap / 100, quiet))
    if plan.status in ("infeasible", "unknown"):
        if shown == "json":
            emit(exported(plan, "json", timings))
        ctx.exit(report(_reasons(plan, scenario), as_json=False))
    _deliver(plan, Delivery(shown or "table", saved, destination, timings, quiet))
    if strict and plan.shortfalls:
        say(f"Error: {_short(plan)} (--strict)")
        ctx.exit(ExitCode.SHORTFALL)


def _short(plan: Plan) -> str:
    """`5 sends short of the quotas and 2 short of the ranges`, whichever there are."""
    named = {"daily-quota": ("send", "quotas"), "campaign-target": ("campaign", "targets")}
    counts: Counter[tuple[str, str]] = Counter()
    for short in plan.shortfalls:
        counts[named.get(short.rule, ("send", "ranges"))] += short.wanted - short.placed
    parts = [f"{count} {what}{'s' * (count != 1)} short of the {name}" for (what, name), count in counts.items()]
    return " and ".join(parts)


def _solved(request: Request) -> Plan:
    """The plan; reading and solving happen in a thread that signals can end."""

    def work(watch: Watch, cancellation: Cancellation) -> Plan:
        from ... import load_scenario, solve

        scenario = load_scenario(request.scenario)
        seed = scenario.seed if request.seed is None else request.seed
        try:
            return solve(
                scenario,
                effort=request.effort,
                seed=seed,
                time_limit=request.time_limit,
                gap=request.gap,
                progress=watch,
                cancellation=cancellation,
            )
        except Exception as error:
            error.add_note(f"scenario {request.scenario}, seed {seed}, effort {request.effort}")
            raise

    return watched(work, request.quiet)


def _reasons(plan: Plan, source: str) -> SchedsolveError:
    """Why there is no plan, as the error that carries the exit code."""
    told = [warning.message for warning in plan.warnings if warning.code in ("infeasible", "no-plan")]
    if plan.status == "infeasible":
        return InfeasibleError(["\n  ".join([f"{source}: no plan can hold all the rules", *told])])
    return NoPlanError("; ".join([f"{source}: no plan was found", *told]))


def _deliver(plan: Plan, delivery: Delivery) -> None:
    """Save, then show; the plan is shown even when it could not be saved."""
    failure: OSError | None = None
    if delivery.destination:
        try:
            delivery.destination.save(exported(plan, delivery.saved, delivery.timings))
        except OSError as error:
            failure = error
    if delivery.shown == "table":
        from ..plan_report import PlanReport

        emit(drawn(PlanReport(plan)))
    else:
        emit(exported(plan, delivery.shown, delivery.timings))
        if not delivery.quiet:
            for warning in plan.warnings:
                say(f"Warning: {printable(warning.message)}")
    if failure:
        raise click.ClickException(f"the plan could not be saved: {failure}")
    if delivery.destination and not delivery.quiet:
        say(f"Saved {delivery.destination.path} ({delivery.saved}).")
