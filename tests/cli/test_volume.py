"""`schedsolve volume`: the trail, the days, JSON, and predictions that are kept."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from .conftest import Run

WEEK = """\
schedsolve: 1
kind: creator-week
name: alexia
week_start: 2025-01-20
creator: {id: alexia, page_type: paid, timezone: America/New_York, fan_count: 8500}
performance: {saturation: 45, opportunity: 62, message_count: 156, revenue_per_send: 31.5}
"""
TRACKED = f"{WEEK}volume: {{track_prediction: true}}\n"


def test_the_trail_says_what_each_module_made_of_the_quotas(run: Run) -> None:
    Path("week.yaml").write_text(WEEK)
    result = run("volume", "week.yaml")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "alexia: 14 sends a day"
    (base,) = [line for line in lines if line.startswith("base tier")]
    (fusion,) = [line for line in lines if line.startswith("horizon fusion")]
    assert base.split()[2:5] == ["6", "5", "2"]
    assert fusion.split()[2:5] == ["7", "5", "2"]
    assert "Warning: revenue, engagement, retention per day computed from 8,500 fans" in result.stderr


def test_json_is_one_document_with_every_field(run: Run) -> None:
    Path("week.yaml").write_text(WEEK)
    told = json.loads(run("volume", "week.yaml", "--json").stdout)
    assert told["result"]["final_config"]["revenue_per_day"] == 7
    assert told["result"]["weekly_distribution"] == {str(day): 14 for day in range(7)}
    assert [day["date"] for day in told["days"]] == [f"2025-01-{day}" for day in range(20, 27)]
    assert {day["revenue"] + day["engagement"] + day["retention"] for day in told["days"]} == {14}
    assert [warning["code"] for warning in told["warnings"]] == ["volume-computed"]


def test_predictions_are_kept_one_after_the_other(run: Run) -> None:
    Path("week.yaml").write_text(TRACKED)
    for number in (1, 2):
        told = json.loads(run("volume", "week.yaml", "--json", "--record", "kept.csv").stdout)
        assert told["result"]["prediction_id"] == number
    with open("kept.csv", encoding="utf-8", newline="") as file:
        assert [row["predicted_revenue_per_day"] for row in csv.DictReader(file)] == ["220.5", "220.5"]


def test_a_prediction_that_cannot_be_kept_is_a_warning(run: Run) -> None:
    Path("week.yaml").write_text(TRACKED)
    result = run("volume", "week.yaml", "--record", "nowhere/kept.csv")
    assert result.exit_code == 0
    assert "Warning: the prediction could not be kept" in result.stderr


def test_contents_of_the_best_earners_weigh_more(run: Run) -> None:
    rows = [f"{n},{90 + n if n < 10 else n},{'solo' if n < 9 or n % 9 == 0 else 'lingerie'}" for n in range(60)]
    Path("captions.csv").write_text("\n".join(["id,earnings,content_type", *rows]) + "\n")
    ranked = "content: {rankings: {solo: mid, lingerie: mid, outdoor: mid}, vault: [solo, lingerie, outdoor]}\n"
    Path("week.yaml").write_text(WEEK + ranked)
    plain = json.loads(run("volume", "week.yaml", "--json").stdout)["result"]["content_allocations"]
    told = json.loads(run("volume", "week.yaml", "--json", "--traits", "captions.csv").stdout)["result"]
    assert plain == {"lingerie": 3, "outdoor": 2, "solo": 2}
    assert told["content_allocations"] == {"lingerie": 2, "outdoor": 2, "solo": 3}


def test_recording_without_a_prediction_is_a_usage_error(run: Run) -> None:
    Path("week.yaml").write_text(WEEK)
    result = run("volume", "week.yaml", "--record", "kept.csv")
    assert result.exit_code == 2
    assert "track_prediction: true" in result.stderr
    assert not Path("kept.csv").exists()


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("performance: {horizons: {9d: {saturation: 1, opportunity: 1, messages: 1}}}", "performance.horizons.9d"),
        ("performance: {message_count: -1}", "performance.message_count"),
        ("performance: {weekdays: {7: {sends: 1, revenue: 1}}}", "performance.weekdays"),
        ("captions: {pool: {bundle: {captions: 1, usable: 2}}}", "captions.pool.bundle"),
        ("captions: {pool: {mystery: {captions: 1, usable: 0}}}", "captions.pool"),
        ("content: {multipliers: {solo: 1.31}}", "content.multipliers.solo"),
        ("content: {rankings: {solo: best}}", "content.rankings.solo"),
        ("creator: {id: a, page_type: paid, timezone: Europe/Berlin, fan_count: -1}", "creator.fan_count"),
    ],
)
def test_figures_that_cannot_be_are_refused_by_place(run: Run, line: str, where: str) -> None:
    kept = [row for row in WEEK.splitlines() if not row.startswith(line.split(":")[0])]
    Path("week.yaml").write_text("\n".join([*kept, line]) + "\n")
    result = run("volume", "week.yaml")
    assert result.exit_code == 3
    assert where in result.stderr
