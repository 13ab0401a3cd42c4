"""Work that is done once for a key: claimed by an insert before it begins, its result kept for a while.

At least once, never exactly once: when a holder dies, its lease ends and the work may run again. What must not happen
twice carries the key itself (a schedule's unique `request_key`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..errors import StoreError
from .engine import Store
from .errors import IdempotencyConflictError, LeaseLostError, OperationTimeoutError
from .moments import Clock
from .moments import now as _now
from .request import Request
from .resilience import Retries
from .tables import idempotency_keys as keys

LIFETIME = timedelta(minutes=60)
LEASE = timedelta(minutes=5)
WAIT_SECONDS = 60.0
_POLL = (0.01, 0.25)


@dataclass(frozen=True)
class Claim:
    """The right to do a request's work until the lease ends; `holder` tells this claim from a later one."""

    key: str
    request: Request
    holder: str
    lifetime: timedelta


@dataclass(frozen=True)
class Answer:
    """A request's result, plain data; `replayed` when it was kept from before."""

    result: Any
    replayed: bool


def run_once(
    store: Store,
    request: Request,
    work: Callable[[Claim], Any],
    *,
    key: str | None = None,
    lifetime: timedelta = LIFETIME,
    lease: timedelta = LEASE,
    wait: float = WAIT_SECONDS,
    clock: Clock = _now,
    completes: bool = False,
) -> Answer:
    """The result of the work, which runs unless it ran already; who comes second waits for the first.

    Work that `completes` keeps its result itself, with `complete` in its own transaction. Work that fails gives its
    claim back.

    Raises
    ------
    IdempotencyConflictError
        When the key was used for another request.
    OperationTimeoutError
        When another holder does not end within `wait` seconds.
    """
    held = claim(store, request, key=key, lifetime=lifetime, lease=lease, wait=wait, clock=clock)
    if isinstance(held, Answer):
        return held
    try:
        result = work(held)
        if not completes:
            store.write(lambda connection: complete(connection, held, result, clock()), name="idempotency_complete")
    except BaseException:
        with suppress(StoreError):  # its lease ends in any case
            release(store, held)
        raise
    return Answer(result, False)


def claim(
    store: Store,
    request: Request,
    *,
    key: str | None = None,
    lifetime: timedelta = LIFETIME,
    lease: timedelta = LEASE,
    wait: float = WAIT_SECONDS,
    clock: Clock = _now,
) -> Claim | Answer:
    """A claim on the work, or its kept result; waits while another holds the claim. Raises as `run_once` does."""
    wanted = Claim(key or request.hash, request, uuid4().hex, lifetime)
    deadline, pause = time.monotonic() + wait, _POLL[0]
    while True:
        found = store.write(lambda connection: _take(connection, wanted, clock(), lease), name="idempotency_claim")
        if found is not None:
            return found
        if time.monotonic() + pause > deadline:
            raise OperationTimeoutError(f"{request.operation} is still running under the key {wanted.key}; ask again")
        time.sleep(pause)
        pause = min(2 * pause, _POLL[1])


def _take(connection: Connection, wanted: Claim, now: datetime, lease: timedelta) -> Claim | Answer | None:
    """One try: the claim, the kept answer, or None while another holds it."""
    row = {
        "idempotency_key": wanted.key,
        "operation": wanted.request.operation,
        "request_hash": wanted.request.hash,
        "state": "in_progress",
        "holder": wanted.holder,
        "result": None,
        "claimed_at": now,
        "lease_until_at": now + lease,
        "expires_at": now + lease + wanted.lifetime,
    }
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    insert = make(keys).values(row).on_conflict_do_nothing().returning(keys.c.idempotency_key)
    if connection.scalar(insert) is not None:
        return wanted
    held = connection.execute(select(keys).where(keys.c.idempotency_key == wanted.key).with_for_update()).one_or_none()
    if held is None:  # removed in between; the next try inserts
        return None
    over = held.expires_at <= now if held.state == "completed" else held.lease_until_at <= now
    if over:
        connection.execute(update(keys).where(keys.c.idempotency_key == wanted.key).values(row))
        return wanted
    if held.request_hash != wanted.request.hash:
        raise IdempotencyConflictError(
            f"the key {wanted.key} was used for another request of {held.operation}; use a new key"
        )
    return Answer(held.result, True) if held.state == "completed" else None


def complete(connection: Connection, held: Claim, result: Any, now: datetime) -> None:
    """Keep the result of claimed work, in the work's own transaction.

    Raises
    ------
    LeaseLostError
        When the claim is no longer ours; the transaction must not be kept.
    """
    mine = (keys.c.idempotency_key == held.key) & (keys.c.holder == held.holder)
    done = connection.execute(
        update(keys)
        .where(mine, keys.c.state == "in_progress")
        .values(state="completed", result=result, expires_at=now + held.lifetime)
    )
    if not done.rowcount:
        raise LeaseLostError(
            f"{held.request.operation} took longer than its lease, and was taken over; nothing was kept"
        )


def release(store: Store, held: Claim) -> None:
    """Give a claim back, so that the work may be tried again at once."""
    mine = (keys.c.idempotency_key == held.key) & (keys.c.holder == held.holder)
    store.write(
        lambda connection: connection.execute(delete(keys).where(mine, keys.c.state == "in_progress")),
        Retries(0),
        name="idempotency_release",
    )


def check(store: Store, key: str, *, clock: Clock = _now) -> Answer | None:
    """The kept answer of a key, or None; nothing is stored."""
    with store.reading() as connection:
        held = connection.execute(
            select(keys.c.result).where(
                keys.c.idempotency_key == key, keys.c.state == "completed", keys.c.expires_at > clock()
            )
        ).one_or_none()
    return None if held is None else Answer(held.result, True)


def invalidate(store: Store, key: str) -> bool:
    """Forget a key; whether there was one."""
    return store.write(
        lambda connection: bool(connection.execute(delete(keys).where(keys.c.idempotency_key == key)).rowcount),
        name="idempotency_invalidate",
    )


def purge(store: Store, *, clock: Clock = _now) -> int:
    """Forget the keys whose time is over; how many there were."""
    return store.write(
        lambda connection: connection.execute(delete(keys).where(keys.c.expires_at <= clock())).rowcount,
        name="idempotency_purge",
    )
