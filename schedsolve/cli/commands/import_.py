"""`schedsolve import`: tables into the store, each kind in a module of its own under `imports/`."""

from __future__ import annotations

import click

from ..lazy_group import LazyGroup

KINDS = {
    "creators": "Creators, with persona and timing profile.",
    "captions": "The pool of captions.",
    "vault": "What creators have to send, and how well it does.",
    "performance": "How audiences did in 7, 14 and 30 days.",
}
"""Every kind of table with its short help; `imports/<name>.py` holds it."""


@click.group(
    cls=LazyGroup,
    table=KINDS,
    package=f"{__package__}.imports",
    epilog="""\b
Examples:
  schedsolve import creators creators.csv --db schedules.db
  schedsolve import captions captions.csv --dry-run    only check, and tell what would change
  schedsolve import vault vault.json

\b
Tables are CSV files with a first line of column names, or JSON lists of objects; each kind tells its columns.
All rows are taken, or none. Exit codes: 0 ok, 2 usage, 3 the table cannot be used, 8 the store cannot be used.""",
)
def command() -> None:
    """Bring creators, captions, vaults or performance into the store."""
