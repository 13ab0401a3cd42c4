"""`schedsolve volume`: how many sends a week should carry, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ..parameters import EXISTING
from ..plain import printable
from ..terminal import drawn, emit, say

if TYPE_CHECKING:
    from ...analytics.trait_report import TraitReport


@click.command(
    epilog="""\b
Examples:
  schedsolve volume week.yaml                the quotas of each day, and what each module changed
  schedsolve volume week.yaml --json | jq .result.adjustments_applied
  schedsolve volume week.yaml --traits captions.csv      contents that the best earners share weigh more
  schedsolve volume week.yaml --record predictions.csv   keep what the week is expected to bring

\b
What the scenario's `volume` does not state is computed from `creator`, `performance`, `content` and `captions`.
--record needs `volume: {track_prediction: true}`; `schedsolve analyze kpis` holds predictions against what came.
Exit codes: 0 ok, 3 the scenario cannot be used."""
)
@click.argument("scenario", type=EXISTING)
@click.option(
    "--record", type=click.Path(dir_okay=False), metavar="FILE", help="Append the prediction to this CSV file."
)
@click.option(
    "--traits",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Results by caption (CSV or JSON, as for `analyze traits`); needs scipy.",
)
@click.option("--json", "as_json", is_flag=True, help="The volume as one JSON document.")
def command(scenario: str, record: str | None, traits: str | None, as_json: bool) -> None:
    """Compute how many sends the week of SCENARIO should carry, by day and category, without planning it."""
    from ... import load_scenario
    from ...pipeline.volume.prediction_file import PredictionFile
    from ...pipeline.volume.report import volume

    stated = load_scenario(scenario)
    if record is not None and not stated.volume.track_prediction:
        raise click.UsageError(
            "--record: the scenario does not ask for a prediction; set volume.track_prediction: true"
        )
    keeper = None if record is None else PredictionFile(record).record
    report = volume(stated, keeper, None if traits is None else _detected(traits))
    if as_json:
        emit((json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode())
    else:
        from ..volume_view import VolumeView

        emit(drawn(VolumeView(report)))
    for warning in report.warnings:
        say(f"Warning: {printable(warning.message)}")


def _detected(file: str) -> TraitReport:
    from ...analytics.tables import read_rows
    from ...analytics.trait_record import TraitRecord
    from ...analytics.traits import detect_traits

    return detect_traits(read_rows(file, TraitRecord))
