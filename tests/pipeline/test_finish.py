"""What follows from a decision: channels and targets, late followups, locked sends, pins."""

from __future__ import annotations

from typing import Any

import pytest

from schedsolve import Plan, Scenario, check, solve
from schedsolve.model.catalog import CATALOG, FOLLOWUP

VOLUME = {"revenue_per_day": 2, "engagement_per_day": 1, "retention_per_day": 0, "confidence_score": 0.9}


def planned(kept: str, page: str = "paid", **changes: Any) -> Plan:
    """One day with only the named types on offer, audited."""
    off = {key: {"enabled": False} for key in CATALOG if key not in kept.split() and key != FOLLOWUP}
    raw: dict[str, Any] = {
        "schedsolve": 1,
        "kind": "creator-week",
        "week_start": "2025-01-20",
        "days": 1,
        "creator": {"id": "mia", "page_type": page, "timezone": "America/New_York"},
        "volume": {**VOLUME, "weekly_distribution": [3]},
        **changes,
    }
    scenario = Scenario.model_validate({**raw, "send_types": {**off, **raw.get("send_types", {})}})
    plan = solve(scenario, effort="quick")
    assert check(scenario, plan).clean
    return plan


def addressed(plan: Plan) -> dict[str, tuple[str, str]]:
    return {item.send_type_key: (item.channel_key, item.target_key) for item in plan.items}


@pytest.mark.usefixtures("brief_search")
def test_channels_and_targets_come_from_the_catalog() -> None:
    plan = planned("ppv_wall game_post vip_program bump_normal", page="free")
    assert (
        addressed(plan).items()
        <= {
            "ppv_wall": ("wall_post", "all_active"),
            "game_post": ("wall_post", "all_active"),
            "vip_program": ("mass_message", "high_spenders"),
            "bump_normal": ("mass_message", "all_active"),
            FOLLOWUP: ("targeted_message", "ppv_non_purchasers"),
        }.items()
    )
    assert [warning.code for warning in plan.warnings] == []


@pytest.mark.usefixtures("brief_search")
@pytest.mark.parametrize(
    ("page", "change", "expected"),
    [
        ("paid", {"channel": "wall_post"}, ("wall_post", "all_active")),
        ("paid", {"channel": "live"}, ("mass_message", "all_active")),
        ("free", {"target": "renew_on"}, ("mass_message", "all_active")),
        ("paid", {"target": "renew_on"}, ("mass_message", "renew_on")),
    ],
)
def test_a_target_out_of_reach_widens_with_a_warning(
    page: str, change: dict[str, str], expected: tuple[str, str]
) -> None:
    plan = planned("vip_program game_post bump_normal", page=page, send_types={"vip_program": change})
    assert addressed(plan)["vip_program"] == expected
    assert ("target-fallback" in {warning.code for warning in plan.warnings}) == (expected[1] == "all_active")


@pytest.mark.usefixtures("brief_search")
def test_a_required_target_takes_another_channel_instead() -> None:
    plan = planned(
        "bundle game_post bump_normal renew_on_message",
        volume={**VOLUME, "retention_per_day": 1, "weekly_distribution": [4]},
        send_types={"renew_on_message": {"channel": "wall_post"}},
    )
    assert addressed(plan)["renew_on_message"] == ("targeted_message", "renew_off")


@pytest.mark.usefixtures("brief_search")
@pytest.mark.parametrize(
    ("policy", "sent", "due"),
    [("next_morning", "23:20", ("08:01", "08:59")), ("cross_midnight", "23:40", ("00:01", "00:25"))],
)
def test_an_open_parent_of_the_eve_gets_its_followup(policy: str, sent: str, due: tuple[str, str]) -> None:
    history = {"sends": [{"at": f"2025-01-19T{sent}", "send_type_key": "tip_goal", "awaits_followup": True}]}
    plan = planned("bundle game_post bump_normal", timing={"late_followups": policy}, history=history)
    (followup,) = [item for item in plan.items if item.is_follow_up]
    assert (followup.parent_item_id, followup.slot_id) == ("history_0", "history_0_followup")
    assert due[0] <= followup.scheduled_time[:5] <= due[1]
    assert followup.timing_adjusted == (policy == "next_morning")


@pytest.mark.usefixtures("brief_search")
def test_an_open_parent_whose_morning_is_over_gets_none() -> None:
    history = {"sends": [{"at": "2025-01-18T23:20", "send_type_key": "tip_goal", "awaits_followup": True}]}
    plan = planned("bundle game_post bump_normal", timing={"late_followups": "next_morning"}, history=history)
    assert not [item for item in plan.items if item.is_follow_up]


@pytest.mark.usefixtures("brief_search")
def test_a_late_parent_waits_for_the_morning_after() -> None:
    plan = planned(
        "tip_goal game_post bump_normal",
        timing={"late_followups": "next_morning"},
        locks=[{"at": "2025-01-20T23:22", "send_type_key": "tip_goal"}],
    )
    followup = next(item for item in plan.items if item.is_follow_up and item.timing_adjusted)
    assert followup.scheduled_date == "2025-01-21"
    assert "08:01" <= followup.scheduled_time[:5] <= "08:59"


@pytest.mark.usefixtures("brief_search")
def test_a_parent_fixed_too_late_goes_without_and_is_counted() -> None:
    plan = planned("tip_goal game_post bump_normal", locks=[{"at": "2025-01-20T23:22", "send_type_key": "tip_goal"}])
    late = next(item for item in plan.items if item.scheduled_time == "23:22:00")
    assert late.locked
    assert (late.variation_metadata.base_hour, late.variation_metadata.base_minute) == (23, 22)
    assert plan.summary is not None
    assert late.slot_id in plan.summary.followups.without
    assert plan.summary.followups.skipped_timing >= 1


@pytest.mark.usefixtures("brief_search")
def test_a_game_post_is_pinned_until_it_expires() -> None:
    plan = planned("game_post bundle bump_normal")
    game = next(item for item in plan.items if item.send_type_key == "game_post")
    (pin,) = [pin for pin in plan.pins if pin.item == game.slot_id]
    assert (pin.starts_at_utc, pin.ends_at_utc) == (game.scheduled_at_utc, game.expires_at_utc)


@pytest.mark.usefixtures("brief_search")
def test_a_parent_of_the_day_before_is_too_old_for_a_followup_over_midnight() -> None:
    history = {"sends": [{"at": "2025-01-19T12:07", "send_type_key": "tip_goal", "awaits_followup": True}]}
    plan = planned("bundle game_post bump_normal", timing={"late_followups": "cross_midnight"}, history=history)
    assert not any(item.is_follow_up for item in plan.items)
    assert plan.summary is not None
    assert plan.summary.followups.without == ("history_0",)


@pytest.mark.usefixtures("brief_search")
@pytest.mark.parametrize("off", ["no-repeat-type", "no-repeat-type daily-quota category-balance"])
def test_the_score_is_the_same_where_a_type_may_fill_the_day(off: str) -> None:
    plan = planned(
        "ppv_unlock bump_normal",
        rules={rule: {"enabled": False} for rule in ("type-diversity", *off.split())},
        volume={**VOLUME, "engagement_per_day": 4, "weekly_distribution": [6]},
        variation={"strategies": ["engagement_burst"]},
    )
    boosted = sum(item.send_type_key == "bump_normal" for item in plan.items)
    assert boosted > 2
    assert plan.score["strategy-mix"] == 6.0 * boosted


@pytest.mark.usefixtures("brief_search")
def test_warnings_of_several_types_follow_the_order_of_the_sends() -> None:
    kept = ("bundle", "game_post", "vip_program", "first_to_tip", "tip_goal")
    live = {key: {"channel": "live"} for key in kept}
    volume = {**VOLUME, "revenue_per_day": 5, "weekly_distribution": [6]}
    plan = planned(f"{' '.join(kept)} bump_normal", send_types=live, volume=volume)
    met = dict.fromkeys(item.send_type_key for item in plan.items if item.send_type_key in kept)
    assert [w.message.split()[0] for w in plan.warnings if w.code == "target-fallback"] == list(met)
    assert len(met) >= 3
