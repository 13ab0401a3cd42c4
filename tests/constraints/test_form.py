"""Rules of section 3.1 on sends: known-type, required-fields, page-type, target-required, target-page."""

from __future__ import annotations

import pytest

from schedsolve.constraints.known_type import KnownType
from schedsolve.constraints.page_type import PageTypeRule
from schedsolve.constraints.required_fields import RequiredFields
from schedsolve.constraints.target_page import TargetPage
from schedsolve.constraints.target_required import TargetRequired
from schedsolve.model.catalog import CATALOG

from .plans import broken, plan_of
from .weeks import week

FIRST = "2025-01-20_1"
PAID_ONLY = ("tip_goal", "renew_on_post", "renew_on_message", "expired_winback")


@pytest.mark.parametrize("key", CATALOG)
def test_every_type_of_the_catalog_is_known(key: str) -> None:
    assert broken(KnownType(), plan_of(week(), f"Mon 09:07 {key} id=it")) == []


@pytest.mark.parametrize("key", ["ppv_unlok", "bump", "PPV_UNLOCK"])
def test_a_type_outside_the_catalog_is_found(key: str) -> None:
    plan = plan_of(week(), f"Mon 09:07 {key}", "Mon 11:07 bump_normal")
    (violation,) = KnownType().violations(plan)
    assert (violation.subject, violation.amount, violation.severity) == (FIRST, 1, "high")
    assert key in violation.message


def test_a_followup_of_unknown_type_is_found() -> None:
    plan = plan_of(week(), "Mon 20:07 ppv_unlock solo", "Mon 20:27 nudge followup after Mon 20:07")
    assert broken(KnownType(), plan) == [f"{FIRST}_followup"]


def test_sends_that_state_everything_pass() -> None:
    assert broken(RequiredFields(), plan_of(week(), "Mon 09:07 bump_normal")) == []


def test_absent_fields_are_named_and_counted() -> None:
    plan = plan_of(week(), "Mon 09:07 bump_normal lacks=channel,target", "Mon 11:07 bump_normal")
    (violation,) = RequiredFields().violations(plan)
    assert (violation.subject, violation.amount) == (FIRST, 2)
    assert "channel, target" in violation.message


@pytest.mark.parametrize("key", [key for key in CATALOG if key != "ppv_wall"])
def test_a_paid_page_has_every_type_but_the_wall_sale(key: str) -> None:
    assert broken(PageTypeRule(), plan_of(week(page="paid"), f"Mon 09:07 {key} id=it")) == []


@pytest.mark.parametrize("key", [key for key in CATALOG if key not in PAID_ONLY])
def test_a_free_page_has_every_type_but_four(key: str) -> None:
    assert broken(PageTypeRule(), plan_of(week(page="free"), f"Mon 09:07 {key} id=it")) == []


@pytest.mark.parametrize(("page", "key"), [("paid", "ppv_wall"), *(("free", key) for key in PAID_ONLY)])
def test_a_type_of_the_other_page_is_found(page: str, key: str) -> None:
    (violation,) = PageTypeRule().violations(plan_of(week(page=page), f"Mon 09:07 {key}"))
    assert (violation.subject, violation.amount, violation.severity) == (FIRST, 1, "high")


def test_a_type_outside_the_catalog_has_no_page() -> None:
    assert broken(PageTypeRule(), plan_of(week(), "Mon 09:07 mystery")) == []


@pytest.mark.parametrize(
    "line",
    [
        "renew_on_message target=renew_off",
        "expired_winback target=expired_recent",
        "expired_winback target=expired_all",
        "ppv_followup target=ppv_non_purchasers id=it",
        "bump_normal target=high_spenders",
        "bump_normal target=none",
    ],
)
def test_a_required_target_that_is_set_passes_and_other_types_are_free(line: str) -> None:
    assert broken(TargetRequired(), plan_of(week(), f"Mon 09:07 {line}")) == []


@pytest.mark.parametrize(
    "line",
    [
        "renew_on_message target=renew_on",
        "renew_on_message target=none",
        "expired_winback target=all_active",
        "ppv_followup target=all_active",
    ],
)
def test_a_required_target_that_is_not_set_is_found(line: str) -> None:
    (violation,) = TargetRequired().violations(plan_of(week(), f"Mon 09:07 {line} id=it"))
    assert (violation.subject, violation.amount, violation.severity) == ("it", 1, "high")


def test_a_type_outside_the_catalog_requires_no_target() -> None:
    assert broken(TargetRequired(), plan_of(week(), "Mon 09:07 mystery")) == []


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("paid", "channel=mass_message target=all_active"),
        ("free", "channel=wall_post target=all_active"),
        ("free", "channel=story target=all_active"),
        ("paid", "channel=mass_message target=renew_on"),
        ("paid", "channel=targeted_message target=expired_all"),
        ("free", "channel=mass_message target=high_spenders"),
        ("free", "channel=targeted_message target=inactive_7d"),
        ("free", "channel=targeted_message target=ppv_non_purchasers"),
        ("paid", "channel=none target=renew_off"),
        ("paid", "channel=live target=none"),
    ],
)
def test_a_target_that_page_and_channel_serve_passes(page: str, words: str) -> None:
    assert broken(TargetPage(), plan_of(week(page=page), f"Mon 09:07 bump_normal {words}")) == []


@pytest.mark.parametrize(
    ("page", "words", "reason"),
    [
        ("paid", "channel=mass_message target=everyone", "no known target"),
        ("free", "channel=targeted_message target=renew_off", "does not exist on a free page"),
        ("free", "channel=targeted_message target=expired_recent", "does not exist on a free page"),
        ("paid", "channel=targeted_message target=all_active", "by targeted_message"),
        ("paid", "channel=mass_message target=expired_recent", "by mass_message"),
        ("paid", "channel=wall_post target=high_spenders", "by wall_post"),
        ("paid", "channel=story target=renew_on", "by story"),
        ("paid", "channel=live target=all_active", "by live"),
    ],
)
def test_a_target_that_page_or_channel_does_not_serve_is_found(page: str, words: str, reason: str) -> None:
    (violation,) = TargetPage().violations(plan_of(week(page=page), f"Mon 09:07 bump_normal {words}"))
    assert (violation.subject, violation.amount, violation.severity) == (FIRST, 1, "medium")
    assert reason in violation.message
