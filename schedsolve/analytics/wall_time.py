"""A minute on the creator's clock, as rows state it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator

from ..model.calendar import FIRST_YEAR, LAST_YEAR
from ..model.fields import LocalTime


def _on_the_wall(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        raise ValueError(f"found {moment.isoformat()}, expected the creator's local time without a zone or offset")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"found {moment.isoformat()}, expected a time in the years {FIRST_YEAR} to {LAST_YEAR}")
    return moment


WallTime = Annotated[LocalTime, AfterValidator(_on_the_wall)]
"""Local time without a zone, such as 2025-01-22T20:07."""
