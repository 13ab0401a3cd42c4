"""What the store knows of a creator becomes the scenario of a week."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from schedsolve.model.catalog import CATALOG, PageType
from schedsolve.model.content import Library
from schedsolve.model.stage import Stage
from schedsolve.pipeline.prepare import prepare
from schedsolve.store.engine import Store
from schedsolve.store.events import LOGGER, Events
from schedsolve.store.moments import now
from schedsolve.store.saving import Week, save_schedule
from schedsolve.store.verdict import Verdict
from schedsolve.weekly.facts import Facts, read_facts
from schedsolve.weekly.plan_events import tell_plan
from schedsolve.weekly.run import Run, StageRun
from schedsolve.weekly.scenario_of import contents_of, performance_of, scenario_of, timing_of
from schedsolve.weekly.week_made import WeekMade

from .weeks import MONDAY, NOW, wanted


def facts_of(store: Store, creator_id: str = "dana", **asked: Any) -> Facts:
    run = Run(creator_id, now)
    return read_facts(store, wanted(creator_id, **asked), StageRun(Stage.INITIALIZATION, run.journal))


@pytest.fixture
def facts(demo: Store) -> Facts:
    return facts_of(demo)


def test_a_creator_is_read_with_figures_contents_and_captions(facts: Facts) -> None:
    scenario = scenario_of(facts, wanted())
    assert (scenario.creator.id, scenario.creator.fan_count, scenario.creator.timezone) == (
        "dana",
        700,
        "Europe/Berlin",
    )
    assert scenario.week_start == MONDAY
    assert scenario.timing.peak_hours == (19, 20, 22)
    assert scenario.performance.horizons["30d"].messages == 70
    assert scenario.performance.revenue_per_send == 15.0
    assert "couple" not in (scenario.content.vault or ())
    assert scenario.content.rankings["solo"] == "top"
    assert set(scenario.captions.pool) == {key for key, row in CATALOG.items() if PageType.PAID in row.pages}
    volume = prepare(scenario).volume
    assert volume is not None
    assert {"base_tier_calculation", "multi_horizon_fusion"} <= set(volume.adjustments_applied)


def test_measurements_after_the_moment_are_not_known_yet(demo: Store) -> None:
    assert facts_of(demo, as_of=NOW - timedelta(days=1), week_start=MONDAY).trends == {}


def test_scores_without_counted_messages_stand_alone(facts: Facts) -> None:
    trends = {"14d": dict(facts.trends["14d"]) | {"message_count": None}}
    found = performance_of(replace(facts, trends=trends), MONDAY)
    assert (found.saturation, found.opportunity, found.horizons) == (28, 55, {})


def test_nothing_known_of_the_audience_says_nothing(facts: Facts) -> None:
    found = performance_of(replace(facts, trends={}), MONDAY)
    assert (found.saturation, found.revenue_trend, found.horizons) == (None, "stable", {})


def test_an_unknown_vault_is_not_an_empty_one(facts: Facts) -> None:
    assert contents_of(replace(facts.library, vault=None)).vault is None
    assert contents_of(replace(facts.library, vault=())).vault == ()
    assert contents_of(Library()).rankings == {}


def test_an_empty_profile_keeps_the_usual_hours() -> None:
    row = {
        "peak_hours": [],
        "avoid_hours": [],
        "best_days": [],
        "hourly_performance": {"20": 1.0},
        "avg_response_minutes": 20,
        "multi_timezone_audience": True,
        "timing_variation": "high",
    }
    found = timing_of(row, date(2025, 1, 6))
    assert (found.peak_hours, found.best_days) == ((), ("friday", "saturday", "sunday"))
    assert (found.hourly_performance, found.avg_response_minutes) == ({20: 1.0}, 20)
    assert (found.multi_zone_audience, found.variation, found.prime_anchor) == (True, "high", date(2025, 1, 6))


def test_without_fans_the_level_decides(facts: Facts) -> None:
    creator = dict(facts.creator) | {"fan_count": None, "volume_level": "mid"}
    volume = prepare(scenario_of(replace(facts, creator=creator), wanted())).volume
    assert volume is not None
    assert (volume.calculation_source, volume.volume_level) == ("base_tier", "mid")


def test_the_week_after_is_handed_sends_rotation_and_strategy(kept: Store, made: WeekMade) -> None:
    facts = facts_of(kept, as_of=NOW + timedelta(days=7))
    scenario = scenario_of(facts, wanted())
    assert facts.week_start == MONDAY + timedelta(days=7)
    assert len(scenario.history.sends) == len(made.plan.items)
    assert scenario.history.rotation is not None
    assert scenario.history.rotation.pattern == made.plan.days[-1].rotation_pattern
    assert scenario.history.last_strategy == made.plan.days[-1].strategy


def test_the_week_after_counts_its_prime_hours_from_the_same_day(demo: Store, made: WeekMade) -> None:
    content = {**(made.plan.scenario.content or {}), "timing": {"prime_anchor": "2025-01-06"}}
    stamp = made.plan.scenario.model_copy(update={"content": content})
    save_schedule(demo, Week(made.plan.model_copy(update={"scenario": stamp}), Verdict.of(made.report)))
    facts = facts_of(demo, as_of=NOW + timedelta(days=7))
    assert scenario_of(facts, wanted()).timing.prime_anchor == date(2025, 1, 6)


def test_captions_of_the_kept_week_have_not_rested(kept: Store, made: WeekMade) -> None:
    used = {item.caption_id: item for item in made.plan.items}
    after = facts_of(kept, as_of=NOW + timedelta(days=7))
    rested = {caption.caption_id: caption.last_used_on for caption in after.library.captions}
    assert all(str(rested[number]) == used[number].scheduled_date for number in used if number is not None)
    again = facts_of(kept, week_start=MONDAY)
    fresh = {caption.caption_id: caption.last_used_on for caption in again.library.captions}
    assert all(str(fresh[number]) < str(MONDAY) for number in used if number and fresh[number])


def test_the_events_of_a_week_tell_of_patterns_followups_and_jitter(
    made: WeekMade, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, LOGGER)
    tell_plan(Events("run", "dana"), made.plan, None)
    told = [record.message for record in caplog.records]
    followups = [item for item in made.plan.items if item.is_follow_up]
    assert sum('"followup_scheduled"' in line for line in told) == len(followups)
    assert sum('"rotation_change"' in line for line in told) in (1, 2)
    jittered = [item for item in made.plan.items if item.variation_metadata.jitter]
    assert sum('"jitter_applied"' in line for line in told) == len(jittered)
    assert not any(record.levelno > logging.INFO for record in caplog.records)
