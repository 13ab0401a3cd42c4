"""Scenarios and plans from files: faults at their place, CSV, and plans that nobody should have written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.errors import Problem, ScenarioError
from schedsolve.pipeline.checker import check
from schedsolve.pipeline.load import MOST_ITEMS, as_plan, load_plan, load_scenario, parse_scenario

BASE = """\
schedsolve: 1
kind: creator-week
week_start: 2025-03-03
creator: {id: alexia, page_type: paid, timezone: America/New_York}
"""
VOLUME = "volume: {revenue_per_day: 3, engagement_per_day: 3, retention_per_day: 1, confidence_score: 0.9}\n"
ITEM = {"scheduled_date": "2025-03-03", "scheduled_time": "10:07:00", "send_type_key": "bundle"}
SCENARIO = parse_scenario(BASE + VOLUME)


def faults(text: str) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, "week.yaml")
    assert caught.value.source == "week.yaml"
    return list(caught.value.problems)


def refusal(path: Path) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        load_plan(path)
    assert caught.value.source == str(path)
    return list(caught.value.problems)


def written(folder: Path, name: str, content: str | object) -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


# --- scenarios ------------------------------------------------------------------------------------


def test_a_scenario_is_read_from_a_file(tmp_path: Path) -> None:
    file = written(tmp_path, "week.yaml", BASE + VOLUME)
    assert load_scenario(file) == load_scenario(str(file)) == SCENARIO


def test_a_missing_file_is_told_under_its_name(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "week.yaml")
    assert caught.value.source == str(tmp_path / "week.yaml")


@pytest.mark.parametrize(
    ("text", "path", "line", "column"),
    [
        (BASE + "volume:\n  revenue_per_day: 3\n  confidence_score: 0.2\n", "volume.confidence_score", 7, 21),
        (BASE + VOLUME + "locks:\n  - {send_type_key: bundle, at: 2025-03-09T02:07}\n", "locks[0].at", 7, 33),
        (
            BASE + VOLUME + "locks:\n  - at: 2025-03-04T09:07\n    send_type_key: ppv_wall\n",
            "locks[0].send_type_key",
            8,
            20,
        ),
        (BASE + VOLUME + "blackouts:\n- from: 2025-03-04T09:00\n  to: 2025-03-04T08:00\n", "blackouts[0]", 7, 3),
        (
            BASE + VOLUME + "history:\n  sends:\n  - at: 2025-03-02T09:07\n    send_type_key: like_farm\n"
            "  - {at: 2025-03-05T09:07, send_type_key: like_farm}\n",
            "history.sends[1].at",
            10,
            10,
        ),
        (BASE + VOLUME + "send_types:\n  bundle: {target: everyone}\n", "send_types.bundle.target", 7, 20),
        (BASE + VOLUME + "locks:\n- {at: 2025-03-04T20:15, send_type_key: bundle}\n", "locks[0]", 7, 3),
        (BASE + VOLUME + "locks: [{at: 9999-12-31T23:59, send_type_key: bundle}]\n", "locks[0].at", 6, 14),
    ],
)
def test_faults_of_meaning_are_told_with_line_and_column(text: str, path: str, line: int, column: int) -> None:
    (problem,) = faults(text)
    assert (problem.path, problem.line, problem.column) == (path, line, column)
    assert problem.render("week.yaml").startswith(f"week.yaml:{line}:{column}: {path}: ")


def test_a_fault_without_its_key_in_the_text_is_told_at_the_section_around_it() -> None:
    (problem,) = faults(BASE + VOLUME.replace("confidence_score: 0.9", "confidence_score: 0.1"))
    assert (problem.line, problem.path) == (5, "volume.confidence_score")


def test_faults_of_meaning_come_in_the_order_of_the_text() -> None:
    text = "blackouts: [{from: 2025-03-09T02:30, to: 2025-03-10T02:30}]\n"
    text += "locks: [{at: 2025-03-09T02:07, send_type_key: bundle}]\n"
    assert [problem.path for problem in faults(BASE + VOLUME + text)] == ["blackouts[0].from", "locks[0].at"]


def test_faults_of_form_come_before_faults_of_meaning() -> None:
    (problem,) = faults(BASE + VOLUME + "locks: [{at: 2025-03-09T02:07, send_type_key: bundel}]\n")
    assert problem.path == "locks[0].send_type_key"


# --- plans in JSON --------------------------------------------------------------------------------


def test_a_plan_is_an_object_with_items_or_a_bare_list(tmp_path: Path) -> None:
    assert load_plan(written(tmp_path, "list.json", [ITEM])) == {"items": [ITEM]}
    assert load_plan(written(tmp_path, "plan.json", {"items": [ITEM], "days": [], "seed": 7}))["seed"] == 7
    assert load_plan(written(tmp_path, "empty.json", [])) == {"items": []}
    assert load_plan(written(tmp_path, "null.json", {"items": [], "days": None, "pins": None}))["items"] == []


@pytest.mark.parametrize(
    ("content", "path", "said"),
    [
        ({}, "", "is not a plan"),
        ({"items": None}, "", "is not a plan"),
        ({"items": {}}, "", "is not a plan"),
        ({"item": []}, "", "is not a plan"),
        ("7", "", ""),
        ('"plan"', "", ""),
        ("null", "", ""),
        ("not json", "", ""),
        ("[", "", ""),
        ("[" * 5000 + "]" * 5000, "", ""),
        ('[{"scheduled_date": NaN}]', "", ""),
        ([1, {}, None, [ITEM]], "items[0]", "is not an object"),
        ({"items": [], "days": {}}, "days", "is not a list of objects"),
        ({"items": [], "days": [1]}, "days", "is not a list of objects"),
        ({"items": [], "pins": "none"}, "pins", "is not a list of objects"),
        ({"items": [], "shortfalls": [[]]}, "shortfalls", "is not a list of objects"),
        ([{}] * (MOST_ITEMS + 1), "items", f"at most {MOST_ITEMS} are read"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path: Path, content: object, path: str, said: str) -> None:
    problem = refusal(written(tmp_path, "plan.json", content))[0]
    assert problem.path == path
    assert said in problem.message


def test_every_item_that_is_none_is_told() -> None:
    with pytest.raises(ScenarioError) as caught:
        as_plan([1, {}, None])
    assert [problem.path for problem in caught.value.problems] == ["items[0]", "items[2]"]


@pytest.mark.parametrize(
    "change",
    [
        {"scheduled_at_utc": "9999-12-31T23:59:00Z"},
        {"scheduled_at_utc": "0001-01-01T00:00:00Z"},
        {"scheduled_at_utc": "soon"},
        {"scheduled_at_utc": 1741014420},
        {"scheduled_at_utc": {}},
        {"scheduled_date": "9999-12-31", "scheduled_time": "23:59:00"},
        {"scheduled_date": "2025-03-09", "scheduled_time": "02:07:00"},
        {"scheduled_date": "2025-02-30"},
        {"scheduled_time": "25:00:00"},
        {"scheduled_time": None},
        {"scheduled_date": []},
        {"send_type_key": []},
        {"ppv_style": ["winner"]},
        {"target_key": []},
        {"channel_key": {}},
        {"strategy_used": ["storytelling"]},
        {"parent_item_id": {"id": 1}},
        {"slot_id": [1]},
        {"followup_delay_minutes": "long"},
        {"followup_delay_minutes": []},
        {"followup_delay_minutes": 10**400},
        {"followup_delay_minutes": 10**10},
        {"variation_metadata": {"base_hour": 10, "base_minute": 0, "time_shift": 0, "jitter": 10**400}},
        {"expected_value": "much"},
        {"expected_value": 10**400},
        {"expires_at_utc": "9999-12-31T23:59:00Z"},
        {"expires_at_utc": "later"},
        {"variation_metadata": {"base_hour": "x", "base_minute": 0, "time_shift": 0, "jitter": 0}},
        {
            "variation_metadata": {
                "base_hour": 10,
                "base_minute": 0,
                "time_shift": 0,
                "jitter": 7,
                "prime_hours_used": 3,
            }
        },
    ],
)
def test_an_absurd_item_is_refused_by_its_number(change: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match=r"^plan: cannot be read: items\[1\]: "):
        check(SCENARIO, [ITEM, {**ITEM, **change}])


@pytest.mark.parametrize(
    "part",
    [
        {"days": [{"date": "2025-03-03", "rotation_pattern": ["weird"]}]},
        {"days": [{"date": "2025-03-03", "rotation_pattern": 7}]},
        {"days": [{"date": "2025-03-03", "quotas": {"revenue": "many"}}]},
        {"days": [{"date": "2025-03-03", "quotas": [3, 3, 1]}]},
        {"days": [{"date": []}]},
        {"days": [{"date": "2025-03-03", "strategy": ["storytelling"]}]},
        {"days": [{"date": "2025-03-03", "quotas": {"revenue": 1e999}}]},
        {"shortfalls": [{}]},
        {"shortfalls": [{"date": "never", "category": "revenue", "wanted": 1, "placed": 0}]},
        {"shortfalls": [{"date": "2025-03-03", "category": "fun", "wanted": 1, "placed": 0}]},
        {"shortfalls": [{"date": "2025-03-03", "category": "revenue", "wanted": 10**400, "placed": 0}]},
        {"shortfalls": [{"date": "2025-03-03", "category": "revenue", "wanted": None, "placed": 0}]},
        {"pins": [{}]},
        {"pins": [{"item": "a", "send_type_key": "game_post", "starts_at_utc": "x", "ends_at_utc": "y"}]},
        {
            "pins": [
                {"item": "a", "send_type_key": "game_post", "starts_at_utc": "9999-12-31T00:00Z", "ends_at_utc": ""}
            ]
        },
        {
            "pins": [
                {
                    "item": "a",
                    "send_type_key": "game_post",
                    "starts_at_utc": "2025-03-03T00:00Z",
                    "ends_at_utc": "2025-03-04T00:00Z",
                    "priority": 10**400,
                }
            ]
        },
    ],
)
def test_an_absurd_part_of_a_plan_is_refused(part: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match=r"^plan: cannot be read: "):
        check(SCENARIO, {"items": [ITEM], "days": [], **part})


junk = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
FIELDS = [
    *("slot_id", "scheduled_date", "scheduled_time", "scheduled_at_utc", "send_type_key", "item_type", "ppv_style"),
    *("channel_key", "target_key", "is_follow_up", "parent_item_id", "followup_delay_minutes", "expires_at_utc"),
    *("strategy_used", "expected_value", "locked", "timing_adjusted", "variation_metadata"),
]


METADATA = ["base_hour", "base_minute", "time_shift", "jitter"]
metadata = st.fixed_dictionaries(
    dict.fromkeys(METADATA, st.integers(-(10**6), 10**6)),
    optional=dict.fromkeys(
        ["adjustment_minutes", "daily_strategy", "prime_hours_used", "time_adjusted", "adjustment_reason", "reason"],
        junk,
    ),
)


@given(
    st.dictionaries(st.sampled_from(FIELDS), junk, max_size=3)
    | st.fixed_dictionaries({"variation_metadata": metadata, "strategy_used": junk})
)
def test_any_item_is_either_audited_or_refused_never_a_crash(change: dict[str, Any]) -> None:
    try:
        check(SCENARIO, [{**ITEM, **change}])
    except ScenarioError as error:
        assert error.exit_code == 3  # noqa: PT017


# --- plans in CSV ---------------------------------------------------------------------------------


def test_csv_rows_become_items_and_empty_cells_nothing(tmp_path: Path) -> None:
    text = (
        "scheduled_date,scheduled_time,send_type_key,ppv_style,vm_base_hour,vm_jitter,vm_prime_hours_used,"
        "vm_time_adjusted,vm_reason\r\n"
        "2025-03-03,10:07:00,bundle,bundle,10,-7,19 20 21,true,\r\n"
        "2025-03-03,12:07:00,dm_farm,,,,,,\r\n"
    )
    plan = load_plan(written(tmp_path, "plan.CSV", text))
    assert plan == {
        "items": [
            {
                "scheduled_date": "2025-03-03",
                "scheduled_time": "10:07:00",
                "send_type_key": "bundle",
                "ppv_style": "bundle",
                "variation_metadata": {
                    "base_hour": 10,
                    "jitter": -7,
                    "prime_hours_used": [19, 20, 21],
                    "time_adjusted": True,
                    "reason": None,
                },
            },
            {
                "scheduled_date": "2025-03-03",
                "scheduled_time": "12:07:00",
                "send_type_key": "dm_farm",
                "ppv_style": None,
            },
        ]
    }


def test_csv_may_be_quoted_marked_and_of_the_old_column_names(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes('﻿item_type,channel,"caption_text"\nbundle,wall_post,"a, ""b""\nc"\n'.encode())
    assert load_plan(file) == {"items": [{"item_type": "bundle", "channel": "wall_post", "caption_text": 'a, "b"\nc'}]}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_the_apostrophe_against_formulas_is_taken_off(tmp_path: Path, text: str) -> None:
    plan = load_plan(written(tmp_path, "plan.csv", f"send_type_key,caption_text\nbundle,'{text}\n"))
    assert plan["items"][0]["caption_text"] == text


def test_other_apostrophes_stay(tmp_path: Path) -> None:
    plan = load_plan(written(tmp_path, "plan.csv", "send_type_key,caption_text\nbundle,'tis\n"))
    assert plan["items"][0]["caption_text"] == "'tis"


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("date,time\n2025-03-03,10:07\n", "has no column send_type_key (found: date, time)", None),
        ("send_type_key,scheduled_date\nbundle,2025-03-03,extra\n", "more cells than columns", 2),
        ("send_type_key\nbundle\nbundle,extra\n", "more cells than columns", 3),
        ("", "", None),
        ("x" * 140_000 + "\n", "field larger than field limit", 1),
        ("send_type_key\n" + "x" * 140_000 + "\n", "field larger than field limit", 2),
        ("send_type_key\n" + "b\n" * (MOST_ITEMS + 1), f"more than {MOST_ITEMS} items", None),
    ],
)
def test_csv_that_cannot_be_read_is_refused(tmp_path: Path, text: str, said: str, line: int | None) -> None:
    (problem,) = refusal(written(tmp_path, "plan.csv", text))
    assert said in problem.message
    assert problem.line == line


def test_a_short_row_lacks_its_last_cells(tmp_path: Path) -> None:
    plan = load_plan(written(tmp_path, "plan.csv", "send_type_key,scheduled_date,vm_jitter\nbundle\n"))
    assert plan["items"] == [{"send_type_key": "bundle", "scheduled_date": None}]


def test_metadata_that_is_no_number_stays_text_for_the_reader_to_refuse(tmp_path: Path) -> None:
    text = "send_type_key,vm_jitter,vm_base_hour\nbundle,soon,99999999\n"
    plan = load_plan(written(tmp_path, "plan.csv", text))
    assert plan["items"][0]["variation_metadata"] == {"jitter": "soon", "base_hour": "99999999"}
