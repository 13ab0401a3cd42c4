"""`schedsolve analyze`: the group of analyses, each in a module of its own under `analyses/`."""

from __future__ import annotations

import click

from ..lazy_group import LazyGroup

ANALYSES = {
    "traits": "What the best earners have in common, and what to raise.",
    "followups": "Which followups of a day to keep.",
    "limits": "Send types above their weekly limits, and what to drop.",
    "campaigns": "Whether campaign families keep their distances and monthly numbers.",
    "games": "Which game to play next, and which to avoid.",
    "kpis": "The dashboard: eight figures with target and alert.",
}
"""Every analysis with its short help; `analyses/<name>.py` holds it."""


@click.group(
    cls=LazyGroup,
    table=ANALYSES,
    package=f"{__package__}.analyses",
    epilog="""\b
Examples:
  schedsolve analyze traits captions.csv       what the ten best earners share
  schedsolve analyze followups followups.csv   the four a day worth sending
  schedsolve analyze limits week.csv           VIP, Snapchat and tip goals of every week
  schedsolve analyze campaigns plan.csv        distances and monthly numbers of campaigns
  schedsolve analyze games games.csv           what the next game should be
  schedsolve analyze kpis --plan plan.json     the dashboard's figures of a plan

\b
Tables are CSV files with a first line of column names, or JSON lists of objects; each analysis tells its columns.
Exit codes: 0 ok, 2 usage, 3 the table cannot be used; each analysis tells its own.""",
)
def command() -> None:
    """Learn from tables of results; tell what to raise, keep, drop or watch."""
