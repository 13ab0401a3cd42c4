"""`schedsolve analyze traits`: what the best earners have in common."""

from __future__ import annotations

import click

from ...parameters import EXISTING
from ...terminal import drawn, emit


@click.command(
    epilog="""\b
Examples:
  schedsolve analyze traits captions.csv
  schedsolve analyze traits captions.csv --json | jq .recommendations
  schedsolve analyze traits captions.csv --json | jq .multipliers   what to raise, by content type

\b
Columns: earnings (must be there), id, caption_text, content_type, detected_tone, price; others are ignored.
The ten rows that earned most are compared with the rest. A trait counts when 60% of the ten have it, more often than
the rest, and chance explains it in less than 1.25% of cases (Fisher's exact test, Bonferroni for four traits).
Exit codes: 0 ok, with or without a recommendation; 2 usage, or scipy (schedsolve[stats]) is missing;
3 the table cannot be used."""
)
@click.argument("file", type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON document.")
def command(file: str, as_json: bool) -> None:
    """Tell which length, content type, tone and price the best earners of FILE (CSV or JSON) share."""
    from ....analytics.tables import read_rows
    from ....analytics.trait_record import TraitRecord
    from ....analytics.traits import detect_traits
    from ...analysis_json import as_document
    from ...trait_view import TraitView

    report = detect_traits(read_rows(file, TraitRecord))
    emit(as_document("trait-report", report) if as_json else drawn(TraitView(report, file)))
