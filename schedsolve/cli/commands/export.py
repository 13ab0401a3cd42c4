"""`schedsolve export`: a kept week as a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ..exports.formats import exported, require
from ..kept_schedules import schedule_meant, schedule_options
from ..saving import Destination
from ..store_options import db_option, opened
from ..terminal import emit, say


@click.command(
    epilog="""\b
Examples:
  schedsolve export --creator alexia --format csv --db schedules.db > week.csv
  schedsolve export 5f0c... --format ics --out week.ics

\b
Exit codes: 0 ok, 2 usage, 8 the store cannot be used, or keeps no such week."""
)
@schedule_options
@click.option("--format", "shape", type=click.Choice(["json", "csv", "ics"]), default="json", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write a file instead of stdout.")
@db_option
def command(
    schedule_id: str | None, creator: str | None, week: datetime | None, shape: str, out: Path | None, db: str | None
) -> None:
    """Write a kept week as JSON (byte for byte as it was kept), CSV or iCalendar."""
    require(shape)
    destination = Destination.of(out) if out else None
    with opened(db) as store:
        from ...store.schedules import plan, plan_text

        meant = schedule_meant(store, schedule_id, creator, week)
        data = plan_text(store, meant).encode() if shape == "json" else exported(plan(store, meant), shape)
    if destination is None:
        emit(data)
        return
    try:
        destination.save(data)
    except OSError as error:
        raise click.ClickException(f"the week could not be written: {error}") from None
    say(f"Wrote {destination.path} ({shape}).")
