"""Any order of saving, superseding, approving, publishing and rotating gives the same on both databases."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from schedsolve.errors import SchedsolveError
from schedsolve.model.rotation import RotationState
from schedsolve.store import publishing
from schedsolve.store.engine import Store, open_store
from schedsolve.store.history import history_of
from schedsolve.store.rotation_states import move
from schedsolve.store.saving import Saved, save_schedule
from schedsolve.store.schedules import items_of
from schedsolve.store.tables import metadata

from .databases import answers, clean
from .weeks import APPROVED, MONDAY, REVIEW, ZONE, add_creator, at, small_plan, stamped, week

COUNTED = {"usage_id", "audit_id", "pin_id", "holder"}
"""Columns that count on, or draw, differently; nothing else may differ."""
CAPTIONS = st.lists(st.integers(1, 6), max_size=3, unique=True).map(tuple)


def rows(store: Store) -> dict[str, list[Any]]:
    """Every row of every table, in an order of its own."""
    with store.reading() as connection:
        return {
            table.name: sorted(
                json.dumps(
                    {name: value for name, value in row.items() if name not in COUNTED}, sort_keys=True, default=str
                )
                for row in connection.execute(select(table)).mappings()
            )
            for table in metadata.sorted_tables
        }


class TwoStores(RuleBasedStateMachine):
    """The same calls to every store; `urls` makes them anew, empty."""

    urls: Callable[[], list[str]]

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.stores = [self.opened.enter_context(open_store(url)) for url in type(self).urls()]
        self.hour = 0.0
        self.saved: list[tuple[str, dict[str, Any], Saved]] = []

    def teardown(self) -> None:
        self.opened.close()

    def same(self, call: Callable[[Store], Any]) -> Any:
        """What the call gives, or the error it raises: the same of all stores."""
        self.hour += 1
        told = [self._told(call, store) for store in self.stores]
        assert all(one == told[0] for one in told), told
        return told[0]

    @staticmethod
    def _told(call: Callable[[Store], Any], store: Store) -> Any:
        try:
            return call(store)
        except SchedsolveError as error:
            return (type(error), str(error))

    @initialize()
    def people(self) -> None:
        for store in self.stores:
            add_creator(store, captions=6)

    @rule(number=st.integers(0, 2), captions=CAPTIONS, review=st.booleans(), count=st.integers(1, 8))
    def save(self, number: int, captions: tuple[int, ...], review: bool, count: int) -> None:
        first = MONDAY + timedelta(days=3 * number)
        handed = history_of(self.stores[0], "alexia", first, ZONE).history.model_dump(mode="json")
        options = {
            "first": first,
            "verdict": REVIEW if review else APPROVED,
            "captions": captions[:count],
            "items": small_plan(first, captions=captions[:count]).items[:count],
            "scenario": stamped(handed),
            "generation_id": f"run {len(self.saved)}",
        }
        key = f"key {len(self.saved)}"
        told = self.same(lambda store: save_schedule(store, week(**options), key=key, clock=at(self.hour)))
        if isinstance(told, Saved):
            self.saved.append((key, options, told))

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        if self.saved:
            key, options, before = data.draw(st.sampled_from(self.saved))
            told = self.same(lambda store: save_schedule(store, week(**options), key=key, clock=at(self.hour)))
            assert told.replayed
            assert told.schedule_id == before.schedule_id

    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        if self.saved:
            _, _, saved = data.draw(st.sampled_from(self.saved))
            self.same(lambda store: publishing.approve(store, saved.schedule_id, "dana", clock=at(self.hour)))

    @rule(
        data=st.data(),
        act=st.sampled_from(["begin_publishing", "begin_publishing", "published", "publishing_failed", "cancel_item"]),
    )
    def publish(self, data: st.DataObject, act: str) -> None:
        if self.saved:
            _, _, saved = data.draw(st.sampled_from(self.saved))
            place = data.draw(st.integers(0, saved.item_count - 1))
            item = items_of(self.stores[0], saved.schedule_id)[place].item_id
            timed = {"clock": at(self.hour)} if act == "published" else {}
            self.same(lambda store: getattr(publishing, act)(store, item, **timed))

    @rule(state=st.sampled_from(list(RotationState)))
    def rotate(self, state: RotationState) -> None:
        self.same(lambda store: move(store, "alexia", state, clock=at(self.hour)))

    @rule(number=st.integers(0, 3))
    def hand_over(self, number: int) -> None:
        self.same(lambda store: history_of(store, "alexia", MONDAY + timedelta(days=3 * number)))

    @invariant()
    def rows_are_the_same_and_sound(self) -> None:
        first, *others = [rows(store) for store in self.stores]
        for other in others:
            assert other == first
        with self.stores[0].reading() as connection:
            heads = connection.execute(select(metadata.tables["schedules"])).all()
        standing = [head.week_start for head in heads if head.status != "superseded"]
        assert len(standing) == len(set(standing)) == len({head.week_start for head in heads})
        assert len(heads) == len(self.saved)


def test_any_order_gives_the_same_everywhere(
    tmp_path: Path, migrated_file: Path, request: pytest.FixtureRequest
) -> None:
    """On SQLite alone where no server answers."""
    shared = request.getfixturevalue("shared_database") if answers() else None
    count = 0

    def urls() -> list[str]:
        nonlocal count
        count += 1
        path = tmp_path / f"store{count}.db"
        shutil.copy(migrated_file, path)
        if shared is None:
            return [str(path)]
        clean(shared)
        return [str(path), shared]

    machine = type("Machine", (TwoStores,), {"urls": staticmethod(urls)})
    run_state_machine_as_test(machine, settings=settings(max_examples=12, stateful_step_count=15, deadline=None))
