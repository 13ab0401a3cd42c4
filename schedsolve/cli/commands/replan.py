"""`schedsolve replan`: bring a plan in line with what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..exports.formats import exported, file_format, require
from ..moment import COST, MOMENT
from ..parameters import EFFORT, EXISTING, SECONDS
from ..plain import printable
from ..saving import Destination
from ..terminal import drawn, emit, say
from ..watched import watched

if TYPE_CHECKING:
    from ...model.replanned import Replanned
    from ...solver.progress import Cancellation
    from ..watched import Watch

Effort = Literal["quick", "standard", "thorough"]


@dataclass(frozen=True)
class Request:
    """What is asked."""

    scenario: str
    plan: str
    now: datetime
    changes: str | None
    max_moves: int | None
    move_cost: float
    effort: Effort
    time_limit: float | None
    quiet: bool


@dataclass(frozen=True)
class Files:
    """Where the new plan and the changed scenario go."""

    plan: Destination | None
    form: str
    scenario: Destination | None


@click.command(
    epilog="""\b
Examples:
  schedsolve replan week.yaml plan.json --now 2025-01-23T12:00 --changes changes.yaml
  schedsolve replan week.yaml plan.json --now 2025-01-23T12:00 --changes changes.yaml --max-moves 3 \\
      --out new.json --scenario-out new.yaml       and later: schedsolve check new.yaml new.json
  schedsolve replan week.yaml plan.json --now 2025-01-23T12:00 --json | jq .difference.counts

\b
Changes are a YAML or JSON file; every key is optional:
  blackouts: [{from: 2025-01-24T08:00, to: 2025-01-24T14:00, reason: dentist}]
  quotas: [{date: 2025-01-25, revenue: 4}]
  locks: [{at: 2025-01-24T20:07, send_type_key: ppv_unlock, ppv_style: winner}]
  approved: [2025-01-24_2]      slot ids that stay exactly so
  cancelled: [2025-01-24_5]     slot ids still to come that must not go out
  failed: [2025-01-22_3]        slot ids of the past that did not go out
  make_up: true                 false: failed sends are not made up on later days

\b
What went out before --now never changes. The next replan starts from --out and --scenario-out of this one.
Ctrl-C ends the search with the best plan so far (a second one quits at once).
Exit codes: 0 ok, 2 usage, 3 invalid scenario, plan or changes, 4 infeasible, or not within --max-moves,
5 no plan within the limits."""
)
@click.argument("scenario", type=EXISTING)
@click.argument("plan", type=EXISTING)
@click.option(
    "--now",
    type=MOMENT,
    required=True,
    metavar="TIME",
    help="Everything before stays; the creator's local time, or one with an offset.",
)
@click.option("--changes", type=EXISTING, metavar="FILE", help="What has changed since the plan was made.")
@click.option(
    "--max-moves",
    type=click.IntRange(0, 100_000),
    metavar="N",
    help="Move or drop at most so many of the sends to come; what the changes rule out is not counted.",
)
@click.option(
    "--move-cost",
    type=COST,
    default=10.0,
    show_default=True,
    metavar="POINTS",
    help="What a move must gain at least to be made.",
)
@EFFORT
@click.option("--time-limit", type=SECONDS, metavar="SECONDS", help="Stop by the clock after so long.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Save the new plan: as JSON, CSV or iCalendar by the suffix .json, .csv or .ics.",
)
@click.option(
    "--scenario-out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Save the scenario with the changes, against which the new plan can be checked.",
)
@click.option("--json", "as_json", is_flag=True, help="Plan and differences as one JSON document.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no warnings on stderr, errors only.")
def command(
    scenario: str,
    plan: str,
    now: datetime,
    changes: str | None,
    max_moves: int | None,
    move_cost: float,
    effort: Effort,
    time_limit: float | None,
    out: Path | None,
    scenario_out: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Bring PLAN, made for SCENARIO, in line with changes: the past stays, little moves, and you see what does."""
    form = file_format(out, None) if out else "json"
    require(form)
    files = Files(
        Destination.of(out) if out else None,
        form,
        Destination.of(scenario_out, "--scenario-out") if scenario_out else None,
    )
    request = Request(scenario, plan, now, changes, max_moves, move_cost, effort, time_limit, quiet)
    _deliver(_replanned(request), files, as_json, quiet)


def _replanned(request: Request) -> Replanned:
    """The result; reading and solving happen in a thread that signals can end."""

    def work(watch: Watch, cancellation: Cancellation) -> Replanned:
        from ... import load_changes, load_plan, load_scenario, replan
        from ...errors import ScenarioError
        from ...pipeline.replanning.standing_plan import NowError

        scenario, plan = load_scenario(request.scenario), load_plan(request.plan)
        changes = load_changes(request.changes) if request.changes else None
        try:
            return replan(
                scenario,
                plan,
                request.now,
                changes,
                max_moves=request.max_moves,
                move_cost=request.move_cost,
                effort=request.effort,
                time_limit=request.time_limit,
                progress=watch,
                cancellation=cancellation,
            )
        except NowError as error:
            raise click.BadParameter(str(error), param_hint="--now") from None
        except ScenarioError as error:
            files = {"plan": request.plan, "scenario": request.scenario}
            raise ScenarioError(files.get(error.source, error.source), error.problems) from None
        except Exception as error:
            error.add_note(f"scenario {request.scenario}, plan {request.plan}, now {request.now}")
            raise

    return watched(work, request.quiet)


def _deliver(result: Replanned, files: Files, as_json: bool, quiet: bool) -> None:
    """Save, then show; the result is shown even when it could not be saved."""
    saved, failure = [], None
    try:
        if files.plan:
            files.plan.save(exported(result.plan, files.form))
            saved.append(f"Saved {files.plan.path} ({files.form}).")
        if files.scenario:
            files.scenario.save(_scenario_text(result).encode())
            saved.append(f"Saved {files.scenario.path} (the scenario with the changes).")
    except OSError as error:
        failure = error
    if as_json:
        emit(result.to_json().encode())
        if not quiet:
            for warning in result.plan.warnings:
                say(f"Warning: {printable(warning.message)}")
    else:
        from ..replan_view import ReplanView

        emit(drawn(ReplanView(result)))
    if failure:
        raise click.ClickException(f"the result could not be saved: {failure}")
    if saved and not quiet:
        say("\n".join(saved))


def _scenario_text(result: Replanned) -> str:
    from ...model.scenario_text import scenario_yaml

    return scenario_yaml(result.scenario, f"Changed by `schedsolve replan` as of {result.now}.")
