"""What a scenario may say: tables of accepted and refused values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schedsolve.model.durations import parse_minutes
from schedsolve.model.scenario import Scenario

NAN, INFINITY, HUGE = float("nan"), float("inf"), 10**30
STYLES = ["solo", "bundle", "winner", "sextape"]

LEAST: dict[str, Any] = {
    "schedsolve": 1,
    "kind": "creator-week",
    "week_start": "2025-01-20",
    "creator": {"id": "alexia", "page_type": "paid", "timezone": "America/New_York"},
}


def scenario(**changes: Any) -> Scenario:
    return Scenario.model_validate({**LEAST, **changes})


def put(path: str, value: Any) -> dict[str, Any]:
    """The least scenario with one value set, at a dotted path."""
    *steps, last = path.split(".")
    data: dict[str, Any] = {**LEAST, "creator": dict(LEAST["creator"])}
    node = data
    for step in steps:
        node = node.setdefault(step, {})
    node[last] = value
    return data


def refused(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Place and message of each fault."""
    with pytest.raises(ValidationError) as caught:
        Scenario.model_validate(data)
    return [(".".join(map(str, fault["loc"])), fault["msg"]) for fault in caught.value.errors()]


def test_the_least_scenario_has_the_defaults_of_the_contract() -> None:
    made = scenario()
    assert (made.name, made.seed, made.days, made.week_start) == ("unnamed", 0, 7, date(2025, 1, 20))
    assert (made.performance.saturation, made.performance.opportunity) == (None, None)
    assert made.performance.revenue_trend == "stable"
    assert made.timing.best_days == ("friday", "saturday", "sunday")
    assert (made.timing.variation, made.timing.jitter_base) == ("medium", 8)
    assert made.timing.prime_anchor == date(2025, 1, 20)
    assert (made.variation.temperature, made.variation.boost_factor) == (1.0, 1.5)
    assert len(made.variation.strategies) == 5
    assert (made.locks, made.blackouts, made.history.sends) == ((), (), ())


def test_the_example_of_the_contract_is_accepted() -> None:
    made = scenario(
        name="alexia, late January",
        seed=7,
        days=7,
        creator={
            "id": "alexia",
            "page_type": "paid",
            "fan_count": 8500,
            "timezone": "America/New_York",
            "content_style": "nude",
            "sub_type": "gfe",
        },
        volume={
            "revenue_per_day": 6,
            "engagement_per_day": 5,
            "retention_per_day": 2,
            "weekly_distribution": [12, 13, 13, 13, 14, 13, 13],
            "confidence_score": 0.85,
        },
        performance={"saturation": 45, "opportunity": 62, "revenue_trend": "up"},
        timing={
            "peak_hours": [20, 21, 22],
            "avoid_hours": [3, 4, 5, 6],
            "best_days": ["friday", "saturday", "sunday"],
            "hourly_performance": {9: 0.5, 20: 1.0, 21: 0.95},
            "avg_response_minutes": 30,
            "late_followups": "within_day",
            "variation": "medium",
        },
        variation={"temperature": 1.0},
        send_types={"bump_flyer": {"min_gap": "5h", "weekly_cap": 4, "value": 24}},
        rules={
            "min-spacing": {"minutes": 45},
            "block-limit": {"max": 3, "hours": 4, "window": "fixed"},
            "clock-repeat": {"max": 2},
            "type-diversity": {"types": 10, "revenue": 5, "engagement": 5},
        },
        history={
            "sends": [{"at": "2025-01-19T21:07", "send_type_key": "like_farm"}],
            "rotation": {"state": "pattern_active", "pattern": STYLES, "started": "2025-01-18"},
            "last_strategy": "storytelling",
        },
        locks=[{"at": "2025-01-22T20:07", "send_type_key": "ppv_unlock", "ppv_style": "winner"}],
        blackouts=[{"from": "2025-01-23T00:00", "to": "2025-01-23T12:00", "reason": "travel"}],
    )
    assert made.send_types["bump_flyer"].min_gap == 300
    assert made.rules.min_spacing.minutes == 45
    assert str(made.locks[0].ppv_style) == "winner"


@pytest.mark.parametrize("key", ["schedsolve", "kind", "week_start", "creator"])
def test_required_keys_are_required(key: str) -> None:
    data = {name: value for name, value in LEAST.items() if name != key}
    assert refused(data) == [(key, "Field required")]


@pytest.mark.parametrize("key", ["id", "page_type", "timezone"])
def test_a_creator_needs_id_page_and_zone(key: str) -> None:
    creator = {name: value for name, value in LEAST["creator"].items() if name != key}
    assert refused({**LEAST, "creator": creator}) == [(f"creator.{key}", "Field required")]


ACCEPTED: list[tuple[str, list[Any]]] = [
    ("seed", [0, 2**63 - 1]),
    ("days", [1, 28]),
    ("name", ["x", "Ж" * 200]),
    ("week_start", ["1990-01-01", "2025-02-28", "2024-02-29", date(2025, 1, 22)]),
    ("creator.id", ["a", "A.b-c_d@e", "0" * 100]),
    ("creator.page_type", ["paid", "free"]),
    ("creator.timezone", ["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
    ("creator.fan_count", [0, 10**9, None]),
    ("creator.content_style", ["nude", "non_nude", "porno", None]),
    ("creator.sub_type", ["gfe", "commercial", "personalized"]),
    ("volume.revenue_per_day", [1, 10]),
    ("volume.engagement_per_day", [1, 8]),
    ("volume.retention_per_day", [0, 4]),
    ("volume.level", ["low", "mid", "high", "ultra"]),
    ("volume.weekly_distribution", [[7] * 7, [], (13,), {0: 12, 6: 13}, {}]),
    ("volume.confidence_score", [0, 0.0, 0.3, 1, 1.0]),
    ("volume.accept_low_confidence", [True, False]),
    ("performance.saturation", [0, 100, 45.5]),
    ("performance.caption_freshness", [0, 100, None]),
    ("performance.revenue_trend", ["up", "stable", "down"]),
    ("timing.peak_hours", [[], [0], [23], list(range(24))]),
    ("timing.best_days", [[], ["monday"]]),
    ("timing.hourly_performance", [{}, {0: 0.3, 23: 1}]),
    ("timing.avg_response_minutes", [0, 1440, None]),
    ("timing.late_followups", ["within_day", "cross_midnight", "next_morning"]),
    ("timing.variation", ["low", "medium", "high"]),
    ("timing.jitter_base", [1, 8]),
    ("variation.temperature", [0, 0.5, 10]),
    ("variation.boost_factor", [1, 5]),
    ("variation.strategies", [["storytelling"], ["variety_max", "revenue_focus"]]),
    ("send_types.bundle.enabled", [True, False]),
    ("send_types.bundle.weekly_cap", [0, 1000]),
    ("send_types.bundle.value", [0, 34.5, 100_000]),
    ("send_types.bundle.expiry_hours", [1, 672]),
    ("send_types.bundle.channel", ["wall_post", "story"]),
    ("send_types.ppv_message.enabled", [True]),
    ("history.last_strategy", ["storytelling", None]),
    ("rules.pin-limit.max", [3, 4, 5]),
]
REFUSED: list[tuple[str, list[Any]]] = [
    ("schedsolve", [0, 2, "1", None, 1.5]),
    ("kind", ["crew-rota", "", None]),
    ("seed", [-1, 2**63, HUGE, 1.0, "7", True, NAN]),
    ("days", [0, 29, -1, HUGE, 7.0, "7", True, None]),
    ("name", ["", "x" * 201, 7]),
    (
        "week_start",
        ["20.01.2025", "2025-1-20", "2025-02-30", "2025-01-20T00:00", "20250120", "1989-12-31", "2100-01-02", 20250120],
    ),
    ("creator.id", ["", "-a", "a b", "a/b", "x" * 101, "ü", 7, "a\n"]),
    ("creator.page_type", ["Paid", "vip", "", None]),
    ("creator.timezone", ["", "Mars/Olympus", "EST5", "../etc/passwd", "america/new_york", "x" * 65, "+02:00"]),
    ("creator.fan_count", [-1, 10**9 + 1, HUGE, 1.5, "many", NAN]),
    ("creator.content_style", ["Nude", "soft"]),
    ("volume.revenue_per_day", [0, -3, 31, HUGE, 3.0, "3", NAN]),
    ("volume.engagement_per_day", [0, 31]),
    ("volume.retention_per_day", [-1, 31]),
    ("volume.level", ["medium", "LOW", 2]),
    ("volume.weekly_distribution", [[-1], [61], [1.5], [7] * 29, {7: 1}, {-1: 1}, {0: -1}, "13", 13]),
    ("volume.confidence_score", [NAN, "high", HUGE]),
    ("performance.saturation", [-1, 100.1, NAN, INFINITY, HUGE, "45", True]),
    ("performance.opportunity", [-0.1, 101]),
    ("performance.revenue_trend", ["rising", 1]),
    ("timing.peak_hours", [[24], [-1], [20.5], ["20"], 20, [1] * 25]),
    ("timing.best_days", [["Friday"], ["fri"], "friday"]),
    ("timing.hourly_performance", [{24: 0.5}, {20: 1.01}, {20: -0.1}, {20: NAN}, [1.0]]),
    ("timing.avg_response_minutes", [-1, 1441, 30.5, "30"]),
    ("timing.late_followups", ["never", "cross-midnight"]),
    ("timing.variation", ["none", 8]),
    ("timing.jitter_base", [0, 9]),
    ("timing.prime_anchor", ["Monday", "2025-01-32"]),
    ("variation.temperature", [-0.1, 10.1, NAN, INFINITY]),
    ("variation.boost_factor", [0.9, 5.1, NAN]),
    ("variation.strategies", [[], "storytelling", [7]]),
    ("send_types", [{"bundel": {}}, {"x" * 65: {}}, {"bundle": None}, []]),
    ("send_types.bundle.weekly_cap", [-1, 1001, 1.5]),
    ("send_types.bundle.value", [-1, 100_001, NAN, INFINITY]),
    ("send_types.bundle.expiry_hours", [0, 673]),
    ("send_types.bundle.channel", ["fax", ""]),
    ("history.last_strategy", [7, ["storytelling"]]),
    ("rules.pin-limit.max", [2, 6]),
    ("locks", [{}, "none", [None], [{}]]),
]


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, values in ACCEPTED for value in values])
def test_values_at_the_bounds_are_accepted(path: str, value: Any) -> None:
    Scenario.model_validate(put(path, value))


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, values in REFUSED for value in values])
def test_values_beyond_the_bounds_or_of_another_kind_are_refused_at_their_place(path: str, value: Any) -> None:
    assert all(place.startswith(path) for place, _ in refused(put(path, value)))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("variation.strategies", ["unknown"], "found 'unknown', expected one of revenue_focus, "),
        ("variation.strategies", ["storytelling"] * 2, "strategies: each may be named once"),
        ("history.last_strategy", "unknown", "found 'unknown', expected one of revenue_focus, "),
        ("history.last_strategy", "", "found '', expected one of"),
    ],
)
def test_unknown_strategies_are_refused_by_name(path: str, value: Any, said: str) -> None:
    ((place, message),) = refused(put(path, value))
    assert place.startswith(path.split(".")[0])
    assert said in message


@pytest.mark.parametrize(
    "path",
    [
        "extra",
        "creator.name",
        "volume.bump_per_day",
        "performance.score",
        "timing.timezone",
        "variation.noise",
        "send_types.bundle.gap",
        "rules.no-such-rule",
        "rules.min_spacing",
        "rules.min-spacing.seconds",
        "history.plans",
    ],
)
def test_unknown_keys_are_refused(path: str) -> None:
    assert refused(put(path, {})) == [(path, "Extra inputs are not permitted")]


# --- dates, times, durations ----------------------------------------------------------------------

LOCK = {"send_type_key": "ppv_unlock"}


@pytest.mark.parametrize(
    "at",
    [
        "2025-01-22T20:07",
        "2025-01-22 20:07",
        "2025-01-22T20:07:00",
        "2025-01-22T20:07Z",
        "2025-01-22T20:07-05:00",
        "2025-01-22T20:07:00+05:30",
    ],
)
def test_local_times_to_the_minute_are_accepted(at: str) -> None:
    made = scenario(locks=[{"at": at, **LOCK}])
    assert (made.locks[0].at.hour, made.locks[0].at.minute, made.locks[0].at.second) == (20, 7, 0)


@pytest.mark.parametrize(
    "at",
    [
        "2025-01-22",
        "2025-01-22T20:07:30",
        "2025-01-22T24:00",
        "2025-02-30T20:07",
        "2025-01-22T20:60",
        "22.01.2025 20:07",
        "2025-01-22T8:07",
        "2025-01-22T20:07+25:00",
        "20:07",
        "",
        1737576420,
        None,
        NAN,
    ],
)
def test_other_forms_of_time_are_refused_with_the_right_form_or_the_reason(at: Any) -> None:
    ((place, said),) = refused({**LEAST, "locks": [{"at": at, **LOCK}]})
    assert place == "locks.0.at"
    assert "found" in said


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("5h", 300),
        ("90m", 90),
        ("90min", 90),
        ("1h30m", 90),
        ("2d", 2880),
        ("1d2h3m", 1563),
        ("0m", 0),
        ("  45m ", 45),
        ("28d", 40_320),
        (45, 45),
        (0, 0),
        (40_320, 40_320),
    ],
)
def test_durations_are_whole_minutes_or_text(text: str | int, minutes: int) -> None:
    made = Scenario.model_validate(put("send_types.bump_flyer.min_gap", text))
    assert made.send_types["bump_flyer"].min_gap == minutes


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "5",
            "5 h",
            "h",
            "5H",
            "1.5h",
            "-5h",
            "30m1h",
            "5h5h",
            "5h30",
            "1w",
            "٣h",
            "999999h",
            "29d",
            "40321m",
        ),
        *(40_321, -1, 45.0, True, HUGE, NAN, [45]),
    ],
)
def test_other_durations_are_refused(text: Any) -> None:
    assert {place for place, _ in refused(put("send_types.bump_flyer.min_gap", text))} == {
        "send_types.bump_flyer.min_gap"
    }


@given(st.integers(0, 27), st.integers(0, 23), st.integers(0, 59))
def test_a_duration_in_parts_is_the_sum_of_its_parts(days: int, hours: int, minutes: int) -> None:
    assert parse_minutes(f"{days}d{hours}h{minutes}m") == days * 1440 + hours * 60 + minutes


def test_a_refused_duration_says_what_is_expected() -> None:
    with pytest.raises(ValueError, match="found 'soon', expected minutes or a duration such as 45m, 5h or 1h30m"):
        parse_minutes("soon")


# --- history, locks, blackouts --------------------------------------------------------------------


@pytest.mark.parametrize(
    "state", ["initializing", "pattern_active", "rotation_pending", "rotating", "pattern_exhausted", "error"]
)
def test_every_rotation_state_can_be_handed_over(state: str) -> None:
    made = Scenario.model_validate(
        put("history.rotation", {"state": state, "pattern": STYLES[::-1], "started": "2025-01-18", "recent": [STYLES]})
    )
    assert made.history.rotation is not None
    assert [str(style) for style in made.history.rotation.pattern] == STYLES[::-1]
    assert str(made.history.rotation.state) == state


@pytest.mark.parametrize(
    "change",
    [
        {"pattern": STYLES[:3]},
        {"pattern": ["solo"] * 4},
        {"pattern": [*STYLES, "solo"]},
        {"pattern": ["solo", "bundle", "winner", "weird"]},
        {"pattern": "solo"},
        {"state": "asleep"},
        {"started": "lately"},
        {"position": -1},
        {"recent": [STYLES[:2]]},
        {"recent": [STYLES] * 21},
        {"method": "reverse"},
    ],
)
def test_a_rotation_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    rotation = {"pattern": STYLES, "started": "2025-01-18", **change}
    ((place, _),) = refused(put("history.rotation", rotation))
    assert place.startswith(f"history.rotation.{next(iter(change))}")


@pytest.mark.parametrize(
    ("key", "style", "fits"),
    [
        ("ppv_unlock", None, True),
        *(("ppv_unlock", style, True) for style in STYLES),
        *(("ppv_wall", style, True) for style in STYLES),
        ("ppv_video", "sextape", True),
        ("bundle", None, True),
        ("bundle", "bundle", True),
        ("flash_bundle", "bundle", True),
        ("bundle", "solo", False),
        ("snapchat_bundle", "winner", False),
        ("ppv_unlock", "weird", False),
        ("bump_normal", None, True),
        ("bump_normal", "solo", False),
        ("ppv_followup", None, False),
        ("no_such_type", None, False),
    ],
)
def test_a_lock_states_only_a_style_that_its_type_may_have(key: str, style: str | None, fits: bool) -> None:
    lock = {"at": "2025-01-22T20:07", "send_type_key": key, "ppv_style": style}
    if fits:
        scenario(locks=[lock])
    else:
        assert all(place.startswith("locks.0") for place, _ in refused({**LEAST, "locks": [lock]}))


def test_a_blackout_has_two_ends_under_their_yaml_names() -> None:
    made = scenario(blackouts=[{"from": "2025-01-23T00:00", "to": "2025-01-23T12:00"}])
    assert (made.blackouts[0].start.hour, made.blackouts[0].end.hour) == (0, 12)
    assert {place for place, _ in refused({**LEAST, "blackouts": [{"from": "2025-01-23T00:00"}]})} == {"blackouts.0.to"}


# --- rules ----------------------------------------------------------------------------------------

SETTINGS: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
    ("min-spacing", {"minutes": 45}, [{"minutes": 0}, {"minutes": 1441}, {"minutes": 45.5}, {"minutes": HUGE}]),
    ("block-limit", {"max": 3, "hours": 4, "window": "fixed"}, [{"max": 0}, {"hours": 5}, {"window": "sliding"}]),
    ("clock-repeat", {"max": 2}, [{"max": 0}]),
    ("type-diversity", {"types": 10, "revenue": 5, "engagement": 5}, [{"types": -1}]),
    (
        "category-balance",
        {"revenue_min": 0.30, "engagement_min": 0.25, "retention_max": 0.20},
        [{"revenue_min": 1.1}, {"retention_max": -0.1}, {"engagement_min": NAN}],
    ),
    ("strategy-variety", {"strategies": 3}, [{"strategies": 0}, {"strategies": 6}]),
    ("round-minute", {"step": 15}, [{"step": 1}, {"step": 61}]),
    (
        "active-window",
        {"start": "08:00", "end": "23:30"},
        [{"start": "8:00"}, {"end": "24:00"}, {"start": "23:30"}, {"start": "23:00", "end": "09:00"}, {"end": 23}],
    ),
    ("avoid-hours", {"hours": (3, 4, 5, 6)}, [{"hours": [24]}, {"hours": 3}, {"hours": ["3"]}]),
    ("style-am-pm", {"max": 1}, [{"max": 0}]),
    ("followup-window", {"earliest": 15, "latest": 45}, [{"earliest": 46}, {"latest": 14}, {"earliest": 0}]),
    ("followup-clearance", {"minutes": 5}, [{"minutes": 0}]),
    ("followup-daily-limit", {"max": 4}, [{"max": -1}]),
    ("rotation-span", {"shortest": 3, "longest": 4}, [{"shortest": 5}, {"longest": 2}, {"shortest": 0}]),
    ("pin-limit", {"max": 5}, [{"max": 2}, {"max": 6}]),
    ("pin-duration", {"hours": 72}, [{"hours": 0}, {"hours": 169}]),
]
SWITCHES = (
    *("known-type", "valid-input", "required-fields", "page-type", "target-required", "target-page", "day-nonempty"),
    *("daily-quota", "weekly-cap", "no-repeat-type", "strategy-repeat", "time-conflict", "same-type-gap"),
    *("style-known", "style-fixed", "style-back-to-back", "followup-eligible", "followup-linked", "followup-target"),
    *("followup-late", "jitter-range", "variation-metadata", "rotation-transition", "expiry-set", "pin-type"),
)


@pytest.mark.parametrize(("rule", "defaults", "_"), SETTINGS, ids=[rule for rule, _, _ in SETTINGS])
def test_a_rules_defaults_are_those_of_the_specification(rule: str, defaults: dict[str, Any], _: Any) -> None:
    assert scenario().rules.of(rule).parameters() == defaults
    assert scenario().rules.of(rule).enabled is True


@pytest.mark.parametrize(("rule", "change"), [(rule, change) for rule, _, changes in SETTINGS for change in changes])
def test_settings_out_of_bounds_are_refused_under_the_rules_id(rule: str, change: dict[str, Any]) -> None:
    assert all(place.startswith(f"rules.{rule}") for place, _ in refused({**LEAST, "rules": {rule: change}}))


@pytest.mark.parametrize("rule", [*SWITCHES, *(rule for rule, _, _ in SETTINGS)])
def test_every_rule_of_the_specification_can_be_switched_off_by_its_id(rule: str) -> None:
    made = scenario(rules={rule: {"enabled": False}})
    assert made.rules.of(rule).enabled is False
    assert sum(not made.rules.of(other).enabled for other in [*SWITCHES, *(name for name, _, _ in SETTINGS)]) == 1


def test_a_rules_parameter_is_read_from_its_id_and_others_keep_their_defaults() -> None:
    made = scenario(rules={"min-spacing": {"minutes": 60}, "block-limit": {"window": "rolling"}})
    assert made.rules.min_spacing.minutes == 60
    assert made.rules.block_limit.parameters() == {"max": 3, "hours": 4, "window": "rolling"}


def test_a_scenario_cannot_be_changed_once_read() -> None:
    made = scenario()
    with pytest.raises(ValidationError, match="frozen"):
        made.seed = 8  # type: ignore[misc]
