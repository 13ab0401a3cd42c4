"""`schedsolve ab assign`: which creator is in which arm."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import click

from ...analysis_json import document
from ...parameters import EXISTING
from ...plain import printable
from ...terminal import emit, say

if TYPE_CHECKING:
    from ....analytics.ab.arms import Weights

_WEIGHTS = re.compile(r"([0-9]{1,10}):([0-9]{1,10})")


@click.command(
    epilog="""\b
Examples:
  schedsolve ab assign night_bumps alexia bella carmen
  schedsolve ab assign night_bumps --file creators.csv > arms.tsv
  schedsolve ab assign night_bumps --file creators.csv --weights 9:1     a careful start: one in ten is treated
  schedsolve ab assign night_bumps alexia --json | jq -r '.arms[0].arm'

\b
A creator's arm is a hash of test id and creator id: the same on every machine, in every order, for ever. More weight
for one arm only moves creators into it. The file is a CSV or JSON table with a column creator_id.
Prints a line `creator<TAB>arm` for each creator, once, in the order in which they are named.
Exit codes: 0 ok, 2 usage, 3 the file cannot be used."""
)
@click.argument("test_id")
@click.argument("creators", nargs=-1, metavar="[CREATOR]...")
@click.option("--file", "table", type=EXISTING, help="A table of creators, beside those named here.")
@click.option("--weights", default="1:1", show_default=True, metavar="C:T", help="Control to treatment.")
@click.option("--json", "as_json", is_flag=True, help="Arms and their sizes as one JSON document.")
def command(test_id: str, creators: tuple[str, ...], table: str | None, weights: str, as_json: bool) -> None:
    """Assign every CREATOR to control or treatment of the test TEST_ID."""
    from ....analytics.ab.arms import Arm, arms_of

    split = _weights(weights)
    if table is not None:
        creators += _listed(table)
    if not creators:
        raise click.UsageError("name creators, or a --file of them")
    arms = arms_of(test_id, creators, split)
    sizes = Counter(arms.values())
    if as_json:
        told = {
            "test_id": test_id,
            "weights": {Arm.CONTROL: split.control, Arm.TREATMENT: split.treatment},
            "counts": {arm: sizes[arm] for arm in Arm},
            "arms": [{"creator_id": creator, "arm": arm} for creator, arm in arms.items()],
        }
        emit(document("ab-arms", told))
    else:
        emit("".join(f"{printable(creator)}\t{arm}\n" for creator, arm in arms.items()))
        say(", ".join(f"{sizes[arm]:,} in {arm}" for arm in Arm))


def _weights(text: str) -> Weights:
    from ....analytics.ab.arms import Weights

    parts = _WEIGHTS.fullmatch(text.strip())
    if parts is None:
        raise click.BadParameter(
            f"found {text!r}, must be two whole numbers such as 1:1 or 9:1", param_hint="--weights"
        )
    try:
        return Weights(int(parts[1]), int(parts[2]))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--weights") from None


def _listed(table: str) -> tuple[str, ...]:
    from ....analytics.ab.creators import CreatorRow
    from ....analytics.tables import read_rows

    return tuple(row.creator_id for row in read_rows(table, CreatorRow))
