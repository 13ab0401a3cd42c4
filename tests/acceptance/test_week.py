"""The acceptance figures of the specification that concern a solved week, by their ids."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from schedsolve import Plan, Scenario, check, load_scenario, solve

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BASE = load_scenario(SCENARIOS / "01-gentle-low.yaml")


def scenario_of(days: int, revenue: int, engagement: int, retention: int, page: str = "paid") -> Scenario:
    raw = BASE.model_dump(mode="json", by_alias=True)
    raw["days"] = days
    raw["creator"]["page_type"] = page
    raw["volume"] = {
        "revenue_per_day": revenue,
        "engagement_per_day": engagement,
        "retention_per_day": retention,
        "confidence_score": 0.9,
        "weekly_distribution": [revenue + engagement + retention] * days,
    }
    return Scenario.model_validate(raw)


@pytest.fixture(scope="module")
def week() -> Plan:
    return solve(scenario_of(7, 4, 4, 2), effort="quick")


@pytest.fixture(scope="module")
def fortnight() -> Plan:
    return solve(scenario_of(14, 3, 3, 1), effort="quick")


@pytest.fixture(scope="module")
def free_week() -> Plan:
    return solve(scenario_of(7, 6, 5, 0, "free"), effort="quick")


def local(plan: Plan) -> list[datetime]:
    return [datetime.fromisoformat(f"{item.scheduled_date}T{item.scheduled_time}") for item in plan.items]


def test_acc_rotation_a_fortnight_changes_its_pattern_three_times_or_more(fortnight: Plan) -> None:
    changes = sum(one.rotation_pattern != other.rotation_pattern for one, other in pairwise(fortnight.days))
    assert changes >= 3
    assert fortnight.audit is not None
    assert {"style-back-to-back", "style-am-pm", "rotation-span"} <= set(fortnight.audit.checked)
    assert fortnight.audit.violations == ()


def test_acc_followup_every_followup_is_in_its_window_off_round_minutes_and_spread(
    week: Plan, fortnight: Plan, free_week: Plan
) -> None:
    followups = [item for plan in (week, fortnight, free_week) for item in plan.items if item.is_follow_up]
    assert len(followups) >= 50
    delays = [item.followup_delay_minutes for item in followups]
    assert all(delay is not None and 15 <= delay <= 45 for delay in delays)
    assert all(int(item.scheduled_time[3:5]) % 15 for item in followups)
    assert len(set(delays)) > 10


def test_acc_followup_rate_nine_of_ten_eligible_parents_get_one(week: Plan, fortnight: Plan, free_week: Plan) -> None:
    for plan in (week, fortnight, free_week):
        eligible = Counter(
            item.scheduled_date for item in plan.items if item.send_type_key in ("ppv_unlock", "ppv_wall", "tip_goal")
        )
        followed = sum(item.is_follow_up for item in plan.items)
        assert followed > 0.9 * sum(min(count, 4) for count in eligible.values())


def test_acc_variety_types_strategies_times_and_metadata(week: Plan) -> None:
    regular = [item for item in week.items if not item.is_follow_up]
    assert len({item.send_type_key for item in regular}) >= 10
    assert len({item.send_type_key for item in regular if item.category == "revenue"}) >= 5
    assert len({item.send_type_key for item in regular if item.category == "engagement"}) >= 5
    strategies = [day.strategy for day in week.days]
    assert len(set(strategies)) >= 3
    assert all(one != other for one, other in pairwise(strategies))
    assert max(Counter(item.scheduled_time for item in week.items).values()) <= 2
    assert all(item.variation_metadata.daily_strategy for item in week.items)
    assert all(one.prime_hours != other.prime_hours for one, other in pairwise(week.days))


def test_metadata_adds_up_to_the_local_time_of_every_regular_send(week: Plan, free_week: Plan) -> None:
    for item in (*week.items, *free_week.items):
        if item.is_follow_up:
            assert item.variation_metadata.drawn_offset is not None
            continue
        told = item.variation_metadata
        assert told.base_hour is not None
        assert told.base_minute is not None
        assert told.time_shift is not None
        assert told.jitter is not None
        clock = told.base_hour * 60 + told.base_minute + told.time_shift + told.jitter + told.adjustment_minutes
        assert f"{clock // 60:02d}:{clock % 60:02d}:00" == item.scheduled_time
        assert -7 <= told.jitter <= 8


def test_acc_quota_every_day_and_category_is_met(week: Plan, free_week: Plan) -> None:
    for plan in (week, free_week):
        placed = Counter((item.scheduled_date, item.category) for item in plan.items if not item.is_follow_up)
        for day in plan.days:
            for category, wanted in day.quotas.model_dump().items():
                missing = sum(
                    short.wanted - short.placed
                    for short in plan.shortfalls
                    if (short.date, short.category) == (day.date, category)
                )
                assert placed[day.date, category] == wanted - missing
    paid_only = {"tip_goal", "renew_on_post", "renew_on_message", "expired_winback"}
    assert not paid_only & {item.send_type_key for item in free_week.items}


def test_acc_spacing_regular_sends_are_45_minutes_apart_and_none_in_the_night(week: Plan) -> None:
    moments = [at for at, item in zip(local(week), week.items, strict=True) if not item.is_follow_up]
    assert min((later - earlier).total_seconds() for earlier, later in pairwise(moments)) >= 45 * 60
    assert all(8 <= at.hour <= 23 for at in moments)


def test_acc_balance_shares_and_no_orphans(week: Plan) -> None:
    assert week.summary is not None
    shares = week.summary.shares
    assert shares["revenue"] >= 0.30
    assert shares["engagement"] >= 0.25
    assert shares["retention"] <= 0.20
    ids = {item.slot_id for item in week.items}
    assert all(item.parent_item_id in ids for item in week.items if item.is_follow_up)


def test_acc_lifecycle_expiry_and_pins(week: Plan, free_week: Plan) -> None:
    expiring = {"link_drop", "wall_link_drop", "game_post", "flash_bundle", "first_to_tip"}
    for item in (*week.items, *free_week.items):
        assert (item.expires_at_utc is not None) == (item.send_type_key in expiring)
        if item.expires_at_utc is not None:
            sent = datetime.fromisoformat(item.scheduled_at_utc)
            assert (datetime.fromisoformat(item.expires_at_utc) - sent).total_seconds() == 24 * 3600
    for pin in free_week.pins:
        held = datetime.fromisoformat(pin.ends_at_utc) - datetime.fromisoformat(pin.starts_at_utc)
        assert held.total_seconds() <= 72 * 3600
    moments = [pin.starts_at_utc for pin in free_week.pins]
    assert all(sum(pin.starts_at_utc <= at < pin.ends_at_utc for pin in free_week.pins) <= 5 for at in moments)


def test_slot_ids_take_turns_between_categories(week: Plan) -> None:
    first_day = [item for item in week.items if item.scheduled_date == "2025-01-20" and not item.is_follow_up]
    by_number = sorted(first_day, key=lambda item: int(item.slot_id.rsplit("_", 1)[1]))
    turns = "revenue engagement revenue engagement retention revenue engagement revenue engagement retention"
    assert " ".join(item.category for item in by_number) == turns
    for category in ("revenue", "engagement", "retention"):
        ranked = [item.priority for item in by_number if item.category == category]
        assert ranked == sorted(ranked)


def test_a_plan_is_audited_clean_by_an_independent_check_of_its_json(week: Plan) -> None:
    report = check(scenario_of(7, 4, 4, 2), week.to_dict())
    assert report.clean
    assert report.objective == week.objective
    assert report.score == week.score


def test_bare_items_are_enough_for_a_check(week: Plan) -> None:
    items = [
        {
            name: getattr(item, name)
            for name in ("slot_id", "scheduled_date", "scheduled_time", "send_type_key", "channel_key", "target_key",
                         "ppv_style", "is_follow_up", "parent_item_id")
        }
        for item in week.items
    ]  # fmt: skip
    report = check(scenario_of(7, 4, 4, 2), items)
    assert report.audit.violations == ()
    assert {skipped.rule for skipped in report.audit.skipped} >= {"pin-limit", "variation-metadata", "expiry-set"}
    moved = [{**item, "scheduled_time": "03:07:00"} if n == 3 else item for n, item in enumerate(items)]
    assert {"active-window", "avoid-hours"} <= {v.rule for v in check(scenario_of(7, 4, 4, 2), moved).audit.violations}
