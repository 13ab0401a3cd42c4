"""Retries of faults that pass, and the breaker."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from threading import Lock

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from schedsolve.store.engine import Store, open_store
from schedsolve.store.errors import StoreUnavailableError
from schedsolve.store.resilience import CALL, READ, SAVE, Breaker, Retries, is_transient, persistent

BUSY = OperationalError("", {}, sqlite3.OperationalError("database is locked"))
QUICK = Retries(3, first=0.001)


def failing(times: int, error: Exception = BUSY) -> tuple[list[int], object]:
    """Work that fails some times and then succeeds, with a list of its calls."""
    calls: list[int] = []

    def work() -> str:
        calls.append(len(calls))
        if len(calls) <= times:
            raise error
        return "done"

    return calls, work


@pytest.mark.parametrize(("retries", "waits"), [(CALL, [1, 3, 9]), (READ, [1, 3]), (SAVE, [1])])
def test_waits_grow_threefold(retries: Retries, waits: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    calls, work = failing(99)
    with pytest.raises(OperationalError):
        persistent(work, retries)  # type: ignore[arg-type]
    assert slept == waits
    assert len(calls) == len(waits) + 1


@pytest.mark.parametrize(("times", "calls"), [(0, 1), (1, 2), (3, 4)])
def test_a_fault_that_passes_is_tried_again(times: int, calls: int) -> None:
    made, work = failing(times)
    assert persistent(work, QUICK) == "done"  # type: ignore[arg-type]
    assert len(made) == calls


@pytest.mark.parametrize(
    "error", [ValueError("no"), IntegrityError("", {}, sqlite3.IntegrityError("UNIQUE")), StoreUnavailableError("open")]
)
def test_a_fault_that_stays_is_raised_at_once(error: Exception) -> None:
    made, work = failing(9, error)
    with pytest.raises(type(error)):
        persistent(work, QUICK)  # type: ignore[arg-type]
    assert len(made) == 1


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (psycopg.OperationalError("connection refused"), True),
        (psycopg.errors.SerializationFailure(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.errors.InvalidPassword(), False),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.SyntaxError(), False),
        (sqlite3.OperationalError("database is locked"), True),
        (sqlite3.OperationalError("no such table: x"), False),
    ],
)
def test_which_faults_pass(error: Exception, expected: bool) -> None:
    assert is_transient(OperationalError("", {}, error)) is expected


def test_a_server_that_is_down_is_asked_four_times_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with open_store("postgresql://nobody:secret@127.0.0.1:9/x") as store:
        with pytest.raises(StoreUnavailableError, match="check that it runs") as refused:
            store.read(lambda connection: connection.scalar)
        assert "secret" not in str(refused.value)
        assert slept == [1, 3, 9]
        breaker = store.breaker
        assert breaker is not None
        assert (breaker.counts.failed, breaker.state) == (4, "closed")
        with pytest.raises(StoreUnavailableError, match="is not asked for the moment"):
            store.read(lambda connection: connection.scalar)
        assert breaker.state == "open"
        assert breaker.counts.rejected == 1


def boom() -> None:
    raise ConnectionError


def test_fifty_failing_calls_by_twenty_workers_open_it() -> None:
    executed = 0
    lock = Lock()

    def fail() -> None:
        nonlocal executed
        with lock:
            executed += 1
        raise ConnectionError

    breaker = Breaker("test")

    def call(_: int) -> None:
        with suppress(ConnectionError, StoreUnavailableError):
            breaker.call(fail)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(call, range(50)))
    assert breaker.state == "open"
    assert executed == 5
    counts = breaker.counts
    assert (counts.total, counts.failed, counts.rejected, counts.consecutive_failures) == (50, 5, 45, 5)


def test_it_opens_waits_tries_and_closes(caplog: pytest.LogCaptureFixture) -> None:
    breaker = Breaker("test", threshold=2, open_seconds=0.2)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            breaker.call(boom)
    with pytest.raises(StoreUnavailableError) as refused:
        breaker.call(boom)
    assert refused.value.retry_after == 0.2
    time.sleep(0.25)
    states = []
    for _ in range(3):
        breaker.call(lambda: None)
        states.append(breaker.state)
    assert states == ["half-open", "half-open", "closed"]
    told = [record.getMessage() for record in caplog.records]
    assert sum("breaker_change" in line for line in told) == 3


def test_one_failure_on_trial_opens_it_again() -> None:
    breaker = Breaker("test", threshold=1, open_seconds=0.05)
    with pytest.raises(ConnectionError):
        breaker.call(boom)
    time.sleep(0.06)
    breaker.call(lambda: None)
    with pytest.raises(ConnectionError):
        breaker.call(boom)
    assert breaker.state == "open"


def test_a_success_in_between_starts_the_count_anew() -> None:
    breaker = Breaker("test", threshold=3)
    for number in range(20):
        with suppress(ConnectionError):
            breaker.call(boom if number % 3 else lambda: None)
    assert breaker.state == "closed"


def test_retries_are_told_with_their_number(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    tries = count(1)

    def work(_: object) -> str:
        if next(tries) < 3:
            raise BUSY
        return "done"

    caplog.set_level("INFO", "schedsolve.events")
    assert store.write(work, QUICK, "save") == "done"
    assert '"name": "save", "success": true, "error": null, "retry_count": 2' in caplog.text
