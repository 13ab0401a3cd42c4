"""Notches: each applies, changes what it says, and leaves what kept the rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedsolve import Scenario, load_scenario
from schedsolve.constraints import RULES, Rule, rules_of
from schedsolve.model.campaign_families import Cadence, Family, Range
from schedsolve.model.catalog import FOLLOWUP
from schedsolve.model.notch import Notch
from schedsolve.model.timetable import Send, Timetable
from schedsolve.model.week import CountRange, Week
from schedsolve.pipeline.prepare import prepare

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
RIGID = {
    "known-type", "valid-input", "required-fields", "page-type", "target-required", "target-page", "time-conflict",
    "style-known", "style-fixed", "followup-eligible", "followup-linked", "followup-target", "followup-late",
    "jitter-range", "variation-metadata", "rotation-span", "rotation-transition", "expiry-set", "pin-limit",
    "pin-duration", "pin-type",
}  # fmt: skip
"""Rules that say what a send or a plan is, and `daily-quota`, whose notches depend on the quotas, aside."""
FULL: dict[str, Any] = {
    "schedsolve": 1,
    "kind": "creator-week",
    "week_start": "2025-01-20",
    "creator": {"id": "mia", "page_type": "paid", "timezone": "America/New_York"},
    "volume": {"revenue_per_day": 3, "engagement_per_day": 3, "retention_per_day": 1, "confidence_score": 0.9},
    "locks": [
        {"at": "2025-01-22T20:07", "send_type_key": "ppv_unlock"},
        {"at": "2025-01-21T20:07", "send_type_key": "bump_flyer"},
    ],
    "blackouts": [
        {"from": "2025-01-22T10:00", "to": "2025-01-22T11:30"},
        {"from": "2025-01-24T22:00", "to": "2025-01-25T09:00"},
    ],
}


WITHOUT_RANGES = {"ppv-range", "bump-range"}
"""Rules that have nothing to loosen where no content style asks for a range."""


def prepared(**changes: Any) -> Week:
    return prepare(Scenario.model_validate({**FULL, **changes}))


def of_rule(week: Week, rule: str) -> list[Notch]:
    return [notch for one in rules_of(week) if one.id == rule for notch in one.notches(week)]


def texts(week: Week, rule: str) -> list[str]:
    return [notch.text.removeprefix(f"{rule} ") for notch in of_rule(week, rule)]


def all_notches(week: Week) -> Iterator[tuple[Rule, Notch]]:
    for rule in rules_of(week):
        for notch in rule.notches(week):
            yield rule, notch


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_notch_of_every_scenario_applies_and_prepares_and_changes_only_what_its_patch_names(path: Path) -> None:
    scenario = load_scenario(path)
    week = prepare(scenario)
    before = dict(_leaves(scenario.model_dump(by_alias=True)))
    seen = set()
    for rule, notch in all_notches(week):
        assert notch.rule == rule.id
        assert notch.before != notch.after
        changed = notch.applied(scenario)
        assert changed is not None, notch.text
        prepare(changed)
        after = dict(_leaves(changed.model_dump(by_alias=True)))
        touched = {at for at in before.keys() | after.keys() if before.get(at) != after.get(at)}
        assert touched, notch.text
        if not any(edit.op == "remove" for edit in notch.patch):
            assert all(any(at.startswith(edit.path) for edit in notch.patch) for at in touched), notch.text
        seen.add(notch.text)
    assert len(seen) == len(list(all_notches(week))) > 50


def _leaves(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a document by its pointer; a field that says nothing (an override's null) is none."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{path}/{key}")
    elif isinstance(data, list | tuple):
        yield path, tuple(map(str, data))
    elif data is not None and data is not True:
        yield path, data


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_notches_come_smallest_first_and_a_later_one_of_a_subject_gives_up_more(path: Path) -> None:
    week = prepare(load_scenario(path))
    for rule in rules_of(week):
        notches = list(rule.notches(week))
        assert [notch.size for notch in notches] == sorted(notch.size for notch in notches)
        for subject in {notch.subject for notch in notches}:
            sizes = [notch.size for notch in notches if notch.subject == subject]
            assert len(set(sizes)) == len(sizes), (rule.id, subject)


def test_rules_that_say_what_a_plan_is_have_no_notch() -> None:
    week = prepared()
    still = {rule.id for rule in rules_of(week) if not list(rule.notches(week))}
    assert still - {"daily-quota"} == RIGID | WITHOUT_RANGES | {"avoid-hours"}


def test_a_range_can_be_switched_off_where_there_is_one() -> None:
    week = replace(prepared(), ppv_range=CountRange(2, 3), bump_range=CountRange(4, 6))
    assert texts(week, "ppv-range") == ["2-3 a day -> off"]
    (notch,) = of_rule(week, "bump-range")
    assert (notch.before, notch.after) == ("4-6 a day", "off")
    changed = notch.applied(week.scenario)
    assert changed is not None
    assert (changed.rules.bump_range.enabled, changed.rules.ppv_range.enabled) == (False, True)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "min-spacing",
            [
                "45 min -> 30 min (ladder step 2)",
                "45 min -> 20 min (ladder step 3)",
                "45 min -> 15 min (ladder step 4)",
            ],
        ),
        ("block-limit", ["3 per 4 h -> 4 per 4 h", "3 per 4 h -> off"]),
        ("clock-repeat", ["2 a week -> 3 a week"]),
        ("style-am-pm", ["1 a half-day -> 2 a half-day"]),
        ("followup-daily-limit", ["4 a day -> 5 a day"]),
        ("followup-clearance", ["5 min -> 3 min", "5 min -> 1 min"]),
        ("followup-window", ["15-45 min -> 10-60 min"]),
        ("strategy-variety", ["3 strategies a week -> 2 strategies a week"]),
        ("strategy-repeat", ["on -> off"]),
        ("style-back-to-back", ["on -> off"]),
        ("no-repeat-type", ["on -> off"]),
        ("day-nonempty", ["on -> off"]),
        ("round-minute", ["closed every 15 min -> off"]),
        ("active-window", ["start 08:00 -> 07:30", "end 23:30 -> 23:59"]),
        ("campaign-spacing", []),
        (
            "type-diversity",
            [
                "10 types a week -> 9 types a week",
                "revenue 5 types a week -> 4 types a week",
                "engagement 5 types a week -> 4 types a week",
            ],
        ),
        (
            "category-balance",
            [
                "revenue at least 30 % -> at least 25 %",
                "engagement at least 25 % -> at least 20 %",
                "retention at most 20 % -> at most 25 %",
                "on -> off",
            ],
        ),
        (
            "weekly-cap",
            [
                "tip_goal 3 a week -> 4 a week",
                "vip_program 1 a week -> 2 a week",
                "snapchat_bundle 1 a week -> 2 a week",
                "tip_goal 3 a week -> off",
                "vip_program 1 a week -> off",
                "snapchat_bundle 1 a week -> off",
            ],
        ),
        ("lock", ["bump_flyer at Tue 21 Jan 20:07 locked -> free", "ppv_unlock at Wed 22 Jan 20:07 locked -> free"]),
        (
            "blackout",
            [
                "Wed 22 Jan 10:00-11:30 closed -> open",
                "Fri 24 Jan 22:00 to Sat 25 Jan 09:00 closed -> open",
            ],
        ),
    ],
)
def test_the_notches_of_the_stated_parameters(rule: str, expected: list[str]) -> None:
    assert texts(prepared(), rule) == expected


def test_the_distances_of_campaigns_give_way_family_by_family() -> None:
    week = prepared(campaigns={"families": {"bundle_wall_campaign": {"per_month": 3}}})
    assert texts(week, "campaign-spacing") == [
        "spin_the_wheel_game at least 7 days -> at least 6 days",
        "bundle_wall_campaign at least 5 days -> at least 4 days",
        "game_other at least 7 days -> at least 6 days",
        "on -> off",
    ]  # no send carries a descriptive campaign on a paid page
    changed = of_rule(week, "campaign-spacing")[1].applied(week.scenario)
    assert changed is not None
    assert changed.campaigns is not None
    assert changed.campaigns.cadence(Family.BUNDLE_WALL) == Cadence(4, 7, Range(3, 6))
    assert texts(week, "campaign-target") == []


def test_each_type_and_the_followups_have_their_gap() -> None:
    told = texts(prepared(), "same-type-gap")
    assert "ppv_unlock 120 min -> 90 min" in told
    assert told.index("ppv_unlock 120 min -> 60 min") > told.index(f"{FOLLOWUP} 60 min -> 45 min")
    assert not any("ppv_wall" in text for text in told), "it does not exist on a paid page"


@pytest.mark.parametrize(
    ("rules", "rule", "expected"),
    [
        ({"min-spacing": {"minutes": 20}}, "min-spacing", ["20 min -> 15 min (ladder step 4)"]),
        ({"min-spacing": {"minutes": 15}}, "min-spacing", []),
        ({"block-limit": {"max": 24}}, "block-limit", ["24 per 4 h -> off"]),
        ({"followup-clearance": {"minutes": 2}}, "followup-clearance", ["2 min -> 1 min"]),
        ({"followup-clearance": {"minutes": 1}}, "followup-clearance", []),
        ({"strategy-variety": {"strategies": 1}}, "strategy-variety", []),
        (
            {"type-diversity": {"types": 0, "revenue": 0, "engagement": 2}},
            "type-diversity",
            ["engagement 2 types a week -> 1 types a week"],
        ),
        ({"active-window": {"start": "00:00", "end": "23:59"}}, "active-window", []),
        ({"active-window": {"start": "00:10"}}, "active-window", ["start 00:10 -> 00:00", "end 23:30 -> 23:59"]),
        (
            {"category-balance": {"revenue_min": 0.02, "engagement_min": 0, "retention_max": 1}},
            "category-balance",
            ["revenue at least 2 % -> at least 0 %", "on -> off"],
        ),
        ({"block-limit": {"enabled": False}}, "block-limit", []),
        ({"clock-repeat": {"max": 1000}}, "clock-repeat", []),
    ],
)
def test_at_the_end_of_its_range_a_rule_has_fewer_notches(
    rules: dict[str, Any], rule: str, expected: list[str]
) -> None:
    assert texts(prepared(rules=rules), rule) == expected


def test_a_lock_or_a_blackout_that_is_let_go_is_the_one_that_was_named() -> None:
    week = prepared()
    left = {}
    for notch in (*of_rule(week, "lock"), *of_rule(week, "blackout")):
        changed = notch.applied(week.scenario)
        assert changed is not None
        left[notch.subject] = [lock.send_type_key for lock in changed.locks] + [
            one.end.hour for one in changed.blackouts
        ]
    assert left == {
        "bump_flyer at Tue 21 Jan 20:07": ["ppv_unlock", 11, 9],
        "ppv_unlock at Wed 22 Jan 20:07": ["bump_flyer", 11, 9],
        "Wed 22 Jan 10:00-11:30": ["ppv_unlock", "bump_flyer", 9],
        "Fri 24 Jan 22:00 to Sat 25 Jan 09:00": ["ppv_unlock", "bump_flyer", 11],
    }


def test_a_cap_stated_under_a_retired_name_is_raised_there() -> None:
    week = prepared(send_types={"ppv_video": {"weekly_cap": 4}, "ppv_message": {"value": 30}})
    notch = next(notch for notch in of_rule(week, "weekly-cap") if notch.subject == "ppv_unlock")
    assert [edit.path for edit in notch.patch] == ["/send_types/ppv_video/weekly_cap"]
    changed = notch.applied(week.scenario)
    assert changed is not None
    assert prepare(changed).types["ppv_unlock"].weekly_cap == 5


def test_of_several_names_the_one_that_counts_is_changed() -> None:
    week = prepared(send_types={"ppv_unlock": {"min_gap": 100}, "ppv_message": {"min_gap": 80}})
    notch = next(notch for notch in of_rule(week, "same-type-gap") if notch.subject == "ppv_unlock")
    changed = notch.applied(week.scenario)
    assert changed is not None
    assert prepare(changed).types["ppv_unlock"].gap_minutes == 60


def test_a_type_that_is_not_overridden_yet_gets_an_entry() -> None:
    week = prepared()
    notch = next(notch for notch in of_rule(week, "weekly-cap") if notch.subject == "vip_program")
    changed = notch.applied(week.scenario)
    assert changed is not None
    assert prepare(changed).types["vip_program"].weekly_cap == 2
    assert prepare(changed).types["vip_program"].gap_minutes == week.types["vip_program"].gap_minutes


def test_avoided_hours_open_at_the_edges_that_lie_inside_the_window() -> None:
    def edges(**changes: Any) -> list[str]:
        return [notch.subject for notch in of_rule(prepared(**changes), "avoid-hours")]

    assert edges() == []
    assert edges(timing={"avoid_hours": [7, 8, 9, 10, 14]}) == ["08-09 h", "10-11 h", "14-15 h"]
    assert edges(rules={"active-window": {"enabled": False}}) == ["03-04 h", "06-07 h"]
    week = prepared(timing={"avoid_hours": [6, 7, 8]}, rules={"avoid-hours": {"hours": [8, 9]}})
    first = of_rule(week, "avoid-hours")[0]
    assert first.subject == "08-09 h"
    changed = first.applied(week.scenario)
    assert changed is not None
    assert (changed.timing.avoid_hours, changed.rules.avoid_hours.hours) == ((6, 7), (9,))


@pytest.mark.parametrize(("response", "open_window"), [(30, True), (75, True), (76, True), (80, False), (5, False)])
def test_the_followup_window_widens_only_where_the_creators_response_lets_it(response: int, open_window: bool) -> None:
    week = prepared(timing={"avg_response_minutes": response})
    notches = of_rule(week, "followup-window")
    assert bool(notches) is open_window
    for notch in notches:
        changed = notch.applied(week.scenario)
        assert changed is not None
        wider = prepare(changed).followup_window
        assert wider.earliest <= week.followup_window.earliest
        assert wider.latest >= week.followup_window.latest


def test_every_enabled_rule_is_asked() -> None:
    asked = {notch.rule for _, notch in all_notches(prepared(timing={"avoid_hours": [9]}))}
    without = {"daily-quota", "campaign-spacing", "campaign-target"}
    assert asked == {rule.id for rule in RULES} - RIGID - WITHOUT_RANGES - without


@cache
def _loosened() -> tuple[Week, tuple[tuple[Notch, Week], ...]]:
    """A week in which many rules can be broken, and each of its weeks with one rule loosened."""
    week = prepared(
        timing={"avoid_hours": [9], "late_followups": "cross_midnight"},
        rules={"day-nonempty": {"enabled": True}},
        campaigns={"history": [{"date": "2025-01-19", "campaign_type": "game_other"}]},
        history={
            "sends": [{"at": "2025-01-19T23:20", "send_type_key": "ppv_unlock", "ppv_style": "winner"}],
            "last_strategy": "storytelling",
        },
    )
    weeks = []
    for _, notch in all_notches(week):
        changed = notch.applied(week.scenario)
        assert changed is not None
        weeks.append((notch, prepare(changed)))
    return week, tuple(weeks)


@st.composite
def _plans(draw: st.DrawFn) -> tuple[Send, ...]:
    """Sends anywhere in three days, dense enough to break rules; some with a followup."""
    week, _ = _loosened()
    sends: list[Send] = []
    crowded = draw(st.integers(0, 2 * 1440))
    for number in range(draw(st.integers(0, 14))):
        wide = draw(st.booleans())
        minute = draw(st.integers(0, 3 * 1440)) if wide else crowded + draw(st.integers(0, 300))
        row = week.types[draw(st.sampled_from([*week.types, "ppv_unlock", "vip_program", "tip_goal"]))]
        style = draw(st.sampled_from(row.styles)) if row.styles else None
        family = draw(st.sampled_from([None, None, *Family]))
        sends.append(_send(week, f"s{number}", minute, row.key, style=style, campaign_type=family))
        if row.followup and draw(st.booleans()):
            later = minute + draw(st.integers(1, 90))
            sends.append(_send(week, f"f{number}", later, FOLLOWUP, followup=True, parent=f"s{number}"))
    return tuple(sorted(sends, key=lambda send: (send.minute, send.id)))


def _send(week: Week, name: str, minute: int, key: str, **fields: Any) -> Send:
    horizon = week.horizon
    return Send(name, minute, horizon.day_of(minute), horizon.clock(minute), key, week.catalog[key], **fields)


@settings(max_examples=150)
@given(_plans(), st.lists(st.sampled_from(["storytelling", "variety_max", "revenue_focus"]), min_size=7, max_size=7))
def test_what_a_loosened_rule_finds_the_rule_found_before(sends: tuple[Send, ...], strategies: list[str]) -> None:
    week, weeks = _loosened()
    dressed = tuple(replace(send, strategy=strategies[min(send.day, 6)]) for send in sends)
    plan = Timetable(week, dressed)
    before = {rule.id: list(rule.violations(plan)) for rule in rules_of(week)}
    for notch, looser in weeks:
        rule = next((rule for rule in rules_of(looser) if rule.id == notch.rule), None)
        after = list(rule.violations(replace(plan, week=looser))) if rule else []
        found = before[notch.rule]
        assert sum(one.amount for one in after) <= sum(one.amount for one in found) + 1e-9, notch.text
        assert not after or found, notch.text
        if notch.rule == "lock":  # numbers of locks move up
            assert {one.message for one in after} <= {one.message for one in found}
        elif notch.rule != "weekly-cap":  # a send too many in two weeks is told of the first only
            assert {one.subject for one in after} <= {one.subject for one in found}, notch.text


def test_a_notch_forgives_what_lies_between_before_and_after() -> None:
    week, weeks = _loosened()
    minute = week.horizon.day_start(1) + 20 * 60 + 1
    rows = [_send(week, f"s{n}", minute + 16 * n, key) for n, key in enumerate(["game_post", "vip_program", "bundle"])]
    plan = Timetable(week, tuple(rows))
    found = {}
    for notch, looser in weeks:
        if notch.rule == "min-spacing":
            rule = next(rule for rule in rules_of(looser) if rule.id == notch.rule)
            found[notch.after] = len(list(rule.violations(replace(plan, week=looser))))
    assert found == {"30 min (ladder step 2)": 2, "20 min (ladder step 3)": 2, "15 min (ladder step 4)": 0}
