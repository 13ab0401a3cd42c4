"""`schedsolve import performance`."""

from __future__ import annotations

import click

from ...import_command import import_options, run_import
from ...store_options import from_store


@click.command(
    epilog="""\b
Examples:
  schedsolve import performance performance.csv --db schedules.db
  schedsolve import performance performance.csv --dry-run --json

\b
Columns: creator_id, period (7d, 14d, 30d), saturation_score, opportunity_score (0-100); where known measured_at (now),
revenue_trend (up, stable, down), engagement_velocity, message_count.
Exit codes: 0 ok, 2 usage, 3 the table cannot be used, 8 the store cannot be used."""
)
@import_options
def command(file: str, db: str | None, dry_run: bool, as_json: bool) -> None:
    """Add the measurements of FILE (CSV or JSON), or change those of the same moment."""
    performance = from_store("performance")
    run_import("performance", file, performance.PerformanceRow, performance.put_performance, db, dry_run, as_json)
