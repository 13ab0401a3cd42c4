"""A week is kept whole, in versions, and once for a request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, update

from schedsolve.model.plan import Pin
from schedsolve.model.volume import Prediction
from schedsolve.store.audit_trail import Record, trail_of
from schedsolve.store.engine import Store
from schedsolve.store.errors import (
    CreatorNotFoundError,
    IdempotencyConflictError,
    StateConflictError,
    UnknownReferenceError,
    ValidationRejectedError,
)
from schedsolve.store.idempotency import Claim, invalidate, run_once
from schedsolve.store.predictions import StoredPredictions
from schedsolve.store.request import Request
from schedsolve.store.saving import save_schedule
from schedsolve.store.schedules import plan, plan_text, schedule, schedules_of, standing_schedule
from schedsolve.store.tables import caption_usage, pins, predictions, rotation_states, schedule_items, schedules
from schedsolve.store.verdict import Verdict

from .weeks import APPROVED, MONDAY, REVIEW, add_creator, at, counts, item, small_plan, week


@pytest.fixture
def known(store: Store) -> Store:
    add_creator(store, captions=40)
    return store


def test_a_kept_plan_comes_back_byte_for_byte(known: Store) -> None:
    kept = week(captions=(1, 2, 3))
    saved = save_schedule(known, kept, clock=at())
    assert plan_text(known, saved.schedule_id) == kept.plan.to_json()
    assert plan(known, saved.schedule_id) == kept.plan.model_copy(
        update={"timings": kept.plan.timings.model_copy(update={"wall_seconds": None})}
    )


def test_the_head_tells_what_is_kept(known: Store) -> None:
    saved = save_schedule(known, week(verdict=REVIEW, generation_id="run 1"), clock=at())
    head = schedule(known, saved.schedule_id)
    assert (head.creator_id, head.week_start, head.days, head.timezone) == ("alexia", MONDAY, 3, "America/New_York")
    assert (head.version, head.status, head.score, head.generation_id) == (1, "needs_review", 80, "run 1")
    assert head.created_at == at()()
    assert head == standing_schedule(known, "alexia", MONDAY)


def test_followups_hang_on_the_item_of_their_parent(known: Store) -> None:
    saved = save_schedule(known, week(), clock=at())
    parent = schedule_items.alias()
    with known.reading() as connection:
        links = connection.execute(
            select(schedule_items.c.slot_id, parent.c.slot_id).join(
                parent, parent.c.item_id == schedule_items.c.parent_item_id
            )
        ).all()
    assert links
    assert all(tuple(link) == (f"{link[1]}_followup", link[1]) for link in links)
    assert saved.item_count == len(small_plan().items)


def test_money_is_kept_in_cents(known: Store) -> None:
    sends = [item("2025-01-20 20:22", "ppv_unlock", suggested_price=14.995, ppv_style="solo")]
    save_schedule(known, week(items=tuple(sends)), clock=at())
    with known.reading() as connection:
        assert connection.scalar(select(schedule_items.c.suggested_price_cents)) == 1500


def test_a_new_version_supersedes_the_old_and_frees_its_captions(known: Store) -> None:
    first = save_schedule(known, week(captions=(1, 2, 3)), clock=at())
    second = save_schedule(known, week(captions=(3, 4)), clock=at(1))
    assert (first.version, second.version) == (1, 2)
    assert [(head.version, head.status) for head in schedules_of(known, "alexia", MONDAY)] == [
        (1, "superseded"),
        (2, "approved"),
    ]
    with known.reading() as connection:
        uses = connection.execute(
            select(caption_usage.c.caption_id, caption_usage.c.state).order_by(caption_usage.c.usage_id)
        ).all()
    assert [tuple(use) for use in uses] == [
        (1, "cancelled"),
        (2, "cancelled"),
        (3, "cancelled"),
        (3, "planned"),
        (4, "planned"),
    ]


def test_the_same_week_again_is_answered_from_what_is_kept(known: Store) -> None:
    kept = week()
    first = save_schedule(known, kept, clock=at())
    before = counts(known)
    again = save_schedule(known, replace(kept, generation_id="another run"), clock=at(0.5))
    assert again == replace(first, replayed=True)
    assert counts(known) == before


@pytest.mark.parametrize("hours", [2, 200])
def test_a_late_resubmission_makes_no_second_schedule(known: Store, hours: float) -> None:
    kept = week()
    first = save_schedule(known, kept, key="client key", clock=at())
    invalidate(known, "client key")
    again = save_schedule(known, kept, key="client key", clock=at(hours))
    assert again == replace(first, replayed=True)
    assert counts(known)["schedules"] == 1


@pytest.mark.parametrize("hours", [0.5, 2])
def test_a_key_that_was_used_for_another_week_is_a_conflict(known: Store, hours: float) -> None:
    save_schedule(known, week(), key="client key", clock=at())
    with pytest.raises(IdempotencyConflictError, match="use a new key"):
        save_schedule(known, week(captions=(5,)), key="client key", clock=at(hours))
    assert counts(known)["schedules"] == 1


@pytest.mark.parametrize(
    "verdict",
    [Verdict("rejected", 69), Verdict("approved", 90, errors=1), Verdict("needs_review", 69)],
)
def test_a_week_with_errors_or_a_low_score_is_refused_and_its_report_kept(known: Store, verdict: Verdict) -> None:
    with pytest.raises(ValidationRejectedError, match="plan it again"):
        save_schedule(known, week(verdict=verdict, generation_id="run"), clock=at())
    assert counts(known)["schedules"] == 0
    (kept,) = trail_of(known, "run")
    assert (kept.record.kind, kept.record.severity) == ("validation", "critical")
    assert kept.record.payload["score"] == verdict.score


def test_an_unknown_creator_is_refused(store: Store) -> None:
    with pytest.raises(CreatorNotFoundError, match="'alexia'"):
        save_schedule(store, week(), clock=at())


def test_unknown_and_retired_keys_are_refused_all_at_once(known: Store) -> None:
    send = item("2025-01-20 20:22", "ppv_unlock", ppv_style="solo")
    changes: list[dict[str, Any]] = [
        {"send_type_key": "ppv_message"},
        {"target_key": "everyone"},
        {"caption_id": 4711},
        {"content_type_id": 9},
    ]
    items = tuple(send.model_copy(update={"slot_id": str(n), **change}) for n, change in enumerate(changes))
    with pytest.raises(UnknownReferenceError) as refused:
        save_schedule(known, week(items=items), clock=at())
    assert refused.value.faults == (
        "ppv_message is retired; write ppv_unlock",
        "no target everyone is known",
        "no caption 4711 is known",
        "no content type 9 is known",
    )


def test_a_refused_week_gives_its_key_back(known: Store) -> None:
    kept = week(creator_id="nobody")
    for _ in range(2):
        with pytest.raises(CreatorNotFoundError):
            save_schedule(known, kept, key="k", clock=at())
    add_creator(known, "nobody")
    assert not save_schedule(known, kept, key="k", clock=at()).replayed


def test_a_caption_is_used_once_a_week(known: Store) -> None:
    items = small_plan().items[:2]
    twice = tuple(one.model_copy(update={"caption_id": 7}) for one in items)
    with pytest.raises(StateConflictError, match=r"(?i)unique"):
        save_schedule(known, week(items=twice), clock=at())
    assert counts(known)["schedule_items"] == 0


def test_the_rotation_is_that_of_the_latest_week(known: Store) -> None:
    save_schedule(known, week(MONDAY + timedelta(days=7)), clock=at())
    save_schedule(known, week(MONDAY), clock=at(1))
    with known.reading() as connection:
        row = connection.execute(select(rotation_states)).one()
    assert (row.current_state, row.days_on_pattern, row.row_version) == ("pattern_active", 3, 1)
    assert row.pattern_start_at.isoformat() == "2025-01-27T05:00:00+00:00"


def test_pins_are_kept_under_the_id_of_their_post(known: Store) -> None:
    post = next(one for one in small_plan().items if one.send_type_key == "game_post")
    pin = Pin(
        item=post.slot_id,
        send_type_key="game_post",
        starts_at_utc=post.scheduled_at_utc,
        ends_at_utc="2025-01-22T01:00:00Z",
        priority=22.0,
    )
    saved = save_schedule(known, week(pins=(pin,)), clock=at())
    with known.reading() as connection:
        row = connection.execute(select(pins)).one()
    assert (row.post_id, row.state, row.priority) == (f"{saved.schedule_id}/{post.slot_id}", "active", 22.0)


def test_the_trail_of_a_run_goes_on_where_it_was(known: Store) -> None:
    stage = Record("stage", {"number": 1}, "initialization")
    save_schedule(known, week(generation_id="run", records=(stage,)), clock=at())
    kept = trail_of(known, "run")
    assert [one.record.kind for one in kept] == ["stage", "validation", "output"]
    assert [one.seq for one in kept] == [1, 2, 3]
    assert kept[2].record.payload["items"] == len(small_plan().items)


def test_only_one_version_stands(known: Store) -> None:
    save_schedule(known, week(), clock=at())
    save_schedule(known, week(captions=(1,)), clock=at())
    with pytest.raises(StateConflictError, match=r"(?i)unique"), known.writing() as connection:
        connection.execute(update(schedules).values(status="approved"))


def test_a_whole_run_is_answered_without_planning_again(known: Store) -> None:
    """A run claims its own request; saving the week completes that claim."""
    asked = Request("plan_week", {"creator_id": "alexia", "week_start": MONDAY, "as_of": at()()})
    planned = 0

    def run(claim: Claim) -> dict[str, Any]:
        nonlocal planned
        planned += 1
        return asdict(save_schedule(known, week(), claim=claim, clock=at()))

    first = run_once(known, asked, run, completes=True, clock=at())
    again = run_once(known, asked, run, completes=True, clock=at(0.5))
    assert (planned, first.replayed, again.replayed) == (1, False, True)
    assert again.result == first.result


def test_a_weeks_prediction_is_linked_to_it(known: Store) -> None:
    expected = Prediction(
        creator_id="alexia",
        week_start=str(MONDAY),
        tier="high",
        revenue_per_day=6,
        engagement_per_day=5,
        retention_per_day=2,
        weekly_distribution={0: 13},
        predicted_revenue_per_day=220.5,
    )
    number = StoredPredictions(known, at()).record(expected)
    saved = save_schedule(known, week(prediction_id=number), clock=at())
    with known.reading() as connection:
        assert connection.scalar(select(predictions.c.schedule_id)) == saved.schedule_id
    assert schedule(known, saved.schedule_id).prediction_id == number


def test_a_prediction_that_cannot_be_kept_is_an_oserror(known: Store) -> None:
    nobody = Prediction(
        creator_id="nobody",
        week_start=str(MONDAY),
        tier="low",
        revenue_per_day=3,
        engagement_per_day=3,
        retention_per_day=1,
        weekly_distribution={},
        predicted_revenue_per_day=0,
    )
    with pytest.raises(OSError, match=r"(?i)foreign key"):
        StoredPredictions(known, at()).record(nobody)


WRITES = ("INSERT", "UPDATE", "DELETE")


class PlantedError(Exception):
    pass


@pytest.fixture
def faults(store: Store) -> Iterator[dict[str, int]]:
    """Lets the n-th write from now on fail; `at` 0 for none. `seen` counts them."""
    state = {"at": 0, "seen": 0}

    def before(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            state["seen"] += 1
            if state["seen"] == state["at"]:
                raise PlantedError

    event.listen(store.engine, "before_cursor_execute", before)
    yield state
    event.remove(store.engine, "before_cursor_execute", before)


def test_a_fault_at_any_write_leaves_nothing_half_kept(known: Store, faults: dict[str, int]) -> None:
    save_schedule(known, week(captions=(1, 2)), clock=at())
    pin = Pin(
        item="history_pin_0",
        send_type_key="game_post",
        starts_at_utc="2025-01-20T05:00:00Z",
        ends_at_utc="2025-01-21T05:00:00Z",
        priority=1.0,
    )
    kept = week(captions=(2, 3), pins=(pin,))
    before = _everything(known)
    for number in range(1, 40):
        faults |= {"at": number, "seen": 0}
        try:
            save_schedule(known, kept, clock=at(1))
        except PlantedError:
            faults["at"] = 0
            assert _everything(known) == before, f"write {number}"
            continue
        break
    assert number > 12
    assert counts(known)["schedules"] == 2


def _everything(store: Store) -> str:
    """All rows but those of claims, which are made before the work and given back after it."""
    from schedsolve.store.tables import metadata

    with store.reading() as connection:
        return json.dumps(
            {
                table.name: [
                    list(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))
                ]
                for table in metadata.sorted_tables
                if table.name != "idempotency_keys"
            },
            default=str,
        )


def test_a_rejection_writes_no_claim(known: Store) -> None:
    with pytest.raises(ValidationRejectedError):
        save_schedule(known, week(verdict=Verdict("rejected", 10)), clock=at())
    with known.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(schedules)) == 0
    assert counts(known)["idempotency_keys"] == 0
    assert APPROVED.score > 70
