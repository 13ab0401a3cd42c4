"""Rules on whom a followup follows and reaches: followup-eligible, followup-linked, followup-target."""

from __future__ import annotations

import pytest

from schedsolve.constraints.followup_eligible import FollowupEligible
from schedsolve.constraints.followup_linked import FollowupLinked
from schedsolve.constraints.followup_target import FollowupTarget
from schedsolve.model.catalog import CATALOG

from .plans import broken, plan_of
from .weeks import week

FOLLOWUP = "ppv_followup after Mon 20:07"
ELIGIBLE = ("ppv_unlock", "ppv_wall", "tip_goal")


@pytest.mark.parametrize("key", ELIGIBLE)
def test_three_types_may_have_a_followup(key: str) -> None:
    plan = plan_of(week(), f"Mon 20:07 {key}", f"Mon 20:27 {FOLLOWUP}")
    assert broken(FollowupEligible(), plan) == []


@pytest.mark.parametrize("key", [key for key in CATALOG if key not in (*ELIGIBLE, "ppv_followup")] + ["mystery"])
def test_a_followup_of_another_type_is_found(key: str) -> None:
    plan = plan_of(week(), f"Mon 20:07 {key}", f"Mon 20:27 {FOLLOWUP}")
    (violation,) = FollowupEligible().violations(plan)
    assert (violation.subject, violation.amount, violation.severity) == ("2025-01-20_1_followup", 1, "high")
    assert key in violation.message


def test_a_second_followup_of_one_parent_is_found() -> None:
    plan = plan_of(week(), "Mon 20:07 ppv_unlock", f"Mon 20:27 {FOLLOWUP} id=a", f"Mon 20:37 {FOLLOWUP} id=b")
    assert broken(FollowupEligible(), plan) == ["b"]


def test_two_parents_may_have_one_each() -> None:
    lines = ("Mon 18:07 ppv_unlock", "Mon 20:07 ppv_unlock", "Mon 18:27 ppv_followup after Mon 18:07")
    assert broken(FollowupEligible(), plan_of(week(), *lines, f"Mon 20:27 {FOLLOWUP}")) == []


def test_a_followup_has_no_followup() -> None:
    plan = plan_of(week(), "Mon 20:07 ppv_followup id=a parent=ghost", f"Mon 20:27 {FOLLOWUP} id=b")
    (violation,) = FollowupEligible().violations(plan)
    assert violation.subject == "b"
    assert "is a followup itself" in violation.message


def test_a_send_marked_as_a_followup_has_none_whatever_its_type() -> None:
    plan = plan_of(week(), "Mon 20:07 ppv_unlock followup id=a parent=ghost", f"Mon 20:27 {FOLLOWUP} id=b")
    assert broken(FollowupEligible(), plan) == ["b"]


def test_parents_in_history_are_held_to_the_same() -> None:
    handed = week(history=["2025-01-19T23:07 ppv_unlock awaits", "2025-01-19T22:07 bump_normal"])
    after = "Sun-1 23:07"
    assert broken(FollowupEligible(), plan_of(handed, f"Sun-1 23:37 ppv_followup after {after}")) == []
    twice = (f"Sun-1 23:37 ppv_followup after {after} id=a", f"Sun-1 23:38 ppv_followup after {after} id=b")
    assert broken(FollowupEligible(), plan_of(handed, *twice)) == ["b"]
    bump = plan_of(handed, "Sun-1 22:37 ppv_followup after Sun-1 22:07 id=it")
    assert broken(FollowupEligible(), bump) == ["it"]


def test_an_orphan_is_not_the_business_of_eligibility() -> None:
    assert broken(FollowupEligible(), plan_of(week(), "Mon 20:27 ppv_followup parent=ghost")) == []


def test_a_followup_after_its_parent_is_linked() -> None:
    plan = plan_of(week(), "Mon 20:07 ppv_unlock", "Mon 20:08 ppv_followup after Mon 20:07")
    assert broken(FollowupLinked(), plan) == []


def test_a_parent_in_history_is_a_link() -> None:
    handed = week(history=["2025-01-19T23:29 ppv_unlock awaits"])
    assert broken(FollowupLinked(), plan_of(handed, "Mon 00:07 ppv_followup parent=history_0")) == []
    assert broken(FollowupLinked(), plan_of(handed, "Mon 00:07 ppv_followup parent=history_1 id=it")) == ["it"]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("Mon 20:27 ppv_followup id=it",), "names no parent"),
        (("Mon 20:27 ppv_followup parent=ghost id=it",), "neither in the plan nor in history"),
        (("Mon 20:27 ppv_unlock", "Mon 20:26 ppv_followup after Mon 20:27 id=it"), "does not go out after"),
        (("Mon 20:27 ppv_unlock id=a", "Mon 20:27 ppv_followup parent=a id=it"), "does not go out after"),
    ],
    ids=["no parent", "unknown parent", "before it", "with it"],
)
def test_an_orphan_or_a_followup_before_its_parent_is_found(lines: tuple[str, ...], reason: str) -> None:
    (violation,) = FollowupLinked().violations(plan_of(week(), *lines))
    assert (violation.subject, violation.amount, violation.severity) == ("it", 1, "medium")
    assert reason in violation.message


def test_regular_sends_need_no_parent() -> None:
    assert broken(FollowupLinked(), plan_of(week(), "Mon 20:07 ppv_unlock")) == []


def test_a_followup_as_the_catalog_has_it_passes() -> None:
    assert broken(FollowupTarget(), plan_of(week(), "Mon 20:07 ppv_unlock", f"Mon 20:27 {FOLLOWUP}")) == []


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        ("ppv_followup channel=mass_message", 1),
        ("ppv_followup channel=none", 1),
        ("ppv_followup target=all_active", 1),
        ("ppv_followup target=none", 1),
        ("ppv_followup channel=mass_message target=all_active", 2),
        ("bump_normal followup", 3),
        ("expired_winback followup target=ppv_non_purchasers", 1),
    ],
)
def test_a_followup_of_another_type_channel_or_target_is_found(words: str, faults: int) -> None:
    (violation,) = FollowupTarget().violations(plan_of(week(), f"Mon 20:27 {words} id=it"))
    assert (violation.subject, violation.amount, violation.severity) == ("it", faults, "high")


def test_a_followup_send_that_follows_nothing_is_found() -> None:
    assert broken(FollowupTarget(), plan_of(week(), "Mon 20:27 ppv_followup regular")) == ["2025-01-20_1"]


def test_regular_sends_may_go_to_anyone() -> None:
    assert broken(FollowupTarget(), plan_of(week(), "Mon 20:27 bump_normal target=high_spenders")) == []
