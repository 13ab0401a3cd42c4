"""Exhaustive agreement on tiny horizons: for every small schedule, `post` allows it iff `violations` finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest

from schedsolve.constraints import RULES
from schedsolve.model.catalog import CATALOG, FOLLOWUP
from schedsolve.model.timetable import Send, Timetable
from schedsolve.model.week import Week

from .agreement import declared, disagreements, every_subset, only, with_strategies
from .plans import plan_of
from .weeks import week

QUOTA = (2, 2, 1)


def small_week(lines: Sequence[str], **changes: Any) -> Week:
    """A week that knows only the types its lines name."""
    used = {line.split()[2] for line in lines}
    off = {key: {"enabled": False} for key in CATALOG if key not in used and key != FOLLOWUP}
    return week(**{"days": 1, "quota": QUOTA, "send_types": off, **changes})


def sends_of(on: Week, *lines: str) -> list[Send]:
    """Sends, each with an id of its own, that subsets are taken from."""
    found = []
    for number, line in enumerate(lines):
        send = plan_of(on, line).sends[0]
        found.append(replace(send, id=f"s{number}"))
    return found


def grid(days: str, clocks: str, kinds: str) -> list[str]:
    """All lines of some days, clock times and kinds (kinds parted by commas)."""
    return [f"{day} {clock} {kind}" for day, clock, kind in product(days.split(), clocks.split(), kinds.split(","))]


CASES: dict[str, tuple[dict[str, Any], list[str], int]] = {
    "min-spacing": (
        {"history": ["2025-01-19T23:50 bump_normal"]},
        ["Mon 00:20 link_drop", "Mon 00:35 link_drop", *grid("Mon", "09:07 09:51 09:52 11:59 12:43 12:44", "dm_farm")],
        3,
    ),
    "time-conflict": ({}, grid("Mon", "09:07 09:08 12:00", "dm_farm,link_drop,bump_normal"), 3),
    "same-type-gap": (
        {"days": 2, "history": ["2025-01-19T20:07 like_farm", "2025-01-19T23:10 bump_normal"]},
        [
            *grid("Mon", "00:09 00:10 00:11 01:09 01:10", "bump_normal"),
            *grid("Mon", "20:06 20:07", "like_farm"),
            *grid("Tue", "20:06 20:07", "like_farm"),
        ],
        3,
    ),
    "block-limit": (
        {"rules": {"block_limit": {"max": 2}}},
        grid("Mon", "08:01 10:07 11:59 12:00 13:13 15:59", "bump_normal"),
        4,
    ),
    "block-limit over noon": (
        {"rules": {"block_limit": {"max": 2, "hours": 8}}},
        grid("Mon", "08:01 11:59 12:00 13:13 15:59 16:00", "bump_normal"),
        4,
    ),
    "block-limit rolling": (
        {
            "rules": {"block_limit": {"max": 2, "window": "rolling"}},
            "history": ["2025-01-19T22:07 bump_normal", "2025-01-19T23:07 link_drop"],
        },
        grid("Mon", "02:06 02:07 03:07 06:06 06:07 10:07", "bump_normal"),
        4,
    ),
    "round-minute": ({}, grid("Mon", "09:00 09:01 09:14 09:15 09:30 09:45 09:59", "bump_normal"), 2),
    "clock-repeat": (
        {"days": 3, "rules": {"clock_repeat": {"max": 2}}},
        grid("Mon Tue Wed", "09:07 10:07", "bump_normal"),
        6,
    ),
    "active-window": ({}, grid("Mon", "00:00 07:59 08:00 08:01 23:30 23:31 23:59", "bump_normal"), 2),
    "avoid-hours": ({}, grid("Mon", "02:59 03:00 05:30 06:59 07:00", "bump_normal"), 2),
    "blackout": (
        {"blackouts": [("2025-01-20T12:00", "2025-01-20T14:00")]},
        grid("Mon", "11:59 12:00 13:59 14:00", "bump_normal"),
        2,
    ),
    "weekly-cap": (
        {"days": 8, "start": "2025-01-22", "history": ["2025-01-20T12:00 tip_goal", "2025-01-21T12:00 tip_goal"]},
        [*grid("Wed Sat Sun Mon", "12:07 16:07", "tip_goal")],
        4,
    ),
    "no-repeat-type": (
        {"days": 2},
        [*grid("Mon", "09:07 11:07 13:07", "bump_normal,link_drop,bundle"), "Tue 09:07 bump_normal"],
        4,
    ),
    "day-nonempty": ({"days": 2, "quota": [(1, 1, 0), (0, 0, 0)]}, grid("Mon", "09:07", "bump_normal,bundle"), 2),
    "daily-quota": (
        {"quota": (1, 2, 0)},
        grid("Mon", "09:07 11:07 13:07", "bump_normal,bundle,renew_on_post"),
        3,
    ),
    "ppv-range": (
        {"quota": (3, 1, 0), "ppv_range": (1, 2)},
        grid("Mon", "09:07 11:07 13:07", "ppv_unlock solo,bundle,tip_goal"),
        3,
    ),
    "bump-range with a low end above the quota": (
        {"days": 2, "quota": [(1, 1, 0), (0, 3, 0)], "bump_range": (2, 2)},
        [*grid("Mon", "09:07 13:07", "bump_normal"), *grid("Tue", "09:07 13:07 17:07", "bump_normal,dm_farm")],
        4,
    ),
    "type-diversity": (
        {"rules": {"type_diversity": {"types": 21, "revenue": 14, "engagement": 7}}},
        grid("Mon", "09:07 11:07 13:07 15:07", "bump_normal,link_drop,bundle"),
        4,
    ),
    "style-back-to-back": (
        {"history": ["2025-01-19T21:07 ppv_unlock winner"]},
        grid("Mon", "09:07 13:07 17:07", "ppv_unlock winner,ppv_unlock solo,bundle,bump_normal"),
        3,
    ),
    "style-am-pm": (
        {},
        grid("Mon", "08:07 11:59 12:00 20:07", "ppv_unlock winner,bundle,ppv_unlock bundle"),
        3,
    ),
    "page-type": ({}, grid("Mon", "08:07 11:59", "tip_goal,ppv_wall solo,bundle"), 2),
    "category-balance": (
        {"quota": (2, 2, 2)},
        grid("Mon", "09:07 11:07 13:07", "bump_normal,bundle,renew_on_post"),
        3,
    ),
    "campaign-spacing": (
        {
            "page": "free",
            "days": 4,
            "rules": {"campaign_target": {"enabled": True}},
            "campaigns": {
                "per_month": 0,
                "history": [
                    {"date": "2025-01-14", "campaign_type": "spin_the_wheel_game"},
                    {"date": "2025-01-19", "campaign_type": "descriptive_wall_campaign"},
                ],
                "families": {
                    "descriptive_wall_campaign": {"per_month": 0},
                    "spin_the_wheel_game": {"per_month": 0},
                    "bundle_wall_campaign": {"per_month": 0, "min_days": 3},
                    "game_other": {"per_month": 0, "min_days": 2},
                },
            },
        },
        [
            *grid("Mon Tue Thu", "09:07", "ppv_wall solo campaign=descriptive_wall_campaign,bundle"),
            *grid("Mon Tue Thu", "12:07", "bundle campaign=bundle_wall_campaign"),
            *grid("Mon Tue Wed", "15:07", "game_post campaign=spin_the_wheel_game,game_post campaign=game_other"),
            *grid("Tue", "20:07", "game_post campaign=game_other,game_post,ppv_wall solo"),
        ],
        3,
    ),
    "lock": (
        {"locks": ["2025-01-20T11:07 ppv_unlock winner"]},
        grid("Mon", "09:07 11:07 11:08", "ppv_unlock winner,ppv_unlock solo,bundle"),
        2,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_model_and_audit_agree_on_every_small_schedule(name: str) -> None:
    changes, lines, most = CASES[name]
    rule = name.split()[0]
    settings = {key: dict(value) for key, value in changes.get("rules", {}).items()}
    on = small_week(lines, **{**changes, "rules": only(rule, **settings)})
    different, accepted, refused = disagreements(on, every_subset(sends_of(on, *lines), on, most))
    assert different == []
    assert accepted > 0
    assert refused > 0


def test_a_spring_day_agrees_on_gaps_windows_and_blocks() -> None:
    rules = only("min-spacing", "block-limit", "active-window", block_limit={"max": 1, "hours": 2})
    rules["active-window"] = {"start": "00:30", "end": "04:10"}
    lines = grid("Sun", "00:29 00:30 01:20 01:59 03:04 03:05 03:50 04:10 04:11", "bump_normal")
    on = small_week(lines, start="2025-03-09", rules=rules)
    different, accepted, refused = disagreements(on, every_subset(sends_of(on, *lines), on, 3))
    assert (different, accepted > 0, refused > 0) == ([], True, True)


def test_an_autumn_night_agrees_on_repeated_hours() -> None:
    rules = only("min-spacing", "block-limit", "clock-repeat", block_limit={"max": 2}, clock_repeat={"max": 1})
    clocks = ["00:07", "01:07", "01:07 again", "01:51 again", "01:52", "02:07", "04:01"]
    lines = [f"Sun {clock.split()[0]} bump_normal {' '.join(clock.split()[1:])}".strip() for clock in clocks]
    on = small_week(lines, start="2025-11-02", rules=rules)
    different, accepted, refused = disagreements(on, every_subset(sends_of(on, *lines), on, 4))
    assert (different, accepted > 0, refused > 0) == ([], True, True)


def followed(on: Week, parents: list[Send], delays: list[int], others: list[Send]) -> list[Timetable]:
    """Every choice of parents, one followup or none each, and other sends."""
    plans = []
    for size, extra in product(range(len(parents) + 1), range(len(others) + 1)):
        for chosen, beside in product(combinations(parents, size), combinations(others, extra)):
            for delay in product([None, *delays], repeat=size):
                children = [_child(on, parent, wait) for parent, wait in zip(chosen, delay, strict=True) if wait]
                sends = sorted((*chosen, *beside, *children), key=lambda send: send.minute)
                plans.append(declared(Timetable(on, tuple(sends))))
    return plans


def _child(on: Week, parent: Send, delay: int, adjusted: bool = False) -> Send:
    minute = parent.minute + delay
    return replace(
        plan_of(on, "Mon 12:00 ppv_followup").sends[0],
        id=f"{parent.id}_followup",
        minute=minute,
        day=on.horizon.day_of(minute),
        clock=on.horizon.clock(minute),
        parent=parent.id,
        delay=delay,
        timing_adjusted=adjusted,
    )


FOLLOWUP_CASES: dict[str, tuple[str, dict[str, Any], list[str], list[int], list[str]]] = {
    "clearance": (
        "followup-clearance",
        {"history": ["2025-01-19T23:58 ppv_followup"]},
        ["Mon 00:04 ppv_unlock solo", "Mon 09:07 ppv_unlock solo"],
        [15, 30, 45],
        ["Mon 00:02 bump_normal", "Mon 00:21 link_drop", "Mon 09:41 dm_farm", "Mon 09:56 bundle"],
    ),
    "clearance between followups": (
        "followup-clearance",
        {},
        ["Mon 09:07 ppv_unlock solo", "Mon 09:32 tip_goal"],
        [15, 36, 40, 45],
        [],
    ),
    "gap between followups": (
        "same-type-gap",
        {},
        ["Mon 09:07 ppv_unlock solo", "Mon 09:52 tip_goal", "Mon 11:07 ppv_unlock solo"],
        [15, 30, 45],
        [],
    ),
    "round minutes": ("round-minute", {}, ["Mon 09:07 tip_goal"], list(range(15, 46)), []),
    "daily limit": (
        "followup-daily-limit",
        {"rules": {"followup_daily_limit": {"max": 1}}},
        ["Mon 09:07 ppv_unlock solo", "Mon 12:07 ppv_unlock solo", "Mon 15:07 tip_goal"],
        [20],
        [],
    ),
    "daily limit over midnight": (
        "followup-daily-limit",
        {
            "days": 2,
            "rules": {"followup_daily_limit": {"max": 1}},
            "timing": {"late_followups": "cross_midnight"},
        },
        ["Mon 09:07 ppv_unlock solo", "Mon 23:29 ppv_unlock solo", "Tue 15:07 tip_goal"],
        [20, 45],
        [],
    ),
    "late, within the day": ("followup-late", {"days": 2}, ["Mon 23:29 tip_goal"], [15, 30, 31, 45], []),
    "late, over midnight": (
        "followup-late",
        {"days": 2, "timing": {"late_followups": "cross_midnight"}},
        ["Mon 23:29 tip_goal"],
        [15, 30, 31, 45],
        [],
    ),
    "conflict": (
        "time-conflict",
        {},
        ["Mon 09:07 tip_goal", "Mon 09:12 ppv_unlock solo"],
        [15, 20],
        ["Mon 09:22 bump_normal", "Mon 09:27 dm_farm"],
    ),
    "window and midnight": (
        "active-window",
        {"days": 2, "timing": {"late_followups": "cross_midnight"}},
        ["Mon 23:29 tip_goal", "Mon 23:10 ppv_unlock solo"],
        [15, 20, 30, 31, 45],
        [],
    ),
}


@pytest.mark.parametrize("name", FOLLOWUP_CASES)
def test_model_and_audit_agree_on_followups(name: str) -> None:
    rule, changes, parents, delays, others = FOLLOWUP_CASES[name]
    settings = {key: dict(value) for key, value in changes.get("rules", {}).items()}
    on = small_week([*parents, *others], **{**changes, "rules": only(rule, **settings)})
    everyone = sends_of(on, *parents, *others)
    plans = followed(on, everyone[: len(parents)], delays, everyone[len(parents) :])
    different, accepted, _ = disagreements(on, plans)
    assert different == []
    assert accepted > 0


def test_next_morning_followups_agree() -> None:
    lines = grid("Mon", "23:13 23:14 23:16 23:29", "tip_goal")
    rules = only("followup-late", "active-window", "round-minute")
    on = small_week(lines, days=2, rules=rules, timing={"late_followups": "next_morning"})
    parents = sends_of(on, *lines)
    plans = []
    for parent in parents:
        morning = on.horizon.day_starts[1] + 8 * 60 - parent.minute
        for delay in (morning, morning + 1, morning + 59, morning + 60):
            plans.append(declared(Timetable(on, (parent, _child(on, parent, delay, adjusted=True)))))
    different, accepted, refused = disagreements(on, plans)
    assert (different, accepted, refused) == ([], 4, 12)


@pytest.mark.parametrize("last", [None, "storytelling"])
def test_strategy_rules_agree_on_every_sequence_of_four_days(last: str | None) -> None:
    offered = ["storytelling", "variety_max", "balanced_standard"]
    on = week(
        days=4,
        rules=only("strategy-repeat", "strategy-variety"),
        variation={"strategies": offered},
        last_strategy=last,
    )
    plans = [with_strategies(declared(Timetable(on, ())), sequence) for sequence in product(offered, repeat=4)]
    different, accepted, refused = disagreements(on, plans)
    assert (different, accepted > 0, refused > 0) == ([], True, True)


def test_every_rule_that_posts_is_held_against_its_audit() -> None:
    covered = {name.split()[0] for name in CASES} | {case[0] for case in FOLLOWUP_CASES.values()}
    covered |= {"strategy-repeat", "strategy-variety"}
    posting = {rule.id for rule in RULES if {"post", "narrow"} & set(vars(rule))}
    assert posting <= covered
