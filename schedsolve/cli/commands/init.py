"""`schedsolve init`: a commented example scenario."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from ..parameters import KIND
from ..saving import Destination
from ..terminal import emit, say


@click.command(
    epilog="""\b
Examples:
  schedsolve init                    print the example
  schedsolve init --out week.yaml    write it to a file
  schedsolve init creator-week --out week.yaml --force"""
)
@click.argument("kind", type=KIND, default="creator-week")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE instead of stdout.")
@click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")
def command(kind: str, out: Path | None, force: bool) -> None:
    """Write a complete example scenario of a KIND, every key explained by a comment."""
    text = files("schedsolve.cli").joinpath("templates", f"{kind}.yaml").read_bytes()
    if out is None:
        emit(text)
        return
    if out.exists() and not force:
        raise click.BadParameter(f"{out} exists; choose another name or add --force", param_hint="--out")
    Destination.of(out).save(text)
    say(f"Wrote {out}. Next: schedsolve solve {out}")
