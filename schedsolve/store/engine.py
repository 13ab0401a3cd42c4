"""The store itself: a database, opened, with transactions that write or only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError

from ..errors import StoreError
from .address import address_of, redacted, told
from .errors import OperationTimeoutError, StateConflictError, StoreOutdatedError, StoreUnavailableError
from .events import Events
from .resilience import CALL, Breaker, Retries, is_transient, persistent
from .sqlite import reading_engine, writing_engine

T = TypeVar("T")
_BROKEN = ("disk", "is full", "malformed", "readonly", "read-only", "not a database")


class Store:
    """An open store; `open_store` makes one. It may be shared by threads, not by processes.

    `writing` and `reading` give one transaction; `write` and `read` run a function in one, again if a fault passes.
    """

    def __init__(self, url: URL, writer: Engine, reader: Engine, breaker: Breaker | None, events: Events) -> None:
        self.url = url
        self.events = events
        self.breaker = breaker
        self._writer = writer
        self._reader = reader

    def __repr__(self) -> str:
        return f"Store({self.name})"

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The store's URL as it may be shown."""
        return told(self.url)

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writer.dialect.name

    @property
    def engine(self) -> Engine:
        """The engine that writes."""
        return self._writer

    def telling(self, events: Events) -> Store:
        """The same store for one run: its calls are told among the run's events."""
        return Store(self.url, self._writer, self._reader, self.breaker, events)

    def close(self) -> None:
        """Let go of all connections."""
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes: everything in it is kept, or nothing.

        Raises
        ------
        StoreUnavailableError
            When the database does not answer.
        """
        with _told(self), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that only reads, and sees one state of the store."""
        with _told(self), self._only_reading() as connection:
            yield connection

    def write(self, work: Callable[[Connection], T], retries: Retries = CALL, name: str = "write") -> T:
        """The work's result, done in one transaction; done again while its fault is one that passes."""
        return self._persistent(self._writer.begin, work, retries, name)

    def read(self, work: Callable[[Connection], T], retries: Retries = CALL, name: str = "read") -> T:
        """The same for work that only reads."""
        return self._persistent(self._only_reading, work, retries, name)

    @contextmanager
    def _only_reading(self) -> Iterator[Connection]:
        with self._reader.connect() as connection:
            if self.kind == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    def _persistent(self, begin: Any, work: Callable[[Connection], T], retries: Retries, name: str) -> T:
        begun = perf_counter()
        tries = 0

        def once() -> T:
            nonlocal tries
            tries += 1
            with begin() as connection:
                return work(connection)

        error: str | None = "interrupted"
        try:
            with _told(self):
                result = persistent(once, retries)
            error = None
            return result
        except Exception as failure:
            error = redacted(f"{type(failure).__name__}: {failure}".splitlines()[0])
            raise
        finally:
            self.events.operation_call(
                name, 1000 * (perf_counter() - begun), error=error, retry_count=max(0, tries - 1)
            )


@contextmanager
def _told(store: Store) -> Iterator[None]:
    """Database faults in words of ours, with the next step and without secrets."""
    try:
        yield
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        cause = redacted(str(error.orig).splitlines()[0] if str(error.orig) else type(error.orig).__name__)
        if state == "57014" or "interrupted" in cause:
            raise OperationTimeoutError(f"the database took too long: {cause}") from error
        if state in ("42P01", "42703", "3F000") or "no such table" in cause or "no such column" in cause:
            raise StoreOutdatedError(f"{store.name}: {cause}; `schedsolve db upgrade` brings it up to date") from error
        if "unable to open" in cause:
            raise StoreUnavailableError(f"{store.name}: {cause}; `schedsolve db init` makes a new store") from error
        if error.connection_invalidated or (isinstance(error, OperationalError) and _unavailable(error)):
            raise StoreUnavailableError(f"{store.name} cannot be used: {cause}; check that it runs") from error
        if isinstance(error, IntegrityError):
            raise StateConflictError(f"{store.name}: {cause}") from error
        if isinstance(error, OperationalError | ProgrammingError):
            raise StoreError(f"{store.name}: {cause}") from error
        raise


def _unavailable(error: OperationalError) -> bool:
    """Whether it is the database that failed. SQLite's drivers call every fault operational."""
    return is_transient(error) or any(words in str(error.orig) for words in _BROKEN)


def open_store(url: str | None = None, events: Events | None = None) -> Store:
    """Open a store by its URL (default SCHEDSOLVE_DB); a bare path is an SQLite file. Connects when first used.

    Raises
    ------
    StoreError
        When no store is named, or it cannot be one.
    MissingExtraError
        When the database's driver is not installed.
    """
    address = address_of(url)
    events = events or Events()
    if address.get_backend_name() == "sqlite":
        return Store(address, writing_engine(address), reading_engine(address), None, events)
    from .postgres import server_engine

    breaker = Breaker("the database", events=events)
    engine = server_engine(address, breaker)
    return Store(address, engine, engine, breaker, events)


def exclusively(connection: Connection, *about: str) -> None:
    """Hold a lock on something named until the transaction ends. SQLite's writers hold one on everything anyway."""
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        connection.execute(lock, {"name": "|".join(about)})
