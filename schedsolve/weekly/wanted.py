"""What is asked for: a creator's week, planned with what is known at a moment."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from ..store.request import Request

if TYPE_CHECKING:
    from ..solver.search import Effort

OPERATION = "next_week"
TIME_LIMIT = 60.0
"""Seconds after which a search ends with what it has."""
_SEEDS = 2**31


@dataclass(frozen=True)
class Wanted:
    """A week to be made.

    Attributes
    ----------
    as_of
        The moment from which the creator's figures and the rest of captions are seen. The same moment gives the same
        week.
    week_start
        First day on the creator's wall clock; None for the week after the last one that is kept.
    seed
        None for one that follows from creator and week.
    time_limit
        Seconds by the clock that the search may take; None for no limit.
    """

    creator_id: str
    as_of: datetime
    week_start: date | None = None
    seed: int | None = None
    effort: Effort = "standard"
    time_limit: float | None = TIME_LIMIT

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError(f"as_of has no zone: {self.as_of.isoformat()}; give an offset, or Z")

    def request(self) -> Request:
        """The request as sent, with the version of the engine: equal ones are answered once."""
        return Request(OPERATION, {**asdict(self), "as_of": self.as_of.astimezone(UTC), "engine": engine_version()})

    def seed_of(self, week_start: date) -> int:
        """The seed of the week's draws."""
        if self.seed is not None:
            return self.seed
        digest = sha256(f"{self.creator_id}:{week_start.isoformat()}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % _SEEDS


def engine_version() -> str:
    """The version of this package; empty where it is not installed."""
    try:
        return version("schedsolve")
    except PackageNotFoundError:
        return ""
