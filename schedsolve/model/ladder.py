"""The relaxation ladder: what each step opens, for a day on which sends do not fit (specification, section 8).

Step 1 drops the creator's own peak hours, which are preferences and never keep a send out; steps 5 and 6 move and drop
sends and open nothing further.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EVERY_HOUR = frozenset(range(24))


@dataclass(frozen=True)
class Step:
    """One step: a send needs `spacing` minutes before it at most, and `opened` hours are no longer avoided."""

    spacing: int
    opened: frozenset[int]
    severity: Literal["info", "warning", "error"]


NEVER_BINDS = 24 * 60
LADDER: tuple[Step, ...] = (
    Step(NEVER_BINDS, frozenset(), "info"),
    Step(NEVER_BINDS, frozenset(), "info"),
    Step(30, frozenset(), "warning"),
    Step(20, frozenset({6}), "warning"),
    Step(15, EVERY_HOUR, "warning"),
    Step(15, EVERY_HOUR, "warning"),
    Step(15, EVERY_HOUR, "error"),
)
"""By number. A step's spacing only ever lowers what the scenario asks for."""
OPENING = (2, 3, 4)
"""Steps that open something."""
MOVE, DROP = 5, 6
