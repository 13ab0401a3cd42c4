"""What all imports share: arguments, a trial, and what is told at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .parameters import EXISTING
from .store_options import db_option, from_store, opened
from .terminal import emit, say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ..analytics.tables import Row
    from ..store.importing import Imported

F = TypeVar("F", bound=Callable[..., Any])
Put = Callable[["Connection", Sequence[Any], str, datetime], "Imported"]


def import_options(command: F) -> F:
    """FILE, `--db`, `--dry-run` and `--json`."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="The result as one JSON document."),
        click.option("--dry-run", is_flag=True, help="Check and tell what would change, but change nothing."),
        db_option,
        click.argument("file", type=EXISTING),
    ):
        command = option(command)
    return command


def run_import(
    what: str, file: str, row_type: type[Row], put: Put, db: str | None, dry_run: bool, as_json: bool
) -> None:
    """Read a table and write it, all of it or nothing. Raises TableError with every row at fault."""
    from ..analytics.tables import read_rows

    rows = read_rows(file, row_type)
    with opened(db) as store:
        now = from_store("moments").now()
        done: Imported = from_store("importing").import_rows(
            store, lambda connection: put(connection, rows, file, now), dry_run
        )
    if as_json:
        told = {"kind": what, "added": done.added, "changed": done.changed, "notes": done.notes, "dry_run": dry_run}
        emit(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    would = "would be " if dry_run else ""
    say(f"{what}: {done.added:,} {would}added, {done.changed:,} {would}changed.")
    for note in done.notes:
        say(note)
