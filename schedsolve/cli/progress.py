"""Progress on stderr: one line that rewrites itself on a terminal, elsewhere one line per phase.

The search tells from its own threads; drawing happens in the main thread, by `tick`.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from .terminal import decorated, say

if TYPE_CHECKING:
    from ..solver.progress import Progress

REDRAW_SECONDS = 0.1
PHASE_SECONDS = 1.0
"""A phase stays on the line at least so long: two threads take turns in telling theirs."""
_PREPARING = "preparing"


class ProgressLine:
    """Shows how far a solve is: `told` takes events, `tick` draws, `close` leaves a clean line."""

    def __init__(self, rewrite: bool | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._rewrite = decorated(sys.stderr) if rewrite is None else rewrite
        self._clock = clock
        self._begun = clock()
        self._latest: Progress | None = None
        self._waiting: list[Progress] = []
        self._phases: set[str] = set()
        self._phase, self._phase_since = _PREPARING, clock()
        self._drawn_at = float("-inf")

    def told(self, event: Progress) -> None:
        """Take note of an event; any thread may call."""
        self._latest = event
        if event.phase not in self._phases:
            self._phases.add(event.phase)
            self._waiting.append(event)

    def tick(self) -> None:
        """Draw what is new; main thread only."""
        if not self._rewrite:
            while self._waiting:
                event = self._waiting.pop(0)
                say(f"{event.phase}: {_figures(event, event.seconds)}")
            return
        now = self._clock()
        if now - self._drawn_at >= REDRAW_SECONDS:
            self._drawn_at = now
            self._draw(self._line(now))

    def stopping(self, so_far: str = "the best plan so far") -> None:
        """Say that the search was asked to end."""
        self.close()
        say(f"Stopping with {so_far}; a second signal quits at once.")

    def close(self) -> None:
        """Show what is left to show, and clear the line."""
        if self._rewrite:
            self._draw("")
        else:
            self.tick()

    def _line(self, now: float) -> str:
        event = self._latest
        if event is None:
            return f"{self._phase}  {now - self._begun:.1f} s"
        held = now - self._phase_since
        if self._phase == _PREPARING or (event.phase != self._phase and held >= PHASE_SECONDS):
            self._phase, self._phase_since = event.phase, now
        return f"{self._phase:<10}  {_figures(event, now - self._begun)}"

    def _draw(self, line: str) -> None:
        room = shutil.get_terminal_size((80, 24)).columns - 1
        sys.stderr.write(f"\r{line[:room]}\x1b[K")
        sys.stderr.flush()


def _figures(event: Progress, seconds: float) -> str:
    parts = []
    if event.value is not None:
        parts.append(f"value {event.value:,.1f}")
    if event.gap is not None:
        parts.append(f"gap {event.gap:.2%}" if event.gap < 1 else "gap over 100%")
    return ", ".join([*parts, f"{seconds:.1f} s"])
