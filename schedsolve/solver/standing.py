"""A plan that stands: what has gone out, what is still to come, and what has been said of both since it was made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..model.campaign_families import Family
from .decode import Decision

NEARNESS = 30
"""Minutes around a cancelled send in which its type is not put back, both ends included."""


@dataclass(frozen=True)
class Standing:
    """A decision that is partly history.

    Attributes
    ----------
    decision
        Its sends in time order. What can no longer be (cancelled, say) is left out; `missing` means nothing.
    now
        Absolute minute: sends before it have gone out. 0 or less when nothing has.
    begun
        Days that have begun, from the first on; their strategies stay.
    silent
        Places of past sends that failed: no followup of theirs goes out any more.
    barred
        Type and minute of cancelled sends.
    approved, approved_followups
        Places of sends and of followups that must stay as they are.
    touched
        Days of sends that can no longer be: there it is worth looking first.
    """

    decision: Decision
    now: int
    begun: int
    silent: frozenset[int] = frozenset()
    barred: tuple[tuple[str, int], ...] = ()
    approved: frozenset[int] = frozenset()
    approved_followups: frozenset[int] = frozenset()
    touched: frozenset[int] = frozenset()

    @cached_property
    def gone(self) -> int:
        """How many of the decision's sends have gone out: the first so many."""
        return sum(send.minute < self.now for send in self.decision.sends)

    @property
    def carried(self) -> tuple[Family | None, ...]:
        """The campaign family of each send that has gone out."""
        return tuple(self.decision.campaigns.get(place) for place in range(self.gone))

    @cached_property
    def planned(self) -> int:
        """Sends and followups still to come."""
        later = sum(followup.minute >= self.now for followup in self.decision.followups)
        return len(self.decision.sends) - self.gone + later
