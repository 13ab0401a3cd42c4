"""`schedsolve ab`: the group around A/B tests, each command in a module of its own under `ab_tests/`."""

from __future__ import annotations

import click

from ..lazy_group import LazyGroup

STEPS = {
    "design": "How many observations a test needs, and how long they take.",
    "assign": "Which creator is in which arm.",
    "check": "Whether both groups are large enough, and how long to wait if not.",
}
"""Every step of a test with its short help; `ab_tests/<name>.py` holds it."""


@click.group(
    cls=LazyGroup,
    table=STEPS,
    package=f"{__package__}.ab_tests",
    epilog="""\b
Examples:
  schedsolve ab design test.yaml                     the sample that a test asks for
  schedsolve ab assign night_bumps alexia bella      who is in which arm
  schedsolve ab check test.yaml --control 900 --treatment 870

\b
Exit codes: 0 ok, 2 usage, 3 the file cannot be used, 6 too few observations under --strict.""",
)
def command() -> None:
    """Design A/B tests, check their samples, assign creators to arms."""
