"""`schedsolve schema`: the JSON Schema of scenarios."""

from __future__ import annotations

import json

import click

from ..parameters import KIND
from ..terminal import emit


@click.command(
    epilog="""\b
Examples:
  schedsolve schema > creator-week.schema.json
\b
In VS Code (YAML extension), the first line of a scenario:
  # yaml-language-server: $schema=./creator-week.schema.json"""
)
@click.argument("kind", type=KIND, default="creator-week")
def command(kind: str) -> None:
    """Print the JSON Schema (draft-07) of scenarios of a KIND, for editors that complete and check YAML."""
    from ...model.json_schema import SCHEMAS

    emit((json.dumps(SCHEMAS[kind](), indent=2, ensure_ascii=False) + "\n").encode())
