"""`schedsolve db check`: whether the tables are what this version works with."""

from __future__ import annotations

import json

import click

from ...failures import ExitCode
from ...store_options import db_option, opened
from ...terminal import emit, say


@click.command(
    epilog="""\b
Examples:
  schedsolve db check --db schedules.db
  schedsolve db check --json | jq .differences

\b
Exit codes: 0 they are, 2 usage, 8 they are not, or the store cannot be used."""
)
@db_option
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON document.")
@click.pass_context
def command(ctx: click.Context, db: str | None, as_json: bool) -> None:
    """Compare the store's tables, columns, indexes, checks and views with what this version works with."""
    with opened(db) as store:
        from ....store.migrate import current, drift

        revision, differences = current(store), drift(store)
        if as_json:
            told = {"store": store.name, "revision": revision, "differences": list(differences)}
            emit(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
        elif differences:
            say("\n".join(f"{store.name}: {difference}" for difference in differences))
        else:
            say(f"{store.name}: revision {revision}, no differences.")
        if differences:
            ctx.exit(ExitCode.STORE)
