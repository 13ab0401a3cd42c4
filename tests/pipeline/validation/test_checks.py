"""Every check on a schedule that passes it and on one that does not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from schedsolve.constraints import RULES
from schedsolve.model.scenario import Scenario
from schedsolve.model.validation_report import Finding, ValidationReport
from schedsolve.pipeline.validation.broken_rules import ANY_RULE, RULE_CHECKS
from schedsolve.pipeline.validation.checks import CHECKS

from .schedules import (
    MONDAY,
    Caption,
    at,
    followup,
    pool,
    report_on,
    scenario,
    schedule,
    slot,
    spoilt,
    without,
)

TUESDAY_RENEWAL = slot(1, 4)
LOOKS = {"7d": (80, 20), "14d": (50, 50), "30d": (20, 80)}
DIMINISHING = [{"sends": sends, "revenue": 400.0 + sends} for sends in (5, 9, 14)] * 5
MANUAL = {"caption_id": None, "caption_text": "MANUAL_REQUIRED", "caption_status": "manual_required"}


def one(name: str, **fields: Any) -> dict[str, Any]:
    return spoilt((name, fields))


def scores(**changes: float) -> dict[str, Any]:
    stated = {"freshness_score": 90.0, "performance_score": 80.0, "persona_score": 50.0}
    return {"caption_scores": stated | changes}


def of_two_types() -> dict[str, Any]:
    data = schedule()
    for item in data["items"]:
        item["send_type_key"] = "ppv_unlock" if item["category"] == "revenue" else "bump_normal"
    return data


def of_one_strategy() -> dict[str, Any]:
    data = schedule()
    for day in data["days"]:
        day["strategy"] = "storytelling"
    return data


def pinned(name: str) -> dict[str, Any]:
    data = schedule()
    pin = deepcopy(data["pins"][0]) | {"item": name, "send_type_key": "vip_program"}
    return data | {"pins": [*data["pins"], pin]}


def pinned_too_long() -> dict[str, Any]:
    data = schedule()
    data["pins"][0]["ends_at_utc"] = "2025-01-24T18:01:00Z"
    return data


def another_type() -> dict[str, Any]:
    return {"captions": pool(schedule()) | {1000: Caption("miss_you")}}


def rule(name: str, **settings: Any) -> Scenario:
    return scenario(rules={name: settings})


def quotas(first_day: int) -> Scenario:
    every = {"revenue": 3, "engagement": 2, "retention": 1}
    return scenario(volume={"quotas": [every | {"engagement": first_day}] + [every] * 6, "confidence_score": 0.9})


def trusted(confidence: float) -> Scenario:
    every = {"revenue": 3, "engagement": 2, "retention": 1}
    return scenario(
        volume={"quotas": [every] * 7, "confidence_score": confidence, "accept_low_confidence": confidence >= 0.3}
    )


def diverging() -> Scenario:
    looks = {name: {"saturation": s, "opportunity": o, "messages": 60} for name, (s, o) in LOOKS.items()}
    return scenario(performance={"horizons": looks})


def diminishing() -> Scenario:
    creator = {"id": "alexia", "page_type": "paid", "timezone": "America/New_York", "fan_count": 8500}
    return scenario(creator=creator, performance={"daily": DIMINISHING, "message_count": 200})


def short_pool(usable: int) -> Scenario:
    return scenario(captions={"pool": {"bundle": {"captions": 5, "usable": usable}}})


NOTED = {"code": "orphan-removed", "message": "x_followup was removed: its parent is gone"}
LOOSENED = {"step": 2, "rule": "min-spacing", "days": [str(MONDAY)], "sends": []}

FAILING: tuple[tuple[str, dict[str, Any], Scenario | None, dict[str, Any]], ...] = (
    ("required_field_missing", one(slot(0, 1), target_key=None), None, {}),
    ("unknown_reference", one(slot(0, 5), send_type_key="ppv_mystery"), None, {}),
    ("unknown_reference", one(slot(0, 5), send_type_key="ppv_message"), None, {}),
    ("unknown_reference", one(slot(0, 1), target_key="everyone"), None, {}),
    ("unknown_reference", one(slot(0, 1), channel_key="pigeon"), None, {}),
    ("unknown_reference", one(slot(0, 1), slot_id=slot(0, 2)), None, {}),
    ("page_type_mismatch", one(slot(0, 5), send_type_key="ppv_wall"), None, {}),
    ("required_target_violated", one(TUESDAY_RENEWAL, target_key="renew_on"), None, {}),
    ("required_target_violated", one(followup(0), target_key="never_purchased"), None, {}),
    ("channel_target_mismatch", one(slot(0, 1), target_key="expired_recent"), None, {}),
    ("vault_missing", one(slot(0, 5), content_type_id=99), None, {}),
    ("vault_missing", one(slot(0, 5), vault_warning="missing_video"), None, {"vault": None}),
    ("timing_conflict", one(slot(0, 1), **at(0, "11:01")), None, {}),
    ("spacing_violated", one(slot(0, 1), **at(0, "10:31")), None, {}),
    ("spacing_violated", one(followup(0), **at(0, "20:58")), None, {}),
    ("same_type_gap_violated", one(slot(0, 3), send_type_key="first_to_tip", **at(0, "16:07")), None, {}),
    ("avoid_hours_violated", one(slot(0, 1), **at(0, "04:07")), None, {}),
    ("diversity_floor", of_two_types(), None, {}),
    ("diversity_floor", of_two_types(), rule("type-diversity", enabled=False), {}),
    ("weekly_cap_exceeded", one(slot(3, 6), send_type_key="vip_program"), None, {}),
    ("empty_day", without(*(slot(5, place) for place in range(1, 7))), None, {}),
    ("consecutive_same_type", one(slot(0, 2), send_type_key="link_drop"), None, {}),
    ("same_style_repeat", one(slot(2, 5), ppv_style="winner"), None, {}),
    ("same_style_repeat", one(slot(2, 5), ppv_style="bundle"), None, {}),
    ("followup_parent_invalid", one(followup(0), parent_item_id="ghost"), None, {}),
    ("followup_parent_invalid", one(followup(0), parent_item_id=slot(0, 4)), None, {}),
    ("followup_parent_invalid", one(slot(0, 4), send_type_key="ppv_followup"), None, {}),
    ("followup_window", one(followup(0), **at(0, "19:08")), None, {}),
    ("followup_daily_limit", schedule(), rule("followup-daily-limit", max=0), {}),
    ("expiry_wrong", one(slot(0, 3), expires_at_utc=None), None, {}),
    ("pin_limit", pinned(slot(1, 6)), None, {}),
    ("pin_limit", pinned_too_long(), None, {}),
    ("round_minute", one(slot(0, 1), **at(0, "09:15")), None, {}),
    ("confidence_too_low", schedule(), trusted(0.2), {}),
    (ANY_RULE, one(slot(0, 1), **at(0, "07:41")), None, {}),
    (ANY_RULE, one(slot(0, 5), ppv_style="weird"), None, {}),
    (ANY_RULE, one(slot(2, 6), **at(9, "21:03")), None, {}),
    (ANY_RULE, one(slot(2, 6), **at(-9, "21:03")), None, {}),
    ("caption_missing", one(slot(0, 1), **MANUAL), None, {}),
    ("caption_missing", one(slot(0, 1), caption_id=None, caption_text=None, caption_status=None), None, {}),
    ("category_balance", schedule(), rule("category-balance", revenue_min=0.6), {}),
    ("duplicate_caption", one(slot(0, 1), caption_id=1001), None, {}),
    ("low_freshness", one(slot(0, 1), **scores(freshness_score=29.9)), None, {}),
    ("low_performance", one(slot(0, 1), **scores(performance_score=39.9)), None, {}),
    ("caption_pool_warning", schedule(), short_pool(1), {}),
    ("caption_pool_warning", schedule(), short_pool(0), {}),
    ("vault_warning", one(slot(0, 1), vault_warning="missing_flyer"), None, {}),
    ("vault_unchecked", spoilt(warnings=[{"code": "vault-unchecked", "message": "unread"}]), None, {}),
    ("vault_unchecked", one(slot(0, 1), warnings=["vault_unchecked"]), None, {}),
    ("daily_volume_exceeded", schedule(), quotas(1), {}),
    ("daily_quota_missed", schedule(), quotas(3), {}),
    ("strategy_variation", of_one_strategy(), None, {}),
    ("strategy_variation", one(slot(0, 1), strategy_used=None), None, {}),
    ("type_mismatch", schedule(), None, another_type()),
    ("type_mismatch", one(slot(0, 1), warnings=["type_mismatch"]), None, {}),
    ("target_fallback", one(slot(1, 6), target_key="all_active"), None, {}),
    ("target_fallback", one(slot(0, 1), warnings="target_fallback; other"), None, {}),
    ("persona_mismatch", one(slot(0, 1), **scores(persona_score=0)), None, {}),
    ("time_repeated", spoilt(*((slot(day, 1), at(day, "09:22")) for day in range(3))), None, {}),
    ("variation_incomplete", one(slot(0, 1), variation_metadata=None), None, {}),
    ("variation_incomplete", one(slot(0, 1), variation_metadata={"base_hour": 9, "jitter": 1}), None, {}),
    ("revenue_off_peak", one(slot(2, 6), **at(2, "14:51")), None, {}),
    ("block_density", schedule(), rule("block-limit", max=1), {}),
    ("block_density", schedule(), rule("block-limit", max=1, window="rolling"), {}),
    ("spacing_relaxed", spoilt(relaxations=[LOOSENED]), None, {}),
    ("followup_coverage", without(followup(0)), None, {}),
    ("orphan_removed", spoilt(warnings=[NOTED]), None, {}),
    ("low_confidence", schedule(), trusted(0.5), {}),
    ("divergence_detected", schedule(), diverging(), {}),
    ("elasticity_capped", schedule(), diminishing(), {}),
    ("defaults_used", schedule(), scenario(timing={}), {}),
    ("defaults_used", schedule(), scenario(volume={"confidence_score": 0.9}), {}),
    ("followup_skipped", without(followup(0)), None, {}),
    ("followup_moved", one(followup(0), timing_adjusted=True), None, {}),
)


def findings(report: ValidationReport) -> tuple[Finding, ...]:
    return (*report.errors, *report.warnings, *report.infos)


def test_a_clean_schedule_is_approved_with_100_points_and_nothing_found() -> None:
    report = report_on(schedule())
    assert (report.status, report.score, findings(report), report.unchecked) == ("approved", 100, (), ())
    assert not report.requires_caption_review


@pytest.mark.parametrize(("check", "data", "week", "options"), FAILING, ids=lambda value: str(value)[:30])
def test_each_check_finds_what_it_is_for(
    check: str, data: dict[str, Any], week: Scenario | None, options: dict[str, Any]
) -> None:
    report = report_on(data, week, **options)
    found = [finding for finding in findings(report) if finding.type == check]
    assert found
    expected = next(row for row in CHECKS if row.id == check)
    assert {finding.severity for finding in found} == {expected.severity}
    assert {finding.stage for finding in found} == {expected.stage}
    assert all(finding.message for finding in found)


def test_every_check_has_a_failing_case() -> None:
    assert {row[0] for row in FAILING} == {check.id for check in CHECKS}


def test_every_check_has_its_own_name() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_rules_are_told_by_checks_that_exist() -> None:
    assert set(RULE_CHECKS) <= {rule.id for rule in RULES}
    assert {*RULE_CHECKS.values(), ANY_RULE} <= {check.id for check in CHECKS}


@pytest.mark.parametrize("name", [check.id for check in CHECKS if check.severity == "error"])
def test_an_error_rejects(name: str) -> None:
    for check, data, week, options in FAILING:
        if check == name:
            assert report_on(data, week, **options).status == "rejected"


def test_a_finding_names_its_items() -> None:
    (finding,) = report_on(one(slot(0, 1), caption_id=1001)).warnings
    assert finding.items == (slot(0, 1), slot(0, 2))
    assert (finding.caption_id, finding.value, finding.limit) == (1001, 2, 1)


def test_a_finding_about_a_day_names_its_date() -> None:
    (finding,) = report_on(without(slot(5, 1))).warnings
    assert (finding.date, finding.value, finding.limit) == ("2025-01-25", 1, 2)


def test_a_broken_rule_names_itself_and_by_how_much() -> None:
    (finding,) = report_on(one(slot(0, 1), **at(0, "10:31"))).errors
    assert (finding.origin, finding.value, finding.items) == ("min-spacing", 15, (slot(0, 2),))


def test_a_declared_shortfall_is_told_with_what_holds_it_back() -> None:
    declared = {"date": "2025-01-20", "category": "engagement", "wanted": 3, "placed": 2, "binding": ["block-limit"]}
    (finding,) = report_on(spoilt(shortfalls=[declared]), quotas(3)).warnings
    assert "2 of 3 engagement sends (held back by block-limit)" in finding.message


def test_a_shortfall_that_is_none_is_told() -> None:
    declared = {"date": "2025-01-20", "category": "engagement", "wanted": 3, "placed": 2, "binding": ["block-limit"]}
    (finding,) = report_on(spoilt(shortfalls=[declared])).warnings
    assert (finding.type, finding.date) == ("daily_quota_missed", "2025-01-20")


def test_captions_may_come_again_the_week_after() -> None:
    week = scenario(days=8, volume={"revenue_per_day": 3, "engagement_per_day": 2, "retention_per_day": 1})
    last = (slot(6, 1), at(7, "09:01") | {"caption_id": 1000})
    assert "duplicate_caption" not in {f.type for f in report_on(spoilt(last), week).warnings}


def test_figures_that_are_guessed_are_told_with_their_source() -> None:
    report = report_on(schedule(), scenario(volume={"confidence_score": 0.9}))
    assert [info.origin for info in report.infos] == ["calculation_source", "volume-guessed"]


def test_a_balance_that_the_scenario_switches_off_is_shown_and_not_held_against_the_schedule() -> None:
    report = report_on(schedule(), rule("category-balance", enabled=False, revenue_min=0.6))
    assert (report.warnings, report.category_balance[0].passed) == ((), True)


def test_a_word_from_a_person_lets_low_confidence_pass() -> None:
    assert report_on(schedule(), trusted(0.2), override_confidence=True).errors == ()


@pytest.mark.parametrize(
    ("page", "target", "check"),
    [("free", "renew_off", "page_type_mismatch"), ("paid", "renew_off", None), ("paid", "nobody", "unknown_reference")],
)
def test_what_is_wrong_with_a_target_decides_the_check(page: str, target: str, check: str | None) -> None:
    every = {"revenue": 3, "engagement": 2, "retention": int(page == "paid")}
    week = scenario(
        creator={"id": "alexia", "page_type": page, "timezone": "America/New_York"}, volume={"quotas": [every] * 7}
    )
    found = {
        finding.type
        for finding in report_on(one(slot(0, 1), target_key=target), week).errors
        if slot(0, 1) in finding.items
    }
    assert found == ({check} if check else set())


@pytest.mark.parametrize(
    ("data", "week"),
    [
        (one(slot(0, 1), **scores(freshness_score=30.0, performance_score=40.0)), None),
        (schedule(), trusted(0.6)),
        (schedule(), rule("category-balance", revenue_min=0.5, engagement_min=14 / 42, retention_max=7 / 42)),
        (spoilt(*((slot(day, 1), at(day, "09:22")) for day in range(2))), None),
        (one(followup(0), **at(0, "19:16"), followup_delay_minutes=15), None),
        (one(followup(0), **at(0, "19:46"), followup_delay_minutes=45), None),
        (one(slot(0, 1), **at(0, "10:16")), None),
    ],
    ids=["scores", "confidence", "shares", "two at one time", "soonest followup", "latest followup", "45 minutes"],
)
def test_limits_are_allowed(data: dict[str, Any], week: Scenario | None) -> None:
    assert findings(report_on(data, week)) == ()


@pytest.mark.parametrize(
    ("data", "check", "affected"),
    [
        (one(slot(0, 1), caption_id=1001), "duplicate_caption", 1),
        (spoilt(*((slot(day, 1), {"caption_id": 1001}) for day in range(7))), "duplicate_caption", 7),
        (spoilt(*((slot(day, 1), at(day, "09:22")) for day in range(5))), "time_repeated", 3),
    ],
)
def test_uses_that_are_allowed_are_not_affected(data: dict[str, Any], check: str, affected: int) -> None:
    (loss,) = [loss for loss in report_on(data).losses if loss.type == check]
    assert loss.affected == affected


def test_a_missing_flyer_does_not_make_the_content_missing() -> None:
    report = report_on(one(slot(0, 5), vault_warning="missing_flyer"), vault=None)
    assert (report.errors, [warning.type for warning in report.warnings]) == ((), ["vault_warning"])


def test_a_day_with_too_many_sends_misses_no_quota() -> None:
    assert {warning.type for warning in report_on(schedule(), quotas(1)).warnings} == {"daily_volume_exceeded"}


def test_a_required_target_that_is_not_kept_is_no_fallback() -> None:
    report = report_on(one(TUESDAY_RENEWAL, target_key="all_active", channel_key="mass_message"))
    assert ({error.type for error in report.errors}, report.warnings) == ({"required_target_violated"}, ())
