from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from schedsolve.constraints.audit import audit
from schedsolve.constraints.campaign_spacing import CampaignSpacing
from schedsolve.model.week import Week

from .plans import amounts, broken, plan_of
from .weeks import week


def free_week(days: int = 14, **campaigns: Any) -> Week:
    return week(page="free", days=days, campaigns=campaigns)


def subjects(on: Week, *lines: str) -> list[str]:
    return broken(CampaignSpacing.of(on), plan_of(on, *lines))


WALL = "ppv_wall solo campaign=descriptive_wall_campaign"
BUNDLE = "bundle campaign=bundle_wall_campaign"
SPIN = "game_post campaign=spin_the_wheel_game"
OTHER = "game_post campaign=game_other"


@pytest.mark.parametrize(
    ("first", "second", "campaign", "kept"),
    [
        ("Mon", "Tue", WALL, False),
        ("Mon", "Wed", WALL, True),
        ("Mon", "Sun", WALL, True),
        ("Mon", "Fri", BUNDLE, False),
        ("Mon", "Sat", BUNDLE, True),
        ("Mon", "Sun", SPIN, False),
        ("Mon", "Mon+1", SPIN, True),
        ("Mon", "Sun", OTHER, False),
        ("Mon", "Mon+1", OTHER, True),
    ],
)
def test_two_campaigns_of_a_family_keep_their_days_apart(first: str, second: str, campaign: str, kept: bool) -> None:
    sends = (f"{first} 21:07 {campaign}", f"{second} 09:07 {campaign} id=late")
    assert subjects(free_week(), *sends) == ([] if kept else ["late"])


def test_distances_are_those_of_calendar_dates_whatever_the_clock() -> None:
    assert subjects(free_week(), f"Mon 08:07 {WALL}", f"Tue 23:07 {WALL} id=late") == ["late"]
    assert subjects(free_week(), f"Mon 23:07 {WALL}", f"Wed 08:07 {WALL}") == []


def test_families_do_not_see_each_other() -> None:
    assert (
        subjects(free_week(), *(f"Mon {at}:07 {kind}" for at, kind in zip(("09", "13", "17", "21"), ALL, strict=True)))
        == []
    )


ALL = (WALL, BUNDLE, SPIN, OTHER)


def test_a_second_campaign_of_a_day_is_worse_than_one_too_near() -> None:
    on = free_week()
    plan = plan_of(on, f"Mon 09:07 {WALL}", f"Mon 13:07 {WALL} id=twice", f"Tue 13:07 {WALL} id=near")
    found = list(CampaignSpacing.of(on).violations(plan))
    assert [(one.subject, one.severity, one.amount) for one in found] == [("twice", "high", 2), ("near", "medium", 1)]
    assert found[0].message == "twice at Mon 13:07 is the second descriptive_wall_campaign of its day"
    assert found[1].message == (
        "near at Tue 13:07, descriptive_wall_campaign, comes 1 day after the one before it; at least 2 are needed"
    )


@pytest.mark.parametrize(
    ("past", "kept"),
    [("2025-01-19", False), ("2025-01-18", True), ("2024-12-21", True), (None, True)],
)
def test_the_first_campaign_keeps_its_distance_to_the_last_of_history(past: str | None, kept: bool) -> None:
    history = [{"date": past, "campaign_type": "descriptive_wall_campaign"}] if past else []
    history.append({"date": "2025-01-19", "campaign_type": "game_other"})
    assert subjects(free_week(history=history), f"Mon 09:07 {WALL} id=first") == ([] if kept else ["first"])


def test_campaigns_more_than_thirty_days_ago_do_not_count() -> None:
    for past, found in (("2024-12-21", ["first"]), ("2024-12-20", [])):
        history = [{"date": past, "campaign_type": "bundle_wall_campaign"}]
        on = free_week(history=history, families={"bundle_wall_campaign": {"min_days": 40, "max_days": 50}})
        assert subjects(on, f"Mon 09:07 {BUNDLE} id=first") == found


def test_the_scenario_may_state_other_distances() -> None:
    on = free_week(families={"spin_the_wheel_game": {"min_days": 3}})
    assert subjects(on, f"Mon 09:07 {SPIN}", f"Thu 09:07 {SPIN}") == []
    assert subjects(on, f"Mon 09:07 {SPIN}", f"Wed 09:07 {SPIN} id=near") == ["near"]


def test_a_distance_that_is_too_long_breaks_nothing() -> None:
    assert subjects(free_week(), f"Mon 09:07 {WALL}", f"Sun+1 09:07 {WALL}") == []


def test_every_game_carries_a_family_of_games() -> None:
    on = free_week()
    assert subjects(on, "Mon 09:07 game_post id=bare") == ["bare"]
    assert subjects(on, "Mon 09:07 game_post campaign=bundle_wall_campaign id=odd") == ["odd"]
    assert subjects(on, f"Mon 09:07 {SPIN}", f"Mon 14:07 {OTHER}") == []


def test_what_a_game_is_the_scenario_may_say() -> None:
    on = week(
        campaigns={}, send_types={"game_post": {"family": "none"}, "first_to_tip": {"family": "spin_the_wheel_game"}}
    )
    assert subjects(on, "Mon 09:07 game_post", "Mon 14:07 first_to_tip id=bare") == ["bare"]


def test_a_family_that_does_not_exist_is_found() -> None:
    assert subjects(free_week(), "Mon 09:07 bundle campaign=summer_sale id=odd") == ["odd"]


def test_any_send_may_carry_a_family_in_a_schedule_made_elsewhere() -> None:
    assert subjects(free_week(), "Mon 09:07 dm_farm campaign=descriptive_wall_campaign") == []


def test_the_rule_concerns_only_weeks_that_run_campaigns() -> None:
    plan = plan_of(week(days=1), f"Mon 09:07 {SPIN}", f"Mon 14:07 {SPIN}")
    report = audit(plan)
    assert not {"campaign-spacing", "campaign-target"} & {*report.checked, *(rule for rule, _ in report.skipped)}


def test_a_schedule_that_tells_no_campaigns_is_not_checked_for_them() -> None:
    on = free_week()
    plan = plan_of(on, "Mon 09:07 game_post")
    silent = replace(plan, sends=tuple(replace(send, campaign_known=False) for send in plan.sends))
    why = "no send tells its campaign"
    assert {("campaign-spacing", why), ("campaign-target", why)} <= set(audit(silent).skipped)
    assert "campaign-spacing" in audit(plan).checked


def test_how_much_is_lacking_is_told_in_days() -> None:
    on = free_week()
    assert amounts(CampaignSpacing.of(on), plan_of(on, f"Mon 09:07 {SPIN}", f"Wed 09:07 {SPIN}")) == [5]


def test_a_conflict_names_distance_or_games() -> None:
    on = free_week()
    rule = CampaignSpacing.of(on)
    assert rule.in_words(on, "bundle_wall_campaign") == "campaign-spacing (5 days) on bundle_wall_campaign"
    assert rule.in_words(on, "games on Mon 20 Jan") == (
        "campaign-spacing (games of two families, each once a day) on Mon 20 Jan"
    )
