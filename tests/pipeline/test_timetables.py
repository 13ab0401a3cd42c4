"""Plans read into timetables: what the engine writes is read back, and so is what others write."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from schedsolve.cli.exports.csv import plan_as_csv
from schedsolve.model.catalog import CATALOG, Category, Style
from schedsolve.model.plan import Plan, ScenarioStamp, Timings
from schedsolve.model.timetable import DayRecord, Missing, Send, Timetable
from schedsolve.model.week import Week
from schedsolve.pipeline.finish import finish
from schedsolve.pipeline.load import load_plan
from schedsolve.pipeline.timetables import timetable_of
from schedsolve.solver.decode import DecidedFollowup, DecidedSend, Decision

from ..constraints.weeks import week

SENDS = [
    ("2025-01-20T09:08", "bump_normal", None),
    ("2025-01-20T13:04", "game_post", None),
    ("2025-01-20T20:22", "ppv_unlock", Style.WINNER),
    ("2025-01-20T22:04", "renew_on_message", None),
    ("2025-01-21T10:11", "dm_farm", None),
    ("2025-01-21T19:47", "bundle", Style.BUNDLE),
]
SHORT = {(1, Category.RETENTION): 1}


def made_plan(of: Week) -> Plan:
    """A plan as the engine would write it for a decision that no solver took."""
    sends = tuple(
        DecidedSend(minute, of.horizon.day_of(minute), CATALOG[key], style)
        for at, key, style in SENDS
        for minute in (of.horizon.minute_of_local(datetime.fromisoformat(at)),)
    )
    followup = DecidedFollowup(sends[2].minute + 28, 2, None, False)
    strategies = tuple(("storytelling", "variety_max")[day % 2] for day in of.days)
    decision = Decision(sends, (followup,), strategies, SHORT)
    done = finish(of, decision, {(1, Category.RETENTION): ("block-limit",)})
    return Plan(
        scenario=ScenarioStamp(name="test", sha256="0" * 64),
        creator_id="alexia",
        seed=0,
        effort="quick",
        status="feasible",
        objective=None,
        bound=None,
        gap=None,
        reproducible=True,
        versions={},
        timings=Timings(deterministic_time=0, solves=0, variables=0, constraints=0),
        days=done.days,
        items=done.items,
        pins=done.pins,
        shortfalls=done.shortfalls,
        relaxations=(),
        warnings=done.warnings,
        summary=None,
        audit=None,
        score={},
    )


def read(*items: dict[str, Any], of: Week | None = None) -> Timetable:
    return timetable_of(of or week(), {"items": list(items)})


def item(at: str = "2025-01-20 10:07:00", **fields: Any) -> dict[str, Any]:
    day, clock = at.split()
    return {
        "scheduled_date": day,
        "scheduled_time": clock,
        "send_type_key": "bundle",
        "channel_key": "mass_message",
        "target_key": "all_active",
        **fields,
    }


def only(made: Timetable) -> Send:
    (send,) = made.sends
    return send


# --- the engine's own plan ------------------------------------------------------------------------


def test_a_plan_is_read_back_as_it_was_decided() -> None:
    made = week(quota=(2, 2, 1))
    table = timetable_of(made, made_plan(made).to_dict())
    told = [(f"{made.horizon.local(send.minute):%Y-%m-%dT%H:%M}", send.type_key, send.style) for send in table.regular]
    assert told == SENDS
    assert not table.bare
    assert table.notes == ()
    assert all(send.missing == () for send in table.sends)
    assert [send.minute for send in table.sends] == sorted(send.minute for send in table.sends)


def test_a_followup_is_linked_and_carries_its_delay() -> None:
    made = week()
    table = timetable_of(made, made_plan(made).to_dict())
    (followup,) = table.followups
    parent = table.parent_of(followup)
    assert parent is not None
    assert (parent.type_key, followup.delay, followup.minute - parent.minute) == ("ppv_unlock", 28, 28)
    assert (followup.id, followup.channel, followup.target) == (
        f"{parent.id}_followup",
        "targeted_message",
        "ppv_non_purchasers",
    )
    assert followup.metadata is None


def test_expiry_days_pins_and_shortfalls_are_read() -> None:
    made = week(quota=(2, 2, 1))
    table = timetable_of(made, made_plan(made).to_dict())
    game = next(send for send in table.sends if send.type_key == "game_post")
    assert game.expires == game.minute + 1440
    assert all(send.expires is None for send in table.sends if send is not game)
    assert table.pins is not None
    assert [(pin.item, pin.start, pin.end, pin.priority) for pin in table.pins] == [
        (game.id, game.minute, game.minute + 1440, 22.0)
    ]
    assert table.shortfalls == (Missing(1, Category.RETENTION, 1, ("block-limit",)),)
    quotas = {Category.REVENUE: 2, Category.ENGAGEMENT: 2, Category.RETENTION: 1}
    assert table.days == tuple(
        DayRecord(("storytelling", "variety_max")[day % 2], made.pattern(day), quotas) for day in made.days
    )


def test_a_shortfall_is_told_under_its_rule_and_of_the_quotas_where_none_is_named() -> None:
    stated = {"date": "2025-01-21", "category": "revenue", "wanted": 3, "placed": 1, "binding": ["block-limit"]}
    plan = {"items": [], "days": [], "shortfalls": [stated, {**stated, "rule": "ppv-range"}]}
    table = timetable_of(week(), plan)
    assert [(short.rule, short.count) for short in table.shortfalls] == [("daily-quota", 2), ("ppv-range", 2)]
    assert [short.rule for short in table.short_of("ppv-range")] == ["ppv-range"]


def test_base_shift_jitter_and_adjustment_add_up_to_the_local_time() -> None:
    made = week()
    for send in timetable_of(made, made_plan(made).to_dict()).regular:
        told = send.metadata
        assert told is not None
        assert told.base_hour * 60 + told.base_minute + told.time_shift + told.jitter + told.adjustment_minutes == (
            send.clock
        )
        assert told.time_adjusted is (told.adjustment_minutes != 0)
        assert (told.prime_hours_used is not None) is (send.category is Category.REVENUE)


def test_the_exported_csv_is_read_back_as_the_same_sends(tmp_path: Path) -> None:
    made = week()
    plan = made_plan(made)
    file = tmp_path / "plan.csv"
    file.write_bytes(plan_as_csv(plan))
    from_csv = timetable_of(made, load_plan(file))
    from_json = timetable_of(made, plan.to_dict())
    assert from_csv.sends == from_json.sends
    assert from_csv.bare
    assert (from_csv.days, from_csv.shortfalls, from_csv.pins) == ((), (), None)


def test_the_items_alone_make_a_bare_timetable_with_the_same_sends() -> None:
    made = week()
    data = made_plan(made).to_dict()
    bare = timetable_of(made, {"items": data["items"]})
    assert bare.bare
    assert bare.sends == timetable_of(made, data).sends


def test_the_json_file_is_read_back_as_the_same_timetable(tmp_path: Path) -> None:
    made = week()
    plan = made_plan(made)
    file = tmp_path / "plan.json"
    file.write_text(plan.to_json())
    assert timetable_of(made, load_plan(file)) == timetable_of(made, plan.to_dict())


# --- what others write ----------------------------------------------------------------------------


def test_old_field_names_are_read() -> None:
    told = {"scheduled_date": "2025-01-20", "scheduled_time": "10:07", "item_type": "bundle", "channel": "wall_post"}
    send = only(read(told))
    assert (send.type_key, send.channel, send.missing) == ("bundle", "wall_post", ("target_key",))


def test_the_new_name_wins_over_the_old() -> None:
    assert only(read(item(item_type="dm_farm", channel="story"))).type_key == "bundle"


@pytest.mark.parametrize("old", ["ppv_message", "ppv_video"])
def test_retired_types_are_read_as_ppv_unlock_and_noted_once(old: str) -> None:
    table = read(item(send_type_key=old), item("2025-01-20 14:07:00", send_type_key=old))
    assert [(send.type_key, send.send_type) for send in table.sends] == [("ppv_unlock", CATALOG["ppv_unlock"])] * 2
    assert table.notes == (f"deprecated-type: {old} is read as ppv_unlock",)


def test_an_unknown_type_keeps_its_name_for_the_audit() -> None:
    send = only(read(item(send_type_key="carrier_pigeon")))
    assert (send.type_key, send.send_type, send.category) == ("carrier_pigeon", None, None)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"send_type_key": None}, ("send_type_key",)),
        ({"channel_key": ""}, ("channel_key",)),
        ({"target_key": None, "channel_key": None}, ("channel_key", "target_key")),
    ],
)
def test_absent_required_fields_are_named(fields: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert only(read(item(**fields))).missing == missing


def test_utc_alone_is_enough() -> None:
    told = item(scheduled_at_utc="2025-01-20T15:07:00Z")
    del told["scheduled_date"], told["scheduled_time"]
    send = only(read(told))
    assert (send.minute, send.day, send.clock, send.missing) == (607, 0, 607, ())


def test_ids_written_as_numbers_are_ids() -> None:
    table = read(item(slot_id=7), item("2025-01-20 10:27:00", send_type_key="ppv_followup", parent_item_id=7))
    (followup,) = table.followups
    assert table.parent_of(followup) is table.sends[0]


@pytest.mark.parametrize(
    ("utc", "agrees"),
    [
        ("2025-01-20T15:07:00Z", True),
        ("2025-01-20T15:07:00+00:00", True),
        ("2025-01-20T15:07:00", True),
        ("2025-01-20T10:07:00-05:00", True),
        ("2025-01-20T15:08:00Z", False),
        ("2025-01-20T10:07:00Z", False),
        ("2025-01-21T15:07:00Z", False),
    ],
)
def test_utc_and_local_time_must_name_the_same_minute(utc: str, agrees: bool) -> None:
    send = only(read(item(scheduled_at_utc=utc)))
    assert (send.missing == ()) is agrees
    if not agrees:
        assert send.missing[0].startswith(f"one time: {utc} is 2025-01-2")
        assert send.missing[0].endswith("locally, not 2025-01-20 10:07:00")


def test_utc_tells_which_of_two_equal_local_times_is_meant() -> None:
    made = week(start="2025-10-27")
    first, second = read(
        item("2025-11-02 01:07:00", scheduled_at_utc="2025-11-02T06:07:00Z"),
        item("2025-11-02 01:07:00", scheduled_at_utc="2025-11-02T05:07:00Z"),
        of=made,
    ).sends
    assert second.minute - first.minute == 60
    assert first.clock == second.clock == 67
    assert first.missing == second.missing == ()
    assert only(read(item("2025-11-02 01:07:00"), of=made)).minute == first.minute


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"scheduled_date": None}, "neither scheduled_at_utc nor scheduled_date and scheduled_time are given"),
        ({"scheduled_time": "half past ten"}, "half past ten"),
        ({"scheduled_at_utc": "9999-12-31T23:59:00Z"}, "outside the years"),
        ({"expected_value": 10**400}, "int too large"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_number(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=rf"items\[1\]: .*{said}"):
        read(item(), item(**fields))


def test_a_skipped_local_time_cannot_be_read() -> None:
    with pytest.raises(ValueError, match=r"items\[0\]: 2025-03-09 02:07 does not exist in America/New_York"):
        read(item("2025-03-09 02:07:00"), of=week(start="2025-03-03"))


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        *((yes, True) for yes in (True, 1, "true", "1", "YES")),
        *((no, False) for no in (False, 0, "false", "0", "", None)),
    ],
)
def test_flags_are_read_from_json_and_from_csv(value: Any, flag: bool) -> None:
    assert only(read(item(locked=value))).locked is flag
    assert only(read(item(is_follow_up=value))).followup is flag


def test_a_followup_type_is_a_followup_unless_said_otherwise() -> None:
    assert only(read(item(send_type_key="ppv_followup"))).followup
    assert not only(read(item(send_type_key="ppv_followup", is_follow_up=False))).followup


def test_an_unknown_style_is_kept_as_text() -> None:
    send = only(read(item(ppv_style="weird")))
    assert (send.style, send.style_text) == (None, "weird")
    assert only(read(item(ppv_style="winner"))).style is Style.WINNER


def test_items_without_ids_are_numbered_as_written_and_sorted_by_time() -> None:
    table = read(item("2025-01-21 10:07:00"), item("2025-01-20 10:07:00"), item("2025-01-22 10:07:00", slot_id="mine"))
    assert [send.id for send in table.sends] == ["item_2", "item_1", "mine"]


def test_half_told_metadata_counts_as_none() -> None:
    told = {"base_hour": 10, "base_minute": 0, "time_shift": 0, "jitter": 7}
    assert only(read(item(variation_metadata=told))).metadata is not None
    for name in told:
        send = only(read(item(variation_metadata={**told, name: None})))
        assert send.metadata is None
        assert send.metadata_known
    assert not only(read(item())).metadata_known


def test_days_are_found_by_date_and_strange_dates_are_left_aside() -> None:
    made = week(days=3)
    table = timetable_of(
        made, {"items": [], "days": [{"date": "2025-01-21", "strategy": "storytelling"}, {"date": "2030-01-01"}, {}]}
    )
    assert table.days == (DayRecord(), DayRecord("storytelling"), DayRecord())
    assert not table.bare


def test_history_is_part_of_the_timetable_as_parents() -> None:
    made = week(history=["2025-01-19T23:20 ppv_unlock solo awaits"])
    table = read(item("2025-01-20 08:07:00", send_type_key="ppv_followup", parent_item_id="history_0"), of=made)
    parent = table.parent_of(only(table))
    assert parent is not None
    assert (parent.minute, parent.style) == (-40, Style.SOLO)


def test_a_plan_without_items_is_empty() -> None:
    assert timetable_of(week(), {"items": []}).sends == ()


@pytest.mark.parametrize("day", [-8, -1, 3, 9])
def test_a_day_outside_the_plan_has_no_strategy_of_the_plan(day: int) -> None:
    told = {
        "items": [],
        "days": [{"date": f"2025-01-{20 + number}", "strategy": "storytelling"} for number in range(3)],
    }
    assert timetable_of(week(days=3), told).strategy(day) is None
