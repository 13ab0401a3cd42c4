"""Twelve weeks in a row: what crosses the border of a week holds, and captions get their rest.

Twelve weeks of all five creators are planned where SCHEDSOLVE_ALL_TESTS is set, otherwise five weeks of the one whose
captions are scarcest.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from schedsolve.pipeline.checker import check
from schedsolve.store.engine import open_store
from schedsolve.weekly.demo import CREATORS
from schedsolve.weekly.week_made import WeekMade

from .twelve import border_violations, borders, days_of, pattern_spans, scenario_of, weeks_in_a_row
from .weeks import MONDAY

NAMES = [one.creator_id for one in CREATORS] if os.environ.get("SCHEDSOLVE_ALL_TESTS") else ["elif"]
WEEKS = 12 if os.environ.get("SCHEDSOLVE_ALL_TESTS") else 5


@pytest.fixture(scope="module")
def weeks(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[WeekMade]]]:
    path = tmp_path_factory.mktemp("twelve") / "store.db"
    shutil.copy(demo_file, path)
    with open_store(str(path)) as store:
        yield weeks_in_a_row(store, NAMES, WEEKS)


@pytest.mark.parametrize("name", NAMES)
def test_the_weeks_follow_each_other_without_a_gap_and_all_are_kept(
    weeks: dict[str, list[WeekMade]], name: str
) -> None:
    assert days_of(weeks[name]) == [MONDAY + timedelta(days=day) for day in range(7 * WEEKS)]
    assert all(week.schedule_id for week in weeks[name])
    assert {week.version for week in weeks[name]} == {1}


@pytest.mark.parametrize("name", NAMES)
def test_every_week_holds_every_rule_with_its_history(weeks: dict[str, list[WeekMade]], name: str) -> None:
    for week in weeks[name]:
        report = check(scenario_of(week.plan), week.plan)
        assert report.clean, report.audit.violations


@pytest.mark.parametrize("name", NAMES)
def test_two_weeks_hold_every_rule_as_one_stretch_of_days(weeks: dict[str, list[WeekMade]], name: str) -> None:
    for first, second in borders(weeks[name]):
        assert list(border_violations(first, second)) == []


def test_faults_at_the_border_are_seen(weeks: dict[str, list[WeekMade]]) -> None:
    first, second = borders(weeks[NAMES[0]])[0]
    late = [item for item in first.items if not item.is_follow_up][-1]
    at = datetime.fromisoformat(late.scheduled_at_utc) + timedelta(minutes=10)
    clock = datetime.fromisoformat(f"{late.scheduled_date}T{late.scheduled_time}") + timedelta(minutes=10)
    moved = second.items[0].model_copy(
        update={
            "scheduled_date": f"{clock:%Y-%m-%d}",
            "scheduled_time": f"{clock:%H:%M:%S}",
            "scheduled_at_utc": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        }
    )
    repeated = second.days[0].model_copy(update={"strategy": first.days[-1].strategy})
    faulty = second.model_copy(update={"items": (moved, *second.items[1:]), "days": (repeated, *second.days[1:])})
    assert {"min-spacing", "strategy-repeat"} <= {rule for rule, _ in border_violations(first, faulty)}


@pytest.mark.parametrize("name", NAMES)
def test_every_pattern_is_kept_three_or_four_days_over_all_borders(weeks: dict[str, list[WeekMade]], name: str) -> None:
    spans = pattern_spans(weeks[name])
    assert set(spans) == {3, 4}
    assert len(spans) >= 7 * WEEKS // 4 - 2


@pytest.mark.parametrize("name", NAMES)
def test_no_strategy_stands_on_two_days_in_a_row(weeks: dict[str, list[WeekMade]], name: str) -> None:
    strategies = [day.strategy for week in weeks[name] for day in week.plan.days]
    assert all(one != other for one, other in pairwise(strategies))


@pytest.mark.parametrize("name", NAMES)
def test_no_caption_is_used_twice_in_a_week(weeks: dict[str, list[WeekMade]], name: str) -> None:
    for week in weeks[name]:
        used = [item.caption_id for item in week.plan.items if item.caption_id is not None]
        assert len(set(used)) == len(used)


def test_captions_are_fresh_on_average(weeks: dict[str, list[WeekMade]]) -> None:
    scores = [
        item.caption_scores.freshness_score
        for made in weeks.values()
        for week in made
        for item in week.plan.items
        if item.caption_scores
    ]
    assert sum(scores) / len(scores) > 60
