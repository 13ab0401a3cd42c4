"""Watching a solve and ending it early."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ..constraints.preference import POINT


@dataclass(frozen=True)
class Progress:
    """How far a solve is: values in points, `gap` as a share of |value|; None while unknown."""

    phase: str
    value: float | None
    bound: float | None
    gap: float | None
    seconds: float


@dataclass
class Cancellation:
    """Ends a solve early from another thread or a signal handler; the best plan so far is returned."""

    _event: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the solve to end."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether someone asked."""
        return self._event.is_set()


class Reporter:
    """Keeps the best value and bound that several threads tell, and passes them on."""

    def __init__(self, report: Callable[[Progress], None]) -> None:
        self._report = report
        self._begun = time.monotonic()
        self._lock = threading.Lock()
        self._value: int | None = None
        self._bound: int | None = None

    @property
    def bound(self) -> int | None:
        """The best bound told so far."""
        return self._bound

    def tell(self, phase: str, value: int | None = None, bound: int | None = None) -> None:
        """A new best value, or a new bound, in objective units."""
        with self._lock:
            self._value = self._value if value is None else max(value, self._value or value)
            self._bound = self._bound if bound is None else min(bound, self._bound or bound)
            known = self._value is not None and self._bound is not None
            event = Progress(
                phase,
                None if self._value is None else self._value / POINT,
                None if self._bound is None else self._bound / POINT,
                relative_gap(self._value or 0, self._bound or 0) if known else None,
                time.monotonic() - self._begun,
            )
        self._report(event)


def relative_gap(value: int, bound: int) -> float:
    """(bound - value) / |value|; 0 when they meet."""
    return 0.0 if bound <= value else (bound - value) / max(1, abs(value))
