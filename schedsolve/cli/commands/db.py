"""`schedsolve db`: the store's tables, each step in a module of its own under `store_steps/`."""

from __future__ import annotations

import click

from ..lazy_group import LazyGroup

STEPS = {
    "init": "Make the tables of a new store.",
    "upgrade": "Bring the tables up to date.",
    "check": "Whether the tables are what this version works with.",
}
"""Every step with its short help; `store_steps/<name>.py` holds it."""


@click.group(
    cls=LazyGroup,
    table=STEPS,
    package=f"{__package__}.store_steps",
    epilog="""\b
Examples:
  schedsolve db init --db schedules.db         an SQLite file
  export SCHEDSOLVE_DB=postgresql://planner@db/schedules
  schedsolve db init                           tables on a server
  schedsolve db upgrade                        after a new version is installed
  schedsolve db check

\b
Exit codes: 0 ok, 2 usage, 8 the store cannot be used, or is not up to date.""",
)
def command() -> None:
    """Make the store, bring it up to date, check it. A password belongs into SCHEDSOLVE_DB or ~/.pgpass, not here."""
