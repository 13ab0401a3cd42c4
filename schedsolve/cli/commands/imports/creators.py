"""`schedsolve import creators`."""

from __future__ import annotations

import click

from ...import_command import import_options, run_import
from ...store_options import from_store


@click.command(
    epilog="""\b
Examples:
  schedsolve import creators creators.csv --db schedules.db
  schedsolve import creators creators.csv --dry-run --json

\b
Columns: creator_id, page_type (paid, free), timezone; where known display_name, performance_tier (1-5), volume_level,
fan_count, avg_revenue_per_message, content_style, sub_type, analytics_summary (JSON), top_content_types, is_active;
tone, archetype, emoji_frequency, slang_level, voice_samples; peak_hours, avoid_hours, best_days, hourly_performance
(JSON), avg_response_minutes, multi_timezone_audience, peak_engagement_hour, timing_variation. Lists: a; b; c.
Exit codes: 0 ok, 2 usage, 3 the table cannot be used, 8 the store cannot be used."""
)
@import_options
def command(file: str, db: str | None, dry_run: bool, as_json: bool) -> None:
    """Add the creators of FILE (CSV or JSON), or change those that are known by their creator_id."""
    creators = from_store("creators")
    run_import("creators", file, creators.CreatorRow, creators.put_creators, db, dry_run, as_json)
