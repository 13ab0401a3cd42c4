"""`schedsolve analyze campaigns`: whether campaign families keep their distances and monthly numbers."""

from __future__ import annotations

import click

from ...failures import ExitCode
from ...parameters import EXISTING
from ...terminal import drawn, emit


@click.command(
    epilog="""\b
Examples:
  schedsolve analyze campaigns campaigns.csv --days 14
  schedsolve analyze campaigns campaigns.csv --history last-month.csv
  schedsolve solve month.yaml --format csv > plan.csv && schedsolve analyze campaigns plan.csv --days 28
  schedsolve analyze campaigns campaigns.csv --json | jq '.total_monthly_projection'

\b
Columns: date and campaign_type (descriptive_wall_campaign, spin_the_wheel_game, bundle_wall_campaign, game_other, or
empty: an item that carries none tells the schedule's length only), and where known creator_id; scheduled_date, as in
plans, will do; others are ignored. Counts are projected onto 30 days over the schedule's length.
Exit codes: 0 no finding is critical; 2 usage; 3 a table cannot be used; 7 a critical finding."""
)
@click.argument("file", type=EXISTING)
@click.option("--days", type=click.IntRange(1), help="Length of the schedule; else from its first date to its last.")
@click.option(
    "--history", type=EXISTING, help="Campaigns before: those of the last 30 days count for the first distances."
)
@click.option("--creator", help="Rows of this creator only.")
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON document.")
@click.pass_context
def command(
    ctx: click.Context, file: str, days: int | None, history: str | None, creator: str | None, as_json: bool
) -> None:
    """Hold the campaigns of FILE (CSV or JSON) against the cadence of their families."""
    from dataclasses import asdict

    from ....analytics.campaign_audit import CampaignRow, audit_campaigns
    from ....analytics.tables import read_rows
    from ...analysis_json import document
    from ...campaign_view import CampaignView

    def rows(path: str) -> list[CampaignRow]:
        return [row for row in read_rows(path, CampaignRow) if creator in (None, row.creator_id)]

    audit = audit_campaigns(rows(file), days, rows(history) if history else ())
    if as_json:
        emit(document("campaign-audit", {"is_valid": audit.is_valid, **asdict(audit)}))
    else:
        emit(drawn(CampaignView(audit, file)))
    if not audit.is_valid:
        ctx.exit(ExitCode.VIOLATIONS)
