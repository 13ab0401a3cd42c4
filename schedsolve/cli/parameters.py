"""Parameter types that refuse what the solver could not use."""

from __future__ import annotations

import math
from typing import Any

import click

MAX_SEED = 2**63 - 1
MAX_SECONDS = 7 * 24 * 3600.0


class Seconds(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on, at run time too
    """A duration in seconds: finite, more than 0, at most a week."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Text -> seconds."""
        try:
            seconds = float(value)
        except ValueError:
            self.fail(f"found {value!r}, must be a number of seconds", param, ctx)
        if not math.isfinite(seconds) or not 0 < seconds <= MAX_SECONDS:
            self.fail(f"found {value!r}, must be more than 0 and at most {MAX_SECONDS:.0f} (a week)", param, ctx)
        return seconds


class Percent(click.FloatRange):
    """A number from 0 to 100."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Text -> percent."""
        percent = float(super().convert(value, param, ctx))
        if math.isnan(percent):
            self.fail(f"found {value!r}, must be a number from 0 to 100", param, ctx)
        return percent


class Share(Percent):
    """The same, with or without its sign: `1%` or `1`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Text -> percent."""
        return super().convert(value.strip().removesuffix("%") if isinstance(value, str) else value, param, ctx)


SECONDS = Seconds()
PERCENT = Percent(0, 100)
SHARE = Share(0, 100)
SEED = click.IntRange(0, MAX_SEED)
EXISTING = click.Path(path_type=str)
"""A file that is read; that it exists is checked, with everything else, by the reader."""
KIND = click.Choice(["creator-week"])
EFFORT = click.option(
    "--effort",
    type=click.Choice(["quick", "standard", "thorough"]),
    default="standard",
    show_default=True,
    help="How long to search, in machine-independent work.",
)
"""The option of every command that solves a week as well as `solve` does."""
