"""`schedsolve analyze followups`: which followups of a day to keep."""

from __future__ import annotations

import click

from ...parameters import EXISTING
from ...terminal import drawn, emit


@click.command(
    epilog="""\b
Examples:
  schedsolve analyze followups followups.csv
  schedsolve analyze followups followups.csv --json | jq -r '.removed_items[].id'

\b
Columns: id, sent_at (local, 2025-01-22T20:40, after any move past the night limit), and where known parent_at,
parent_estimated_revenue (dollars), parent_engagement_rate (0.12 is 12%); others are ignored.
Priority: 0.50 revenue (full at $1,000) + 0.30 recency at the end of the day + 0.20 engagement (full at 20%).
Exit codes: 0 ok, with or without a removal; 2 usage; 3 the table cannot be used."""
)
@click.argument("file", type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON document.")
def command(file: str, as_json: bool) -> None:
    """Keep the four best followups of every day of FILE (CSV or JSON), and tell which ones go."""
    from ....analytics.followup_limit import Followup, limit_followups
    from ....analytics.tables import read_rows
    from ...analysis_json import as_document
    from ...followup_view import FollowupView

    limited = limit_followups(read_rows(file, Followup))
    emit(as_document("followup-limit", limited) if as_json else drawn(FollowupView(limited, file)))
