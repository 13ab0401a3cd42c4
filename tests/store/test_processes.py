"""Processes that are killed while they save, and many that write at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from multiprocessing.context import ForkServerContext
from random import Random

import pytest
from sqlalchemy import func, select

from schedsolve.store.engine import Store, open_store
from schedsolve.store.schedules import plan_text
from schedsolve.store.tables import audit_trail, caption_usage, idempotency_keys, schedule_items, schedules

from .children import save_until_killed, write_records
from .weeks import add_creator

KILLS = {"sqlite": 100, "postgresql": 50}
WRITERS, WRITES = 16, 200


@pytest.fixture(scope="module")
def context() -> ForkServerContext:
    """Makes children from a clean server that has loaded the store already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.children"])
    return context


def test_killed_savers_leave_whole_schedules_and_lose_none_they_told_of(
    store: Store, url: str, context: ForkServerContext
) -> None:
    add_creator(store, captions=60)
    random = Random(7)
    told: list[str] = []
    for _ in range(KILLS[store.kind]):
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=save_until_killed, args=(url, sender), daemon=True)
        child.start()
        sender.close()
        told.append(receiver.recv())  # it is in the middle of things now
        time.sleep(random.uniform(0, 0.03))
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        while receiver.poll():
            try:
                told.append(receiver.recv())
            except EOFError:
                break
        receiver.close()
    _require_whole(store, told)
    if store.kind == "sqlite":
        connection = sqlite3.connect(store.url.database or "")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


def _require_whole(store: Store, told: list[str]) -> None:
    with store.reading() as connection:
        heads = connection.execute(select(schedules).order_by(schedules.c.version)).all()
        items = dict(
            connection.execute(
                select(schedule_items.c.schedule_id, func.count()).group_by(schedule_items.c.schedule_id)
            ).all()
        )
        uses = connection.scalar(select(func.count()).select_from(caption_usage))
        planned = connection.scalar(
            select(func.count()).select_from(caption_usage).where(caption_usage.c.state == "planned")
        )
        outputs = connection.scalar(
            select(func.count()).select_from(audit_trail).where(audit_trail.c.record_kind == "output")
        )
        interrupted = connection.scalar(
            select(func.count()).select_from(idempotency_keys).where(idempotency_keys.c.state == "in_progress")
        )
    assert interrupted, "no child was killed in the middle of a save"
    assert {head.schedule_id for head in heads} >= set(told)
    assert [head.version for head in heads] == list(range(1, len(heads) + 1))
    assert [head.status for head in heads] == ["superseded"] * (len(heads) - 1) + ["approved"]
    assert set(items.values()) == {20}
    assert set(items) == {head.schedule_id for head in heads}
    assert (uses, planned, outputs) == (2 * len(heads), 2, len(heads))
    assert plan_text(store, told[-1]).startswith("{")


def test_sixteen_processes_write_at_once_and_none_is_locked_out(new_url: object, context: ForkServerContext) -> None:
    url: str = new_url("sqlite")  # type: ignore[operator]
    receivers, children = [], []
    for number in range(WRITERS):
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=write_records, args=(url, f"run {number}", WRITES, sender), daemon=True)
        child.start()
        sender.close()
        receivers.append(receiver)
        children.append(child)
    faults = [fault for receiver in receivers for fault in receiver.recv()]
    for child in children:
        child.join()
    assert faults == []
    with open_store(url) as store, store.reading() as connection:
        kept = connection.execute(
            select(audit_trail.c.generation_id, func.count(), func.max(audit_trail.c.seq)).group_by(
                audit_trail.c.generation_id
            )
        ).all()
    assert sorted(tuple(row) for row in kept) == sorted((f"run {n}", WRITES, WRITES) for n in range(WRITERS))
