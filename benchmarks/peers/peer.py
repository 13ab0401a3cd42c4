"""What every method in the comparison looks like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from schedsolve.model.week import Week
from schedsolve.solver.decode import Decision

Found = Callable[[Decision], None]
"""Called with every plan that is better than the ones before, at the moment it is found."""


class Peer(Protocol):
    """A method that plans a week; it sees the resolved week and nothing else."""

    name: str
    """A short name for tables."""

    def run(self, week: Week, seconds: float, seed: int, found: Found) -> int | None:
        """Plan within `seconds` of wall time and tell each better plan; the bound in units, if one was proved."""
