"""Parameter types of replanning: a moment on the clock, and a number of points."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any

import click

_FORM = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?")
MOST_POINTS = 1000


class Moment(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on, at run time too
    """A local time such as 2025-01-23T12:00, or one with an offset."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Text -> datetime, aware when it has an offset."""
        if not _FORM.fullmatch(value):
            self.fail(f"found {value[:40]!r}, must be a local time such as 2025-01-23T12:00", param, ctx)
        try:
            return datetime.fromisoformat(value)
        except ValueError as error:
            self.fail(f"found {value!r}: {error}", param, ctx)


class Cost(click.FloatRange):
    """A number of points from 0 to 1000."""

    name = "points"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Text -> points."""
        cost = float(super().convert(value, param, ctx))
        if math.isnan(cost):
            self.fail(f"found {value!r}, must be a number from 0 to {MOST_POINTS}", param, ctx)
        return cost


MOMENT = Moment()
COST = Cost(0, MOST_POINTS)
