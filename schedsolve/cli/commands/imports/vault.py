"""`schedsolve import vault`."""

from __future__ import annotations

import click

from ...import_command import import_options, run_import
from ...store_options import from_store


@click.command(
    epilog="""\b
Examples:
  schedsolve import vault vault.csv --db schedules.db
  schedsolve import vault vault.csv --dry-run --json

\b
Columns: creator_id, content_type (name) or content_type_id, media_type (video, picture, gif, flyer, none), item_count;
where known is_allowed (yes), tier (top, mid, low, avoid). Names of contents that are new are added.
Exit codes: 0 ok, 2 usage, 3 the table cannot be used, 8 the store cannot be used."""
)
@import_options
def command(file: str, db: str | None, dry_run: bool, as_json: bool) -> None:
    """Set what creators have by the entries of FILE (CSV or JSON), and how well their contents do."""
    vault = from_store("vault")
    run_import("vault", file, vault.VaultRow, vault.put_vault, db, dry_run, as_json)
