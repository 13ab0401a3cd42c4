"""From a kept week to one that went out: approval, publishing, and versions in between."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from schedsolve.store.audit_trail import trail_of
from schedsolve.store.engine import Store
from schedsolve.store.errors import ScheduleNotFoundError, StateConflictError
from schedsolve.store.publishing import (
    approve,
    begin_publishing,
    cancel_item,
    due_items,
    published,
    publishing_failed,
)
from schedsolve.store.saving import save_schedule
from schedsolve.store.schedules import items_of, schedule
from schedsolve.store.tables import caption_usage, captions

from .weeks import REVIEW, add_creator, at, small_plan, week

LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def known(store: Store) -> Store:
    add_creator(store, captions=5)
    return store


def test_a_week_that_needs_review_waits_for_a_person(known: Store) -> None:
    saved = save_schedule(known, week(verdict=REVIEW, generation_id="run"), clock=at())
    (first, *_) = items_of(known, saved.schedule_id)
    assert not due_items(known, LATER)
    with pytest.raises(StateConflictError, match="approve it first"):
        begin_publishing(known, first.item_id)
    approve(known, saved.schedule_id, "dana", clock=at(1))
    approve(known, saved.schedule_id, "eve", clock=at(2))
    head = schedule(known, saved.schedule_id)
    assert (head.status, head.approved_by, head.approved_at) == ("approved", "dana", at(1)())
    assert trail_of(known, "run")[-1].record.payload["approved_by"] == "dana"
    assert due_items(known, LATER)


def test_nothing_and_the_superseded_cannot_be_approved(known: Store) -> None:
    with pytest.raises(ScheduleNotFoundError):
        approve(known, "nothing", "dana")
    old = save_schedule(known, week(verdict=REVIEW), clock=at())
    save_schedule(known, week(captions=(1,)), clock=at())
    with pytest.raises(StateConflictError, match="superseded"):
        approve(known, old.schedule_id, "dana")


def test_a_send_that_went_out_has_used_its_caption(known: Store) -> None:
    saved = save_schedule(known, week(captions=(1,)), clock=at())
    (first, *_) = items_of(known, saved.schedule_id)
    key = begin_publishing(known, first.item_id)
    published(known, first.item_id, clock=at(50))
    assert key == first.publish_key
    with known.reading() as connection:
        assert connection.scalar(select(caption_usage.c.state)) == "sent"
        assert connection.scalar(select(captions.c.last_used_at).where(captions.c.caption_id == 1)) == at(50)()
    assert items_of(known, saved.schedule_id)[0].published_at == at(50)()


def test_a_failed_send_is_due_again_under_the_same_key(known: Store) -> None:
    saved = save_schedule(known, week(items=small_plan().items[:1]), clock=at())
    (only,) = items_of(known, saved.schedule_id)
    key = begin_publishing(known, only.item_id)
    assert not due_items(known, LATER)
    publishing_failed(known, only.item_id)
    assert [one.item_id for one in due_items(known, LATER)] == [only.item_id]
    assert begin_publishing(known, only.item_id) == key


def test_the_last_send_makes_the_week_published(known: Store) -> None:
    saved = save_schedule(known, week(items=small_plan().items[:2]), clock=at())
    for item in items_of(known, saved.schedule_id):
        assert schedule(known, saved.schedule_id).status == "approved"
        begin_publishing(known, item.item_id)
        published(known, item.item_id)
    assert schedule(known, saved.schedule_id).status == "published"


def test_moves_that_make_no_sense_are_refused(known: Store) -> None:
    saved = save_schedule(known, week(), clock=at())
    (first, second, *_) = items_of(known, saved.schedule_id)
    with pytest.raises(StateConflictError, match="is pending and cannot become published"):
        published(known, first.item_id)
    begin_publishing(known, first.item_id)
    with pytest.raises(StateConflictError, match="is publishing and cannot become publishing"):
        begin_publishing(known, first.item_id)
    cancel_item(known, second.item_id)
    with pytest.raises(StateConflictError, match="cancelled"):
        begin_publishing(known, second.item_id)


def test_a_cancelled_sends_caption_is_free_again(known: Store) -> None:
    saved = save_schedule(known, week(captions=(1,)), clock=at())
    cancel_item(known, items_of(known, saved.schedule_id)[0].item_id)
    with known.reading() as connection:
        assert connection.scalar(select(caption_usage.c.state)) == "cancelled"


def test_what_went_out_stays_in_the_next_version(known: Store) -> None:
    first = save_schedule(known, week(captions=(1, 2)), clock=at())
    sent = items_of(known, first.schedule_id)[0]
    key = begin_publishing(known, sent.item_id)
    published(known, sent.item_id, clock=at(50))
    second = save_schedule(known, week(captions=(1, 3)), clock=at(51))
    again, other, *_ = items_of(known, second.schedule_id)
    assert (again.publish_state, again.publish_key, again.published_at) == ("published", key, at(50)())
    assert (other.publish_state, other.publish_key) != ("published", key)
    with known.reading() as connection:
        uses = connection.execute(select(caption_usage).order_by(caption_usage.c.usage_id)).all()
    assert [(use.caption_id, use.state) for use in uses] == [(1, "sent"), (2, "cancelled"), (3, "planned")]
    assert uses[0].schedule_item_id == again.item_id


def test_a_version_that_changes_what_went_out_is_refused(known: Store) -> None:
    first = save_schedule(known, week(captions=(1, 2)), clock=at())
    begin_publishing(known, items_of(known, first.schedule_id)[0].item_id)
    with pytest.raises(StateConflictError, match="is publishing and cannot be changed; lock it"):
        save_schedule(known, week(captions=(3, 2)), clock=at(1))
    assert schedule(known, first.schedule_id).status == "approved"
