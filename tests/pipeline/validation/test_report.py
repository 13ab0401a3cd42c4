"""The parts of a report beside findings and score: figures, recommendations, what is read and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

import schedsolve
from schedsolve.errors import ScenarioError
from schedsolve.model.failure import ErrorResponse, Severity
from schedsolve.model.validation_report import ValidationReport
from schedsolve.pipeline.content.demo_library import demo_library
from schedsolve.pipeline.content.filling import filled
from schedsolve.pipeline.validation.rejection import rejection
from schedsolve.pipeline.validation.report import validation_report

from .schedules import VAULT, at, followup, pool, report_on, scenario, schedule, slot, spoilt, without
from .test_checks import MANUAL, rule, scores, short_pool


def actions(report: ValidationReport) -> list[tuple[str, str | None, int | None]]:
    return [(advice.action, advice.about, advice.count) for advice in report.recommendations]


def rejected(report: ValidationReport) -> ErrorResponse | None:
    return rejection(report, generation_id="0b7a", creator_id="alexia", timestamp="2025-01-20T09:00:00Z")


def test_the_breakdown_counts_every_item() -> None:
    report = report_on(schedule())
    assert report.summary.total_items == 48
    assert report.breakdown.by_category == {"revenue": 21, "engagement": 14, "retention": 13}
    assert list(report.breakdown.by_day.values()) == [7, 7, 7, 7, 7, 6, 7]


def test_the_balance_leaves_followups_out() -> None:
    shares = {share.category: share.percent for share in report_on(schedule()).category_balance}
    assert shares == {"revenue": 50.0, "engagement": 33.33, "retention": 16.67}


def test_the_volume_is_told_in_short() -> None:
    told = report_on(schedule()).volume_metadata
    assert told is not None
    assert (told.confidence_score, told.message_count, told.prediction_id) == (0.9, 200, None)


def test_the_volume_of_the_plan_goes_before_that_of_the_scenario() -> None:
    stage = schedsolve.volume(scenario()).result.model_dump(mode="json")
    report = report_on(schedule() | {"volume": stage | {"divergence_detected": True, "message_count": 7}})
    assert [info.type for info in report.infos] == ["divergence_detected"]
    assert report.volume_metadata is not None
    assert report.volume_metadata.message_count == 7


def test_figures_of_acceptance_are_told_with_their_verdict() -> None:
    gates = {gate.figure.split()[0]: gate for gate in report_on(schedule()).acceptance}
    assert (gates["average"].value, gates["average"].passed) == (90.0, True)
    stale = report_on(spoilt(*((slot(day, 1), scores(freshness_score=0.0)) for day in range(7))))
    assert stale.acceptance[0].value == round(41 * 90 / 48, 2)


def test_followups_are_counted_up_to_the_daily_limit() -> None:
    assert report_on(without(followup(0))).acceptance[2].value == pytest.approx(500 / 6, abs=0.01)
    limited = report_on(schedule(), rule("followup-daily-limit", max=0))
    assert limited.acceptance[2].value is None


def test_a_type_without_usable_captions_asks_for_five_new_ones() -> None:
    report = report_on(schedule(), short_pool(0))
    assert actions(report) == [("write_captions", "bundle", 5)]
    assert "5 or more new captions for bundle" in report.recommendations[0].message


def test_as_many_captions_are_asked_for_as_items_wait_for() -> None:
    waiting = [(followup(day), MANUAL) for day in (0, 1, 2, 3, 4, 6)]
    assert actions(report_on(spoilt(*waiting))) == [("write_captions", "ppv_followup", 6)]


def test_a_pool_that_is_only_low_asks_for_nothing_new() -> None:
    assert actions(report_on(schedule(), short_pool(1))) == []


def test_media_that_the_vault_lacks_are_asked_for() -> None:
    changes = ((slot(0, 1), "missing_video"), (slot(0, 2), "missing_flyer"), (slot(1, 1), "missing_video"))
    report = report_on(spoilt(*((name, {"vault_warning": warning}) for name, warning in changes)))
    assert actions(report) == [("design_flyers", "flyer", 1), ("add_to_vault", "video", 2)]


def test_a_missed_bound_asks_for_another_mix() -> None:
    report = report_on(schedule(), rule("category-balance", retention_max=0.1))
    assert actions(report) == [("rebalance", "retention", None)]
    assert "fewer retention sends" in report.recommendations[0].message


def test_a_stale_pool_says_that_text_only_bumps_were_favoured() -> None:
    performance = {"saturation": 45, "opportunity": 62, "message_count": 200, "caption_freshness": 49.0}
    assert actions(report_on(schedule(), scenario(performance=performance))) == [
        ("text_only_bumps", "bump_text_only", None)
    ]


def test_a_repeated_style_says_how_to_mend_it_in_order() -> None:
    advice = report_on(spoilt((slot(2, 5), {"ppv_style": "winner"}))).recommendations
    (message,) = [one.message for one in advice if one.action == "same_style_repeat"]
    ways = ["swap positions", "put another item between", "the other half day", "a person"]
    assert [message.index(way) for way in ways] == sorted(message.index(way) for way in ways)


def test_a_report_is_read_back_as_it_was() -> None:
    report = report_on(spoilt((slot(0, 1), MANUAL), (slot(0, 2), {"content_type_id": 99})), short_pool(0))
    assert ValidationReport.model_validate_json(report.model_dump_json()) == report


def test_a_report_with_an_unknown_field_is_refused() -> None:
    data = report_on(schedule()).model_dump_json()
    with pytest.raises(ValidationError):
        ValidationReport.model_validate_json(data[:-1] + ',"verdict":"good"}')


def test_a_table_of_text_is_read_like_a_plan() -> None:
    known = {"captions": pool(schedule()), "vault": VAULT}
    rows = [{**item, "caption_id": str(item["caption_id"]), "warnings": ""} for item in schedule()["items"]]
    report = validation_report(scenario(), rows, **known)  # type: ignore[arg-type]
    assert (report.errors, report.warnings) == ((), ())


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"caption_id": "seven"}, "items[3]"),
        ({"caption_id": 7.5}, "caption_id"),
        ({"content_type_id": True}, "content_type_id"),
        ({"caption_scores": [1]}, "caption_scores"),
        ({"caption_scores": {"freshness_score": 101}}, "freshness_score"),
        ({"scheduled_at_utc": "yesterday"}, "items[3]"),
        ({"warnings": 5}, "items[3]"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(fields: dict[str, Any], where: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        report_on(spoilt((slot(0, 4), fields)))
    assert where in str(caught.value)


@pytest.mark.parametrize(
    "sections",
    [{"volume": {"confidence_score": 1}}, {"volume": "much"}, {"relaxations": [{"rule": "min-spacing", "step": "x"}]}],
)
def test_sections_that_cannot_be_read_are_refused(sections: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        report_on(schedule() | sections)


def test_an_empty_schedule_is_rejected() -> None:
    report = report_on(schedule() | {"items": [], "pins": []})
    assert {finding.type for finding in report.errors} == {"empty_day"}
    assert {finding.type for finding in report.warnings} == {"daily_quota_missed"}
    assert (report.score, report.status) == (59, "rejected")


def test_an_own_plan_is_validated_as_it_is() -> None:
    week = scenario(days=1, volume={"quotas": [{"revenue": 1, "engagement": 1, "retention": 0}]})
    plan = schedsolve.solve(week, effort="quick")
    report = validation_report(week, plan)
    assert report.errors == ()
    assert report == validation_report(week, plan.to_dict())
    assert report.status == "needs_review"


def test_an_own_plan_filled_from_a_library_is_approved() -> None:
    week = scenario(days=2, volume={"quotas": [{"revenue": 2, "engagement": 2, "retention": 1}] * 2})
    plan = schedsolve.solve(week, effort="quick")
    library = demo_library(week.week_start)
    items = filled(plan, library, week.week_start).items
    report = validation_report(
        week,
        plan.model_copy(update={"items": items}),
        captions={caption.caption_id: caption for caption in library.captions},
        vault={entry.content_type_id for entry in library.vault or () if entry.stocked},
    )
    assert (report.errors, report.unchecked, report.status) == ((), (), "approved")
    assert {gate.passed for gate in report.acceptance} <= {True, None}


def test_only_a_rejection_is_an_error() -> None:
    assert rejected(report_on(schedule())) is None
    assert rejected(report_on(schedule(), short_pool(0))) is None


def test_a_rejection_tells_what_was_found_and_what_to_do() -> None:
    told = rejected(report_on(spoilt((slot(0, 5), {"content_type_id": 99}))))
    assert told is not None
    assert (told.error_code, told.severity, told.stage.number) == ("validation_rejected", Severity.CRITICAL, 7)
    assert told.details == {"score": 69, "errors": {"vault_missing": 1}, "warnings": 0}
    assert told.partial_result == {"items_created": 48}
    assert told.recommendations == ("leave these items out, or create their content",)


def test_missing_fields_alone_have_a_code_of_their_own() -> None:
    told = rejected(report_on(spoilt((slot(0, 1), {"target_key": None}))))
    assert told is not None
    assert (told.error_code, told.severity) == ("missing_required_fields", Severity.HIGH)
    mixed = rejected(report_on(spoilt((slot(0, 1), {"target_key": None} | at(0, "09:15")))))
    assert mixed is not None
    assert mixed.error_code == "validation_rejected"
