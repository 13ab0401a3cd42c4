"""`schedsolve alternatives`: different good plans of the same week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..parameters import EFFORT, EXISTING, SEED, SHARE
from ..saving import Destination
from ..terminal import drawn, emit, say
from ..watched import watched

if TYPE_CHECKING:
    from ...model.alternatives import Alternatives
    from ...solver.progress import Cancellation
    from ..watched import Watch

Effort = Literal["quick", "standard", "thorough"]
MOST = 20


@click.command(
    epilog="""\b
Examples:
  schedsolve alternatives week.yaml                        five, within 1 % of the best
  schedsolve alternatives week.yaml -n 3 --within 0.5%     three that lose less
  schedsolve alternatives week.yaml --out-dir plans        best.json, alternative-1.json, ...
  schedsolve alternatives week.yaml --json | jq .distances

\b
The distance of two plans is the number of sends that differ in type or by more than 30 minutes. The first k
alternatives are the most different ones for every k: each is the farthest from the best and those before it.
The same call gives the same plans; Ctrl-C ends with those found so far, and the answer then says so.
Exit codes: 0 ok, also when there are fewer than asked for (the answer says so), 2 usage, 3 invalid scenario,
4 infeasible, 5 no plan within the limits."""
)
@click.argument("scenario", type=EXISTING)
@click.option("-n", "--count", type=click.IntRange(1, MOST), default=5, show_default=True, help="How many.")
@click.option(
    "--within",
    type=SHARE,
    default="1%",
    show_default=True,
    metavar="PERCENT",
    help="How much less than the best plan they may be worth: `1%` or `1`.",
)
@EFFORT
@click.option("--seed", type=SEED, metavar="N", help="Seed of all random draws, instead of the scenario's.")
@click.option(
    "--out-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Save every plan there as JSON; the folder is made.",
)
@click.option("--json", "as_json", is_flag=True, help="All plans in one JSON document; failures are JSON too.")
@click.option("--quiet", "-q", is_flag=True, help="No progress on stderr, errors only.")
def command(
    scenario: str,
    count: int,
    within: float,
    effort: Effort,
    seed: int | None,
    out_dir: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Plan the week of SCENARIO, and show other good plans that differ as much as can be."""
    places = _places(out_dir, count) if out_dir else []

    def work(progress: Watch, cancellation: Cancellation) -> Alternatives:
        from ... import alternatives, load_scenario

        week = load_scenario(scenario)
        return alternatives(
            week, count, within / 100, effort=effort, seed=seed, progress=progress, cancellation=cancellation
        )

    found = watched(work, quiet)
    try:
        for place, plan in zip(places, found.plans, strict=False):
            place.save(plan.to_json().encode())
    except OSError as error:
        raise click.ClickException(f"the plans could not be saved: {error}") from None
    if as_json:
        emit(found.to_json().encode())
        if found.message and not quiet:
            say(f"Warning: {found.message}")
    else:
        from ..alternatives_view import AlternativesView

        emit(drawn(AlternativesView(found, [place.path.name for place in places[: len(found.plans)]])))
    if places and not quiet:
        say(f"Saved {len(found.plans)} plans in {out_dir}.")


def _places(folder: Path, count: int) -> list[Destination]:
    """Where the plans go, tried out before the work."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.BadParameter(f"cannot make {folder}: {error.strerror}", param_hint="--out-dir") from None
    names = ["best.json", *(f"alternative-{number}.json" for number in range(1, count + 1))]
    return [Destination.of(folder / name, "--out-dir") for name in names]
