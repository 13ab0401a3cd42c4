"""Work that a signal ends gently: Ctrl-C or SIGTERM asks once, the second time the process ends at once.

The solver runs in native code that sees no signals, so the work is done in a thread, and the main thread waits in small
steps in which Python can run the signal handlers.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from ..solver.progress import Cancellation

T = TypeVar("T")
STEP_SECONDS = 0.05
ECHO_SECONDS = 0.25
"""A second signal so soon is an echo of the first: `timeout` sends one to the process and one to its group."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruptible(Generic[T]):
    """Runs `work` in a thread; the first signal cancels `cancellation`, the second exits with 128 + signal.

    While it runs, the main thread calls `tick` every STEP_SECONDS, and `stopping` once after the first signal.
    """

    def __init__(
        self,
        work: Callable[[], T],
        cancellation: Cancellation,
        tick: Callable[[], None] = lambda: None,
        stopping: Callable[[], None] = lambda: None,
    ) -> None:
        self._work = work
        self._cancellation = cancellation
        self._tick = tick
        self._stopping = stopping
        self._results: list[T] = []
        self._errors: list[BaseException] = []
        self._first_signal: float | None = None

    def run(self) -> T:
        """The result of the work. Raises what it raised."""
        thread = threading.Thread(target=self._guarded, name="schedsolve-work", daemon=True)
        told = False
        with self._signals():
            thread.start()
            while thread.is_alive():
                thread.join(STEP_SECONDS)
                self._tick()
                if self._cancellation.cancelled and not told:
                    told = True
                    self._stopping()
        if self._errors:
            raise self._errors[0]
        return self._results[0]

    def _guarded(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:  # it goes on in the main thread
            self._errors.append(error)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._first_signal is None:
            self._first_signal = now
            self._cancellation.cancel()
        elif now - self._first_signal > ECHO_SECONDS:
            os._exit(128 + number)  # native code may never come back, so no clean-up can be awaited

    @contextmanager
    def _signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():  # only there handlers can be set
            yield
            return
        before = {number: signal.signal(number, self._on_signal) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
