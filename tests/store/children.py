"""What child processes of tests do with a store; top-level functions, so that they can be sent there."""

from __future__ import annotations

from multiprocessing.connection import Connection
from uuid import uuid4

from schedsolve.store.audit_trail import Record, record
from schedsolve.store.engine import open_store
from schedsolve.store.saving import save_schedule

from .weeks import week


def save_until_killed(url: str, sender: Connection) -> None:
    """Save version after version of a week, each with other captions, and tell of each once it is kept."""
    name = uuid4().hex
    with open_store(url) as store:
        number = 0
        while True:
            number += 1
            first = 1 + 2 * (number % 20)
            saved = save_schedule(store, week(captions=(first, first + 1)), key=f"{name} {number}")
            sender.send(saved.schedule_id)


def write_records(url: str, name: str, count: int, sender: Connection) -> None:
    """Write records one by one, each in a transaction of its own; tell what went wrong, or nothing."""
    faults = []
    with open_store(url) as store:
        for number in range(count):
            try:
                record(store, name, None, [Record("operation", {"number": number})])
            except Exception as error:
                faults.append(repr(error))
    sender.send(faults)
