"""`schedsolve results import`."""

from __future__ import annotations

import json

import click

from ...import_command import import_options
from ...store_options import opened
from ...terminal import emit, say

KINDS = ("items", "days", "weeks", "actuals", "campaigns", "traits", "games", "estimates")


@click.command(
    epilog="""\b
Examples:
  schedsolve results import earnings.csv --db schedules.db
  schedsolve results import games.csv --creator alexia --dry-run

\b
The kind of table is known by its columns; in brackets what may be absent:
  items      item_id (SCHEDULE_ID/SLOT_ID), earnings: sets the week's actual beside its prediction, and its days
  days       date, ppv_count, bump_count, [expected_min, expected_max, followup_count, creator_id]
  weeks      week_start, send_type_key, actual, [limit, creator_id]
  actuals    prediction_id, actual_revenue_per_day, is_complete
  campaigns  campaign_type, date, is_compliant, [creator_id]
  traits     trait, revenue_with_trait, baseline, [creator_id]
  games      game_type, earnings, [played_on, creator_id]: one row a play
  estimates  game_type, estimate, [creator_id]
Items, days, weeks, actuals and estimates take the place of what is known of the same; the others add up.
All rows are taken, or none. Exit codes: 0 ok, 2 usage, 3 the table cannot be used, 8 the store cannot be used."""
)
@import_options
@click.option("--kind", type=click.Choice(KINDS), help="What the table holds, instead of by its columns.")
@click.option("--creator", metavar="ID", help="Whose results, where the table has no creator_id.")
def command(file: str, db: str | None, dry_run: bool, as_json: bool, kind: str | None, creator: str | None) -> None:
    """Add the results of FILE (CSV or JSON)."""
    with opened(db) as store:
        from pathlib import Path

        from ....analytics.tables import TABLE
        from ....model.text_file import read_text
        from ....store.importing import import_rows
        from ....store.result_tables import put_results, read_results

        known, rows = read_results(read_text(Path(file), TABLE), file, kind)
        done = import_rows(store, lambda connection: put_results(connection, known, rows, file, creator), dry_run)
    if as_json:
        told = {"kind": known, "rows": done.added, "notes": done.notes, "dry_run": dry_run}
        emit(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    say(f"{known}: {done.added:,} {'would be ' * dry_run}taken.")
    for note in done.notes:
        say(note)
