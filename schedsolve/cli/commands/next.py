"""`schedsolve next`: the next week of a creator, from the store into the store."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import click

from ..failures import ExitCode
from ..moment import MOMENT
from ..parameters import EFFORT, SECONDS, SEED
from ..plain import printable
from ..store_options import db_option, opened
from ..terminal import drawn, emit, say
from ..watched import watched

if TYPE_CHECKING:
    from ...solver.progress import Cancellation
    from ...weekly.week_made import WeekMade
    from ..watched import Watch

LIMIT = 60.0


@click.command(
    epilog="""\b
Examples:
  schedsolve next --creator alexia --db schedules.db      the week after the last one that is kept
  schedsolve next --creator alexia --week 2025-02-03 --effort quick
  schedsolve next --creator alexia --as-of 2025-01-18T12:00Z --json | jq .validation

\b
Reads what is known of the creator, plans the week, fills it with captions and contents, validates and keeps it. The
same creator, week, moment, seed and effort give the kept week again; another moment makes a new version.
Exit codes: 0 kept (approved, or for review), 2 usage, 4 infeasible, 5 no plan within the limits, 7 rejected by
validation and not kept, 8 the store cannot be used, or knows no such creator."""
)
@click.option("--creator", required=True, metavar="ID", help="Whose week.")
@click.option("--week", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Its first day.")
@click.option(
    "--as-of", type=MOMENT, metavar="ISO", help="What is known at this moment counts (UTC without an offset).  [now]"
)
@click.option("--seed", type=SEED, metavar="N", help="Seed of all random draws, instead of one of creator and week.")
@EFFORT
@click.option(
    "--time-limit", type=SECONDS, default=LIMIT, show_default=True, metavar="SECONDS", help="End the search by then."
)
@db_option
@click.option("--json", "as_json", is_flag=True, help="The run's result as one JSON document; failures are JSON too.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no warnings on stderr, errors only.")
@click.pass_context
def command(
    ctx: click.Context,
    creator: str,
    week: datetime | None,
    as_of: datetime | None,
    seed: int | None,
    effort: Literal["quick", "standard", "thorough"],
    time_limit: float,
    db: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make the next week of a creator and keep it in the store."""
    with opened(db) as store:
        from ...weekly.errors import RunFailedError
        from ...weekly.next_week import next_week
        from ...weekly.tools import Tools
        from ...weekly.wanted import Wanted

        moment = as_of or datetime.now(UTC).replace(microsecond=0)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        wanted = Wanted(creator, moment, week.date() if week else None, seed, effort, time_limit)

        def work(watch: Watch, cancellation: Cancellation) -> WeekMade:
            return next_week(store, wanted, Tools(progress=watch, cancellation=cancellation))

        try:
            made = watched(work, quiet or as_json)
        except RunFailedError as failed:
            say(f"Error: {printable(failed.response.error_message)}")
            say(f"{printable(failed.response.resolution.action)} (run {failed.response.generation_id})")
            if as_json:
                emit(_document(failed.response.model_dump(mode="json")))
            ctx.exit(failed.exit_code)
    _deliver(made, as_json, quiet)
    if made.schedule_id is None:
        ctx.exit(ExitCode.VIOLATIONS)


def _document(told: object) -> bytes:
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def _deliver(made: WeekMade, as_json: bool, quiet: bool) -> None:
    """The week on stdout; where it is kept, and what to do, on stderr."""
    if as_json:
        emit(_document(made.to_dict()))
    else:
        from ..plan_report import PlanReport

        emit(drawn(PlanReport(made.plan)))
    if made.schedule_id is None and made.response is not None:
        say(f"Error: {printable(made.response.error_message)}; the week is not kept")
        return
    if quiet:
        return
    for line in dict.fromkeys(made.degradations):
        say(f"Warning: {printable(line)}")
    for advice in made.report.recommendations:
        say(f"To do: {printable(advice.message)}")
    say(_kept(made))


def _kept(made: WeekMade) -> str:
    verb = "Kept before" if made.replayed else "Kept"
    what = f"{verb} as {made.schedule_id}, version {made.version}: {made.status.replace('_', ' ')}"
    line = f"{what}, {made.report.score} of 100."
    if made.status == "needs_review":
        line += f"\n`schedsolve approve {made.schedule_id}` lets it go out."
    return line
