"""The formats in which a plan leaves: asked for by name, or by the suffix of a file."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ...model.plan import Plan

FORMATS = ("table", "json", "csv", "ics")


def file_format(path: Path, stated: str | None) -> str:
    """The format of a file: by its suffix, else as stated; what would be a table is saved as JSON."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix in ("json", "csv", "ics"):
        return suffix
    return stated if stated in ("csv", "ics") else "json"


def require(name: str) -> None:
    """Refuse, before any work, a format whose library is not installed. Raises click.UsageError."""
    if name == "ics" and not _installed("icalendar"):
        raise click.UsageError("the format ics needs the icalendar library: pip install schedsolve[ics]")


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ValueError:  # blocked in sys.modules
        return False


def exported(plan: Plan, name: str, timings: bool = False) -> bytes:
    """The plan as JSON, CSV or iCalendar."""
    if name == "csv":
        from .csv import plan_as_csv

        return plan_as_csv(plan)
    if name == "ics":
        from .ics import plan_as_ics

        return plan_as_ics(plan)
    return plan.to_json(timings).encode()
