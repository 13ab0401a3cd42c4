"""What kept weeks hand over to the next one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schedsolve.model.catalog import Style
from schedsolve.model.plan import DayPlan, Pin, Plan
from schedsolve.model.rotation import STANDARD_PATTERNS, Rotation, RotationState
from schedsolve.model.scenario import History
from schedsolve.store.engine import Store
from schedsolve.store.errors import CreatorNotFoundError
from schedsolve.store.history import history_of
from schedsolve.store.publishing import cancel_item
from schedsolve.store.rotation_after import StandingRotation, rotation_after
from schedsolve.store.rotation_states import put_rotation
from schedsolve.store.saving import Saved, Week, save_schedule

from .weeks import APPROVED, MONDAY, ZONE, add_creator, at, item, plan, small_plan, stamped, week

NEXT = MONDAY + timedelta(days=3)
NEW_YORK = ZoneInfo(ZONE)
A, B, C, D = STANDARD_PATTERNS


@pytest.fixture
def known(store: Store) -> Store:
    add_creator(store, captions=5)
    return store


def keep(store: Store, kept: Plan, hours: float = 0) -> Saved:
    return save_schedule(store, Week(kept, APPROVED), clock=at(hours))


def test_a_new_creator_has_no_history(known: Store) -> None:
    assert history_of(known, "alexia", MONDAY).history == History()


def test_an_unknown_creator_is_told(store: Store) -> None:
    with pytest.raises(CreatorNotFoundError):
        history_of(store, "nobody", MONDAY)


def test_sends_come_back_on_the_creators_wall_clock(known: Store) -> None:
    kept = small_plan()
    keep(known, kept)
    sends = history_of(known, "alexia", NEXT).history.sends
    assert [f"{send.at:%Y-%m-%d %H:%M:%S}" for send in sends] == [
        f"{one.scheduled_date} {one.scheduled_time}" for one in kept.items
    ]
    assert [send.send_type_key for send in sends] == [one.send_type_key for one in kept.items]
    assert [send.ppv_style for send in sends] == [one.ppv_style for one in kept.items]


def test_only_the_standing_version_counts(known: Store) -> None:
    keep(known, small_plan())
    keep(known, small_plan(items=small_plan().items[:1]), hours=1)
    assert len(history_of(known, "alexia", NEXT).history.sends) == 1


def test_a_week_is_no_history_of_itself_nor_of_earlier_ones(known: Store) -> None:
    keep(known, small_plan())
    assert history_of(known, "alexia", MONDAY).history == History()


def test_cancelled_sends_did_not_go_out(known: Store) -> None:
    saved = keep(known, small_plan(items=small_plan().items[:3]))
    cancel_item(known, f"{saved.schedule_id}/{small_plan().items[0].slot_id}")
    assert len(history_of(known, "alexia", NEXT).history.sends) == 2


def test_sends_of_more_than_thirty_days_ago_no_longer_matter(known: Store) -> None:
    keep(known, small_plan())
    assert not history_of(known, "alexia", MONDAY + timedelta(days=40)).history.sends


def test_a_followup_beyond_the_border_is_handed_over_with_its_parent(known: Store) -> None:
    parent = item("2025-01-22 23:29", "ppv_unlock", slot_id="p", ppv_style="solo")
    followup = item(
        "2025-01-23 00:11", "ppv_followup", slot_id="p_followup", parent_item_id="p", followup_delay_minutes=42
    )
    keep(known, small_plan(items=(parent, followup)))
    sends = history_of(known, "alexia", NEXT).history.sends
    assert [(send.send_type_key, send.awaits_followup) for send in sends] == [
        ("ppv_unlock", False),
        ("ppv_followup", False),
    ]


@pytest.mark.parametrize(("clock", "waits"), [("23:29", True), ("22:46", True), ("22:44", False), ("09:10", False)])
def test_a_late_parent_without_a_followup_waits_for_one(known: Store, clock: str, waits: bool) -> None:
    keep(known, small_plan(items=(item(f"2025-01-22 {clock}", "ppv_unlock", ppv_style="solo"),)))
    (send,) = history_of(known, "alexia", NEXT).history.sends
    assert send.awaits_followup is waits


def test_a_followup_of_the_next_week_hangs_on_its_parent_of_this_one(known: Store) -> None:
    parent = item("2025-01-22 23:29", "ppv_unlock", slot_id="p", ppv_style="solo")
    keep(known, small_plan(items=(parent,)))
    handed = history_of(known, "alexia", NEXT).history
    followup = item(
        "2025-01-23 00:07", "ppv_followup", slot_id="h", parent_item_id="history_0", followup_delay_minutes=38
    )
    keep(known, small_plan(NEXT, items=(followup,), scenario=stamped(handed.model_dump(mode="json"))))
    after = history_of(known, "alexia", NEXT + timedelta(days=3)).history
    assert [send.awaits_followup for send in after.sends] == [False, False]
    again = history_of(known, "alexia", NEXT).history
    assert [send.awaits_followup for send in again.sends] == [True], "the next week itself is not counted"


def test_the_strategy_of_the_eve_is_handed_over_and_no_older_one(known: Store) -> None:
    keep(known, small_plan())
    assert history_of(known, "alexia", NEXT).history.last_strategy == "balanced_standard"
    assert history_of(known, "alexia", NEXT + timedelta(days=1)).history.last_strategy is None


def days(first: date, patterns: list[tuple[Style, ...]]) -> tuple[DayPlan, ...]:
    template = plan(1).days[0]
    return tuple(
        template.model_copy(update={"date": (first + timedelta(days=n)).isoformat(), "rotation_pattern": pattern})
        for n, pattern in enumerate(patterns)
    )


def unlocks(first: date, count: int) -> tuple[object, ...]:
    return tuple(
        item(f"{first + timedelta(days=n)} 20:2{n}", "ppv_unlock", slot_id=str(n), ppv_style="solo")
        for n in range(count)
    )


def test_the_rotation_is_read_off_the_days() -> None:
    kept = small_plan(days=days(MONDAY, [A, A, A, D, D]), items=unlocks(MONDAY, 5))
    standing = rotation_after(kept)
    assert standing is not None
    rotation = standing.rotation
    assert (rotation.pattern, rotation.started, rotation.recent) == (D, date(2025, 1, 23), (A,))
    assert (rotation.state, standing.position) == (RotationState.PATTERN_ACTIVE, 2)


def test_a_pattern_that_was_handed_over_keeps_its_start_and_its_place() -> None:
    handed = {"pattern": list(A), "started": "2025-01-19", "position": 3, "recent": [list(B), list(C)]}
    kept = small_plan(days=days(MONDAY, [A, A]), items=unlocks(MONDAY, 2), scenario=stamped({"rotation": handed}))
    standing = rotation_after(kept)
    assert standing is not None
    assert (standing.rotation.started, standing.position) == (date(2025, 1, 19), 5)
    assert standing.rotation.recent == (B, C)
    changed = small_plan(days=days(MONDAY, [D, D]), items=unlocks(MONDAY, 2), scenario=stamped({"rotation": handed}))
    standing = rotation_after(changed)
    assert standing is not None
    assert (standing.rotation.started, standing.position, standing.rotation.recent) == (MONDAY, 2, (B, C, A))


def test_the_rotation_crosses_two_borders(known: Store) -> None:
    keep(known, small_plan(days=days(MONDAY, [A, A, D]), items=(), scenario=stamped({})))
    first = history_of(known, "alexia", NEXT).history
    assert first.rotation is not None
    assert (first.rotation.pattern, first.rotation.started) == (D, date(2025, 1, 22))
    told = first.model_dump(mode="json")
    keep(known, small_plan(NEXT, days=days(NEXT, [D, D, B]), items=(), scenario=stamped(told)))
    second = history_of(known, "alexia", NEXT + timedelta(days=3)).history.rotation
    assert second is not None
    assert (second.pattern, second.started, second.recent) == (B, date(2025, 1, 25), (A, D))


def test_a_replanned_week_starts_from_the_rotation_before_it(known: Store) -> None:
    keep(known, small_plan(days=days(MONDAY, [A, A, A]), items=(), scenario=stamped({})))
    before = history_of(known, "alexia", NEXT).history
    keep(known, small_plan(NEXT, days=days(NEXT, [D, D, D]), items=(), scenario=stamped({})), hours=1)
    assert history_of(known, "alexia", NEXT).history == before


def test_a_rotation_without_any_week_is_handed_over(known: Store) -> None:
    with known.writing() as connection:
        rotation = Rotation("alexia", RotationState.PATTERN_ACTIVE, B, date(2025, 1, 18), (A,))
        put_rotation(connection, StandingRotation(rotation, 2), MONDAY, ZONE, at()())
    handed = history_of(known, "alexia", MONDAY).history.rotation
    assert handed is not None
    assert (handed.pattern, handed.started, handed.position, handed.recent) == (B, date(2025, 1, 18), 2, (A,))


def pin(name: str, start: str, end: str, priority: float = 22.0, replaced_by: str | None = None) -> Pin:
    return Pin(
        item=name,
        send_type_key="game_post",
        starts_at_utc=start,
        ends_at_utc=end,
        priority=priority,
        replaced_by=replaced_by,
    )


def test_active_pins_are_handed_over_with_their_end(known: Store) -> None:
    keep(
        known,
        small_plan(
            pins=(
                pin("a", "2025-01-22T15:00:00Z", "2025-01-23T15:00:00Z"),
                pin("b", "2025-01-20T15:00:00Z", "2025-01-21T15:00:00Z"),
            )
        ),
    )
    (up,) = history_of(known, "alexia", NEXT).history.pins
    assert up.ends == datetime(2025, 1, 23, 10, tzinfo=NEW_YORK)
    assert (up.send_type_key, up.estimated_revenue) == ("game_post", 22.0)


def test_a_pin_that_the_next_week_ends_early_is_down_for_the_one_after(known: Store) -> None:
    keep(known, small_plan(pins=(pin("a", "2025-01-22T15:00:00Z", "2025-01-27T15:00:00Z"),)))
    told = history_of(known, "alexia", NEXT).history.model_dump(mode="json")
    ended = pin("history_pin_0", "2025-01-23T05:00:00Z", "2025-01-24T09:00:00Z", replaced_by="x")
    keep(known, small_plan(NEXT, items=(), pins=(ended,), scenario=stamped(told)))
    assert not history_of(known, "alexia", NEXT + timedelta(days=3)).history.pins
    assert len(history_of(known, "alexia", NEXT).history.pins) == 1, "the border before it is as it was"
    keep(known, small_plan(NEXT, items=(), pins=(), scenario=stamped(told)), hours=1)
    assert len(history_of(known, "alexia", NEXT + timedelta(days=3)).history.pins) == 1, "replanned without that end"


def test_history_is_a_valid_section_of_a_scenario(known: Store) -> None:
    keep(known, week(captions=(1, 2)).plan)
    told = history_of(known, "alexia", NEXT).history.model_dump(mode="json")
    assert History.model_validate_json(history_of(known, "alexia", NEXT).history.model_dump_json()) is not None
    assert len(told["sends"]) == len(small_plan().items)
