"""`schedsolve import captions`."""

from __future__ import annotations

import click

from ...import_command import import_options, run_import
from ...store_options import from_store


@click.command(
    epilog="""\b
Examples:
  schedsolve import captions captions.csv --db schedules.db
  schedsolve import captions captions.csv --dry-run --json

\b
Columns: caption_text, caption_type; where known caption_id, content_type (name) or content_type_id, performance_score
(0-100), creator_id (kept for analytics only), persona_tags (a; b; c), last_used_at, is_active. Without caption_id a
caption is known by its text and type. Names of contents that are new are added.
Exit codes: 0 ok, 2 usage, 3 the table cannot be used, 8 the store cannot be used."""
)
@import_options
def command(file: str, db: str | None, dry_run: bool, as_json: bool) -> None:
    """Add the captions of FILE (CSV or JSON) to the pool, or change those that are known."""
    captions = from_store("captions")
    run_import("captions", file, captions.CaptionRow, captions.put_captions, db, dry_run, as_json)
