"""Faults that pass: retried after 1, 3 and 9 seconds; and a breaker that stops asking a database that is down."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import pybreaker
import stamina
from sqlalchemy.exc import DBAPIError

from .errors import StoreUnavailableError
from .events import Events

T = TypeVar("T")
_TRANSIENT_STATES = ("08", "40001", "40P01", "53", "55P03", "57P0")
"""PostgreSQL's classes and codes of faults that pass: connection, serialisation, resources, shutdown."""
_BUSY = ("database is locked", "database table is locked", "database is busy")


@dataclass(frozen=True)
class Retries:
    """How often a call is tried again, and how long to wait: `first` seconds, then three times as long each time."""

    times: int
    first: float = 1.0

    @property
    def longest(self) -> float:
        """The wait before the last try."""
        return self.first * 3.0 ** max(0, self.times - 1)


CALL = Retries(3)
"""Waits of 1, 3 and 9 seconds."""
READ = Retries(2)
SAVE = Retries(1)


def is_transient(error: BaseException) -> bool:
    """Whether the same call may well succeed in a moment."""
    if isinstance(error, StoreUnavailableError) or not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_TRANSIENT_STATES)
    text = str(error.orig).lower()
    if type(error.orig).__module__.startswith("psycopg"):
        return type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout")
    return any(busy in text for busy in _BUSY)


def persistent(work: Callable[[], T], retries: Retries) -> T:
    """The work's result, the work tried again while its fault is transient; then the last fault is raised."""
    for attempt in stamina.retry_context(
        on=is_transient,
        attempts=retries.times + 1,
        timeout=None,
        wait_initial=retries.first,
        wait_max=retries.longest,
        wait_jitter=0,
        wait_exp_base=3,
    ):
        with attempt:
            result = work()
    return result


@dataclass(frozen=True)
class CallCounts:
    """What became of the calls that went through a breaker, or were refused by it."""

    total: int = 0
    successful: int = 0
    failed: int = 0
    rejected: int = 0
    consecutive_failures: int = 0
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None


class Breaker:
    """Refuses calls for `open_seconds` after `threshold` failures in a row; then `trials` successes close it again.

    Calls go through one after the other: it is for short ones, such as opening a connection.
    """

    def __init__(
        self,
        name: str,
        threshold: int = 5,
        open_seconds: float = 30.0,
        trials: int = 3,
        events: Events | None = None,
        counts_as_failure: Callable[[Exception], bool] = lambda _: True,
    ) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._counts = CallCounts()
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=threshold,
            reset_timeout=open_seconds,
            success_threshold=trials,
            exclude=[lambda error: not counts_as_failure(error)],
            listeners=[_Watch(self, events or Events())],
            name=name,
            throw_new_error_on_trip=False,
        )

    @property
    def state(self) -> str:
        """`closed`, `open` or `half-open`."""
        return self._breaker.current_state

    @property
    def counts(self) -> CallCounts:
        """What became of the calls so far."""
        with self._lock:
            return self._counts

    def call(self, work: Callable[[], T]) -> T:
        """The work's result.

        Raises
        ------
        StoreUnavailableError
            At once, without calling, while the breaker is open.
        """
        try:
            return self._breaker.call(work)
        except pybreaker.CircuitBreakerError:
            self.note(rejected=1)
            seconds = self._breaker.reset_timeout
            raise StoreUnavailableError(
                f"{self.name} failed {self._breaker.fail_max} times in a row and is not asked for the moment; "
                f"try again in {seconds:g} seconds",
                seconds,
            ) from None

    def note(self, *, successful: int = 0, failed: int = 0, rejected: int = 0) -> None:
        """Count a call."""
        now = datetime.now(UTC)
        with self._lock:
            old = self._counts
            self._counts = replace(
                old,
                total=old.total + 1,
                successful=old.successful + successful,
                failed=old.failed + failed,
                rejected=old.rejected + rejected,
                consecutive_failures=0 if successful else old.consecutive_failures + failed,
                last_success_at=now if successful else old.last_success_at,
                last_failure_at=now if failed else old.last_failure_at,
            )


class _Watch(pybreaker.CircuitBreakerListener):
    """Counts calls and tells of every change of state."""

    def __init__(self, breaker: Breaker, events: Events) -> None:
        self._owner = breaker
        self._events = events

    def success(self, cb: pybreaker.CircuitBreaker) -> None:  # noqa: ARG002
        self._owner.note(successful=1)

    def failure(self, cb: pybreaker.CircuitBreaker, exc: BaseException) -> None:  # noqa: ARG002
        self._owner.note(failed=1)

    def state_change(self, cb: pybreaker.CircuitBreaker, old_state: Any, new_state: Any) -> None:  # noqa: ARG002
        self._events.breaker_change(self._owner.name, old_state.name if old_state else "closed", new_state.name)
