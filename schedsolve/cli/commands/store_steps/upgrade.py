"""`schedsolve db upgrade`: tables as this version wants them."""

from __future__ import annotations

import click

from ...store_options import db_option, opened
from ...terminal import say


@click.command(
    epilog="""\b
Examples:
  schedsolve db upgrade --db schedules.db

\b
Exit codes: 0 up to date, 2 usage, 8 the store cannot be used."""
)
@db_option
def command(db: str | None) -> None:
    """Bring the tables up to date, in one transaction; rows stay. The catalog's rows are written anew."""
    with opened(db) as store:
        from ....store.migrate import upgrade

        before, after = upgrade(store)
        say(
            f"{store.name}: up to date, revision {after}."
            if before == after
            else f"{store.name}: revision {before} -> {after}."
        )
