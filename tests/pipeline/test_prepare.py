"""From a scenario to a week: every fault with its path, and what is resolved."""

from __future__ import annotations

from typing import Any

import pytest

from schedsolve.errors import Problem, ScenarioError
from schedsolve.model.catalog import CATALOG
from schedsolve.model.scenario import Scenario
from schedsolve.model.week import Span, Week
from schedsolve.pipeline.prepare import current_key, prepare

STYLES = ["solo", "bundle", "winner", "sextape"]


def scenario(page: str = "paid", zone: str = "America/New_York", **changes: Any) -> Scenario:
    return Scenario.model_validate(
        {
            "schedsolve": 1,
            "kind": "creator-week",
            "week_start": "2025-01-20",
            "creator": {"id": "alexia", "page_type": page, "timezone": zone},
            "volume": {"revenue_per_day": 3, "engagement_per_day": 3, "retention_per_day": 1, "confidence_score": 0.9},
            **changes,
        }
    )


def week(**changes: Any) -> Week:
    return prepare(scenario(**changes))


def faults(**changes: Any) -> list[Problem]:
    made = scenario(**changes)
    with pytest.raises(ScenarioError) as caught:
        prepare(made, "week.yaml")
    assert caught.value.source == "week.yaml"
    return list(caught.value.problems)


def lock(at: str, key: str = "ppv_unlock", style: str | None = None) -> dict[str, Any]:
    return {"at": at, "send_type_key": key, "ppv_style": style}


def past(at: str, key: str = "ppv_unlock", **more: Any) -> dict[str, Any]:
    return {"sends": [{"at": at, "send_type_key": key, **more}]}


# March 9th: 02:00-03:00 is skipped in New York.
SPRING = {"week_start": "2025-03-03"}
FAULTS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"volume": {"revenue_per_day": 3, "confidence_score": 0.2}},
        "volume.confidence_score",
        "confidence 0.2 is below 0.3: the week is refused",
    ),
    (
        {**SPRING, "locks": [lock("2025-03-09T02:07")]},
        "locks[0].at",
        "2025-03-09 02:07 does not exist in America/New_York: the clock skips it",
    ),
    ({"locks": [lock("9999-12-31T23:59")]}, "locks[0].at", "outside the years"),
    ({"locks": [lock("0001-01-01T00:00+00:00")]}, "locks[0].at", "outside the years"),
    ({"locks": [lock("2025-01-19T23:59")]}, "locks[0].at", "is outside the plan (2025-01-20 to 2025-01-26)"),
    ({"locks": [lock("2025-01-27T00:00")]}, "locks[0].at", "is outside the plan"),
    ({"locks": [lock("2025-01-20T09:07", "ppv_wall")]}, "locks[0].send_type_key", "does not exist on a paid page"),
    (
        {"page": "free", "locks": [lock("2025-01-20T09:07", "tip_goal")]},
        "locks[0].send_type_key",
        "tip_goal does not exist on a free page",
    ),
    (
        {"send_types": {"bundle": {"enabled": False}}, "locks": [lock("2025-01-20T09:07", "bundle")]},
        "locks[0].send_type_key",
        "bundle is switched off",
    ),
    ({**SPRING, "history": past("2024-03-10T02:30")}, "history.sends[0].at", "the clock skips it"),
    ({"history": past("0001-01-01T00:00")}, "history.sends[0].at", "outside the years"),
    ({"history": past("2025-01-20T00:00")}, "history.sends[0].at", "is not before the first day 2025-01-20"),
    (
        {"history": past("2025-01-19T20:07", "bundle", ppv_style="solo")},
        "history.sends[0].ppv_style",
        "solo does not go with bundle",
    ),
    (
        {"history": past("2025-01-19T20:07", "bundle", awaits_followup=True)},
        "history.sends[0].awaits_followup",
        "bundle takes no followup",
    ),
    (
        {**SPRING, "history": {"pins": [{"send_type_key": "game_post", "ends": "2025-03-09T02:30"}]}},
        "history.pins[0].ends",
        "the clock skips it",
    ),
    (
        {"history": {"pins": [{"send_type_key": "bundle", "ends": "2025-01-21T02:30"}]}},
        "history.pins[0].send_type_key",
        "bundle cannot be pinned",
    ),
    (
        {**SPRING, "blackouts": [{"from": "2025-03-09T02:30", "to": "2025-03-09T12:00"}]},
        "blackouts[0].from",
        "the clock skips it",
    ),
    (
        {**SPRING, "blackouts": [{"from": "2025-03-08T02:30", "to": "2025-03-09T02:59"}]},
        "blackouts[0].to",
        "the clock skips it",
    ),
    (
        {"blackouts": [{"from": "2025-01-21T12:00", "to": "2025-01-21T12:00"}]},
        "blackouts[0]",
        "ends at 2025-01-21T12:00, not after it starts",
    ),
    (
        {"blackouts": [{"from": "2025-01-21T12:00", "to": "2025-01-20T12:00"}]},
        "blackouts[0]",
        "not after it starts",
    ),
    (
        {"send_types": {"bundle": {"target": "everyone"}}},
        "send_types.bundle.target",
        "found 'everyone', expected one of all_active, renew_off",
    ),
    (
        {"send_types": {"renew_on_message": {"target": "all_active"}}},
        "send_types.renew_on_message.target",
        "renew_on_message may only go to renew_off, found 'all_active'",
    ),
    (
        {"send_types": {"expired_winback": {"target": "renew_on"}}},
        "send_types.expired_winback.target",
        "may only go to expired_recent or expired_all",
    ),
]


@pytest.mark.parametrize(("changes", "path", "said"), FAULTS, ids=[f"{path}-{said[:20]}" for _, path, said in FAULTS])
def test_every_fault_is_told_at_its_path(changes: dict[str, Any], path: str, said: str) -> None:
    (problem,) = faults(**changes)
    assert problem.path == path
    assert said in problem.message


def test_all_faults_are_told_at_once() -> None:
    found = faults(
        volume={"confidence_score": 0.1},
        send_types={"bundle": {"target": "everyone"}},
        locks=[lock("2025-01-19T23:59"), lock("2025-01-20T09:07", "ppv_wall")],
        history={
            **past("2025-01-20T00:00"),
            "pins": [{"send_type_key": "bundle", "ends": "2025-01-21T02:30"}],
        },
        blackouts=[{"from": "2025-01-21T12:00", "to": "2025-01-20T12:00"}],
    )
    assert {problem.path for problem in found} == {
        "volume.confidence_score",
        "send_types.bundle.target",
        "locks[0].at",
        "locks[1].send_type_key",
        "history.sends[0].at",
        "history.pins[0].send_type_key",
        "blackouts[0]",
    }
    assert len(found) == 7


def test_hints_say_what_to_do() -> None:
    (skipped,) = faults(**SPRING, locks=[lock("2025-03-09T02:07")])
    assert skipped.hint == "give a time that exists, or an offset such as -04:00"
    (inside,) = faults(history=past("2025-01-21T12:07"))
    assert inside.hint == "a send inside the plan is a lock"


# --- contradicting locks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locks", "changes", "rule"),
    [
        ([lock("2025-01-20T20:15")], {}, "round-minute"),
        ([lock("2025-01-20T07:59")], {}, "active-window"),
        ([lock("2025-01-20T04:07")], {}, "avoid-hours"),
        ([lock("2025-01-20T10:07"), lock("2025-01-20T10:51", "bump_normal")], {}, "min-spacing"),
        ([lock("2025-01-20T10:07"), lock("2025-01-20T10:07", "bump_normal")], {}, "time-conflict"),
        ([lock("2025-01-20T10:07"), lock("2025-01-20T12:06")], {}, "same-type-gap"),
        (
            [lock(f"2025-01-20T{clock}", key) for clock, key in
             (("08:07", "link_drop"), ("09:08", "dm_farm"), ("10:09", "live_promo"), ("11:11", "bump_normal"))],
            {},
            "block-limit",
        ),
        ([lock("2025-01-20T10:07", "vip_program"), lock("2025-01-22T10:08", "vip_program")], {}, "weekly-cap"),
        ([lock("2025-01-20T09:07", style="winner"), lock("2025-01-20T11:08", style="winner")], {}, "style-am-pm"),
        ([lock(f"2025-01-{day}T10:07", "bump_normal") for day in (20, 21, 22)], {}, "clock-repeat"),
    ],
)  # fmt: skip
def test_locks_that_contradict_a_rule_are_told_with_the_rule(
    locks: list[dict[str, Any]], changes: dict[str, Any], rule: str
) -> None:
    found = faults(locks=locks, **changes)
    assert any(f"({rule})" in problem.message for problem in found)
    assert all(problem.path.startswith("locks") for problem in found)
    assert {problem.hint for problem in found} == {"change a lock, or the rule under `rules:`"}


def test_a_contradiction_is_told_at_the_lock_as_written_not_as_sorted() -> None:
    (problem,) = faults(locks=[lock("2025-01-22T20:15"), lock("2025-01-20T20:07")])
    assert problem.path == "locks[0]"


def test_a_rule_switched_off_contradicts_no_lock() -> None:
    made = week(locks=[lock("2025-01-20T20:15")], rules={"round-minute": {"enabled": False}})
    assert len(made.locks) == 1


def test_history_makes_no_lock_a_contradiction() -> None:
    made = week(locks=[lock("2025-01-20T08:07", "like_farm")], history=past("2025-01-19T20:07", "like_farm"))
    assert (len(made.locks), len(made.past)) == (1, 1)


# --- what is resolved -----------------------------------------------------------------------------


def test_retired_names_are_read_as_ppv_unlock_with_one_notice_each() -> None:
    made = week(
        locks=[lock("2025-01-20T20:07", "ppv_message"), lock("2025-01-21T20:07", "ppv_message")],
        history=past("2025-01-19T20:07", "ppv_video"),
    )
    assert [send.send_type.key for send in (*made.locks, *made.past)] == ["ppv_unlock"] * 3
    assert [notice.message for notice in made.notices] == [
        "ppv_message is read as ppv_unlock; write ppv_unlock",
        "ppv_video is read as ppv_unlock; write ppv_unlock",
    ]
    assert {notice.code for notice in made.notices} == {"deprecated-type"}
    assert current_key("ppv_video") == "ppv_unlock"
    assert current_key("bundle") == "bundle"


def test_overrides_under_a_retired_name_change_ppv_unlock() -> None:
    made = week(send_types={"ppv_message": {"min_gap": "4h", "value": 50}})
    assert (made.catalog["ppv_unlock"].gap_minutes, made.catalog["ppv_unlock"].value) == (240, 50)
    assert [notice.code for notice in made.notices] == ["deprecated-type"]


def test_a_type_switched_off_under_a_retired_name_is_off() -> None:
    assert "ppv_unlock" not in week(send_types={"ppv_message": {"enabled": False}}).types


@pytest.mark.parametrize(("page", "count"), [("paid", 20), ("free", 17)])
def test_types_are_those_of_the_page_without_followups(page: str, count: int) -> None:
    made = week(page=page)
    assert len(made.types) == count
    assert "ppv_followup" not in made.types
    assert list(made.catalog) == list(CATALOG)
    assert "bundle" not in week(page=page, send_types={"bundle": {"enabled": False}}).types


def test_every_part_of_an_override_reaches_the_catalog() -> None:
    change = {
        "min_gap": 30,
        "weekly_cap": 2,
        "value": 7.5,
        "expiry_hours": 12,
        "target": "high_spenders",
        "channel": "targeted_message",
    }
    row = week(send_types={"bundle": change}).types["bundle"]
    assert (row.gap_minutes, row.weekly_cap, row.value, row.expiry_hours) == (30, 2, 7.5, 12)
    assert (row.default_target, row.channel) == ("high_spenders", "targeted_message")
    assert row.styles == CATALOG["bundle"].styles


def test_locks_history_and_blackouts_become_absolute_minutes_in_order() -> None:
    made = week(
        locks=[lock("2025-01-21T20:07", "bundle"), lock("2025-01-20T20:07", style="winner")],
        history={
            "sends": [{"at": "2025-01-19T23:59", "send_type_key": "like_farm"}, past("2025-01-19T20:07")["sends"][0]]
        },
        blackouts=[{"from": "2025-01-20T00:00", "to": "2025-01-20T12:00", "reason": "travel"}],
    )
    assert [(send.minute, send.style, send.index) for send in made.locks] == [
        (20 * 60 + 7, "winner", 1),
        (1440 + 20 * 60 + 7, "bundle", 0),
    ]
    assert [(send.minute, send.send_type.key) for send in made.past] == [(-233, "ppv_unlock"), (-1, "like_farm")]
    assert made.blackouts == (Span(0, 720, "travel"),)


def test_an_offset_tells_repeated_times_apart() -> None:
    made = week(
        week_start="2025-10-27",
        rules={"active-window": {"start": "00:00", "end": "23:30"}},
        locks=[lock("2025-11-02T01:07-05:00"), lock("2025-11-02T01:08", "dm_farm")],
    )
    first, second = made.locks
    assert second.minute - first.minute == 59


def test_a_late_followup_of_the_eve_may_lie_in_the_first_minutes() -> None:
    made = week(history=past("2025-01-20T00:07", "ppv_followup"))
    assert [send.minute for send in made.past] == [7]


def test_the_rotation_goes_on_where_history_left_it() -> None:
    handed = {"pattern": STYLES, "started": "2025-01-19", "position": 5}
    made = week(history={"rotation": handed})
    assert [list(map(str, made.pattern(day))) for day in (0, 1)] == [STYLES, STYLES]
    assert made.rotation_position == 5
    assert list(map(str, made.pattern(3))) != STYLES


def test_a_rotation_from_the_future_starts_with_the_plan() -> None:
    made = week(history={"rotation": {"pattern": STYLES, "started": "2025-03-01"}})
    assert str(made.rotations[0].started) == "2025-01-20"


def test_pins_of_history_keep_their_end_and_revenue() -> None:
    made = week(history={"pins": [{"send_type_key": "game_post", "ends": "2025-01-21T00:00", "estimated_revenue": 9}]})
    assert [(pin.send_type_key, pin.end, pin.priority) for pin in made.old_pins] == [("game_post", 1440, 9)]


def test_strategies_on_offer_carry_their_weights() -> None:
    made = week(
        performance={"saturation": 80, "opportunity": 90},
        variation={"strategies": ["storytelling", "engagement_burst"]},
    )
    assert made.strategy_weights == {"storytelling": 0.2, "engagement_burst": 0.3}


def test_preparing_twice_gives_the_same_week() -> None:
    made = scenario(locks=[lock("2025-01-20T20:07")])
    assert prepare(made) == prepare(made)
