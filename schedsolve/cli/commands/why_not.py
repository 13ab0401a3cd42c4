"""`schedsolve why-not`: what a send at another place would cost, or what forbids it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from ..parameters import EXISTING, SEED
from ..terminal import drawn, emit
from ..watched import watched

if TYPE_CHECKING:
    from ...model.placement import WhyNot
    from ...solver.progress import Cancellation
    from ..watched import Watch

Effort = Literal["quick", "standard", "thorough"]


@click.command(
    epilog="""\b
Examples:
  schedsolve why-not week.yaml plan.json --at "Tue 18:07" --type bundle
  schedsolve why-not week.yaml plan.json --at "2025-01-22 20:11" --type ppv_unlock --style winner
  schedsolve why-not week.yaml plan.csv --at "Sun 21:04" --type bundle --json | jq .otherwise.price

\b
A placement that the plan does not have is forced, and the week planned again around it: the answer is its price
and what moves, or the rules that forbid it and the nearest minute that is allowed. For a placement that the plan
has, the type is kept out of the half hour on either side: the answer is what the week would lose without it.
Prices compare plans found with the same effort; the interval is what bounds prove of the best ones.
Exit codes: 0 answered (a conflict is an answer), 2 bad arguments, 3 a file cannot be used,
4 the scenario has no plan, 5 stopped before a first plan."""
)
@click.argument("scenario", type=EXISTING)
@click.argument("plan", type=EXISTING)
@click.option("--at", required=True, metavar="TIME", help="Creator's clock: `Tue 18:07` or `2025-01-21 18:07`.")
@click.option("--type", "send_type", required=True, metavar="TYPE", help="Send type key, such as bundle.")
@click.option("--style", metavar="STYLE", help="solo, bundle, winner or sextape.  [default: any]")
@click.option(
    "--effort",
    type=click.Choice(["quick", "standard", "thorough"]),
    help="How long to search.  [default: as the plan, else standard]",
)
@click.option("--seed", type=SEED, metavar="N", help="Seed of all random draws.  [default: the plan's]")
@click.option("--json", "as_json", is_flag=True, help="The answer as one JSON document; failures are JSON too.")
@click.option("--quiet", "-q", is_flag=True, help="No progress on stderr, errors only.")
def command(
    scenario: str,
    plan: str,
    at: str,
    send_type: str,
    style: str | None,
    effort: Effort | None,
    seed: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Say what a send of some type at some time would cost the PLAN of SCENARIO, or what forbids it."""

    def work(progress: Watch, cancellation: Cancellation) -> WhyNot:
        from ... import load_plan, load_scenario, why_not
        from ...pipeline.asking.placing import lock_of

        week, data = load_scenario(scenario), load_plan(plan)
        try:
            lock_of(week, at, send_type, style)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        return why_not(
            week,
            data,
            at,
            send_type,
            style,
            effort=effort,
            seed=seed,
            progress=progress,
            cancellation=cancellation,
        )

    answer = watched(work, quiet)
    if as_json:
        emit(answer.to_json().encode())
    else:
        from ..why_not_view import WhyNotView

        emit(drawn(WhyNotView(answer)))
