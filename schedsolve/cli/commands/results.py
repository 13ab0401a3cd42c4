"""`schedsolve results`: the group of commands about what weeks brought."""

from __future__ import annotations

import click

from ..lazy_group import LazyGroup

STEPS = {"import": "Bring results of sends, days, weeks or games into the store."}
"""Every command with its short help; `result_steps/<name>.py` holds it."""


@click.group(
    cls=LazyGroup,
    table=STEPS,
    package=f"{__package__}.result_steps",
    epilog="""\b
Examples:
  schedsolve results import earnings.csv --db schedules.db

\b
Exit codes: 0 ok, 2 usage, 3 the table cannot be used, 8 the store cannot be used.""",
)
def command() -> None:
    """Tell the store what weeks brought; the dashboard's views hold it against what was expected."""
