"""The score: the worked examples, its arithmetic, its edges, and what can never raise it."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedsolve.model.stage import Stage
from schedsolve.model.validation_report import ValidationReport
from schedsolve.pipeline.validation.check import Check, Flaw, Found, Scope
from schedsolve.pipeline.validation.score import loss_of, score_of, status_of

from .schedules import report_on, scenario, schedule, spoilt
from .test_checks import MANUAL, rule, scores, short_pool

FLAW = (Flaw("something is wrong"),)
NAMES = tuple(item["slot_id"] for item in schedule()["items"])
SPOILS: tuple[dict[str, Any], ...] = (
    {"caption_id": 1003},
    {"vault_warning": "missing_video"},
    {"content_type_id": 99},
    {"warnings": ["target_fallback", "type_mismatch", "persona_mismatch"]},
    {"strategy_used": None},
    {"variation_metadata": None},
    {"timing_adjusted": True},
    {"target_key": "nobody"},
    scores(freshness_score=5.0, performance_score=5.0),
    MANUAL,
)


def check(weight: int, scope: Scope = "item") -> Check:
    return Check("a_check", Stage.TIMING, "warning", scope, weight, lambda schedule: Found())


def losses(report: ValidationReport) -> dict[str, float]:
    return {loss.type: loss.points for loss in report.losses}


def test_one_caption_twice_one_stale_and_one_pool_warning_make_93() -> None:
    data = spoilt((NAMES[0], {"caption_id": 1001}), (NAMES[5], scores(freshness_score=20.0)))
    report = report_on(data, short_pool(1))
    assert losses(report) == {"duplicate_caption": 1, "low_freshness": 1, "caption_pool_warning": 5}
    assert (report.score, report.status) == (93, "approved")


def test_six_manual_captions_nine_stale_ones_and_a_missed_bound_make_89_capped_to_84() -> None:
    manual = [(name, MANUAL) for name in NAMES[:6]]
    stale = [(name, scores(freshness_score=20.0)) for name in NAMES[6:15]]
    report = report_on(spoilt(*manual, *stale), rule("category-balance", revenue_min=0.6))
    assert losses(report) == {"caption_missing": 3.75, "low_freshness": 1.875, "category_balance": 5}
    assert score_of([Fraction(15, 4), Fraction(15, 8), Fraction(5)]) == 89
    assert (report.score, report.status, report.requires_caption_review) == (84, "needs_review", True)


def test_one_content_that_is_not_in_the_vault_makes_69() -> None:
    report = report_on(spoilt((NAMES[4], {"content_type_id": 99})))
    assert (report.score, report.status) == (69, "rejected")


@pytest.mark.parametrize(
    ("score", "status"),
    [
        (0, "rejected"),
        (69, "rejected"),
        (70, "needs_review"),
        (84, "needs_review"),
        (85, "approved"),
        (100, "approved"),
    ],
)
def test_the_edges_of_the_statuses(score: int, status: str) -> None:
    assert status_of(score) == status


@pytest.mark.parametrize(
    ("weight", "affected", "examined", "points"),
    [
        (10, 1, 48, Fraction(1)),
        (10, 4, 48, Fraction(1)),
        (10, 5, 48, Fraction(50, 48)),
        (30, 6, 48, Fraction(15, 4)),
        (10, 9, 48, Fraction(15, 8)),
        (10, 48, 48, Fraction(10)),
        (10, 1, 1, Fraction(10)),
    ],
)
def test_items_cost_their_share_and_at_least_a_tenth(
    weight: int, affected: int, examined: int, points: Fraction
) -> None:
    assert loss_of(check(weight), Found(FLAW, affected, examined)) == points


def test_a_schedule_check_costs_its_weight_however_much_it_finds() -> None:
    assert loss_of(check(31, "schedule"), Found(FLAW * 7, 7, 48)) == 31
    assert loss_of(check(5, "schedule"), Found(FLAW, 1, 1, weight=15)) == 15


def test_a_clean_check_costs_nothing() -> None:
    assert loss_of(check(31, "schedule"), Found(examined=48)) == 0


def test_the_sum_is_rounded_down_once() -> None:
    assert score_of([Fraction(1, 3)] * 3) == 99
    assert score_of([Fraction(1, 3)] * 4) == 98


def test_a_score_is_never_below_0() -> None:
    assert score_of([Fraction(31)] * 4) == 0


def test_errors_count_once_a_check() -> None:
    several = report_on(spoilt(*((name, {"content_type_id": 99}) for name in NAMES[:3])))
    assert (len(several.errors), several.score) == (3, 69)


@pytest.mark.parametrize(
    ("usable", "points", "score", "review"), [(1, 5, 95, False), (0, 10, 84, True)], ids=["short", "none left"]
)
def test_a_pool_without_a_usable_caption_costs_more_and_needs_a_person(
    usable: int, points: int, score: int, review: bool
) -> None:
    report = report_on(schedule(), short_pool(usable))
    assert (losses(report), report.score) == ({"caption_pool_warning": points}, score)
    assert report.requires_caption_review is review


def test_each_missed_bound_costs_five() -> None:
    week = scenario(rules={"category-balance": {"revenue_min": 0.6, "engagement_min": 0.4, "retention_max": 0.1}})
    report = report_on(schedule(), week)
    assert losses(report) == {"category_balance": 15}
    assert [share.passed for share in report.category_balance] == [False, False, False]


@pytest.mark.parametrize(("unknown", "named"), [("captions", "type_mismatch"), ("vault", "vault_missing")])
def test_a_check_that_cannot_be_applied_is_named_and_leaves_the_schedule_to_a_person(unknown: str, named: str) -> None:
    report = report_on(schedule(), **{unknown: None})
    assert [entry.type for entry in report.unchecked] == [named]
    assert (report.score, report.status) == (84, "needs_review")


def test_a_plan_without_captions_is_left_to_a_person() -> None:
    bare = {"caption_id": None, "caption_text": None, "caption_status": None, "caption_scores": None}
    report = report_on(spoilt(*((name, bare) for name in NAMES)))
    assert {entry.reason for entry in report.unchecked} == {"the plan carries no captions"}
    assert (report.score, report.errors, report.warnings) == (84, (), ())


def test_a_bare_list_of_items_cannot_be_checked_for_what_only_plans_tell() -> None:
    items = {"items": schedule()["items"]}
    assert {entry.type for entry in report_on(items).unchecked} == {"pin_limit", "hard_rule_broken"}


def test_a_rule_that_the_scenario_switches_off_is_named_and_costs_nothing() -> None:
    report = report_on(schedule(), rule("same-type-gap", enabled=False))
    assert (report.switched_off, report.score) == (("same-type-gap",), 100)


def test_scores_that_items_do_not_tell_are_taken_from_the_pool_or_named() -> None:
    report = report_on(spoilt((NAMES[0], {"caption_scores": {}})))
    assert [(entry.type, entry.reason) for entry in report.unchecked] == [
        ("low_freshness", "the freshness of 1 of 48 captions is unknown")
    ]


FOUND = st.builds(
    lambda weight, scope, affected, more: (check(weight, scope), Found(FLAW, affected, affected + more)),
    st.integers(0, 31),
    st.sampled_from(("item", "day", "schedule")),
    st.integers(1, 50),
    st.integers(0, 50),
)


@given(found=st.lists(FOUND, max_size=12), one=FOUND, review=st.booleans())
def test_one_more_finding_never_raises_the_score(
    found: list[tuple[Check, Found]], one: tuple[Check, Found], review: bool
) -> None:
    before = [loss_of(*result) for result in found]
    assert score_of([*before, loss_of(*one)], review) <= score_of(before, review) <= 100


@given(weight=st.integers(0, 31), affected=st.integers(1, 99), more=st.integers(0, 99))
def test_one_more_affected_item_never_costs_less(weight: int, affected: int, more: int) -> None:
    examined = affected + 1 + more
    fewer = loss_of(check(weight), Found(FLAW, affected, examined))
    assert fewer <= loss_of(check(weight), Found(FLAW, affected + 1, examined)) <= weight


spoils = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(SPOILS)), unique_by=lambda pair: pair[0], max_size=8
)


@settings(max_examples=40)
@given(spoils=spoils, kept=st.integers(0, 8))
def test_spoiling_one_more_item_never_raises_the_score(spoils: list[tuple[str, dict[str, Any]]], kept: int) -> None:
    assert report_on(spoilt(*spoils)).score <= report_on(spoilt(*spoils[:kept])).score


@settings(max_examples=40)
@given(spoils=spoils, seed=st.integers(0, 1000))
def test_the_order_of_the_items_is_irrelevant(spoils: list[tuple[str, dict[str, Any]]], seed: int) -> None:
    data = spoilt(*spoils)
    items = list(data["items"])
    Random(seed).shuffle(items)
    assert report_on(data | {"items": items}) == report_on(data)
