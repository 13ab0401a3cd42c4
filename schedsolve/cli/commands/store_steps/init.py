"""`schedsolve db init`: the tables of a new store."""

from __future__ import annotations

import click

from ...store_options import db_option, opened
from ...terminal import say


@click.command(
    epilog="""\b
Examples:
  schedsolve db init --db schedules.db

\b
Exit codes: 0 made, 2 usage, 8 the store cannot be used, or has tables already."""
)
@db_option
def command(db: str | None) -> None:
    """Make the tables of a new store, with send types, audiences and channels in them."""
    with opened(db) as store:
        from ....errors import StoreError
        from ....store.migrate import current, upgrade

        held = current(store)
        if held is not None:
            raise StoreError(
                f"{store.name} has tables already (revision {held}); `schedsolve db upgrade` brings it up to date"
            )
        _, revision = upgrade(store)
        say(f"Made {store.name}: revision {revision}.")
