from __future__ import annotations

import pytest

from schedsolve.constraints.followup_clearance import FollowupClearance

from .plans import broken, plan_of
from .weeks import week

RULE = FollowupClearance(5)
PAIR = ("Mon 20:07 ppv_unlock", "Mon 20:27 ppv_followup after Mon 20:07 id=it")


@pytest.mark.parametrize("clock", ["20:22", "20:32"])
@pytest.mark.parametrize("key", ["bump_normal", "ppv_followup id=other", "mystery"])
def test_five_minutes_on_either_side_pass(clock: str, key: str) -> None:
    assert broken(RULE, plan_of(week(), *PAIR, f"Mon {clock} {key}")) == []


@pytest.mark.parametrize(("clock", "missing"), [("20:23", 1), ("20:31", 1), ("20:27", 5), ("20:28", 4)])
@pytest.mark.parametrize("key", ["bump_normal id=other", "mystery id=other"])
def test_four_minutes_on_either_side_are_found(clock: str, missing: int, key: str) -> None:
    (violation,) = RULE.violations(plan_of(week(), *PAIR, f"Mon {clock} {key}"))
    assert (violation.subject, violation.amount, violation.severity) == ("it", missing, "medium")
    assert "other" in violation.message


def test_two_followups_too_close_are_one_violation() -> None:
    plan = plan_of(week(), *PAIR, "Mon 20:31 ppv_followup id=later")
    (violation,) = RULE.violations(plan)
    assert violation.subject == "later"


def test_the_parent_is_exempt_and_only_the_parent() -> None:
    close = plan_of(week(), "Mon 20:07 ppv_unlock", "Mon 20:09 ppv_followup after Mon 20:07")
    assert broken(RULE, close) == []
    other = plan_of(week(), "Mon 20:07 ppv_unlock", "Mon 20:09 ppv_followup parent=ghost id=it")
    assert broken(RULE, other) == ["it"]
    ahead = plan_of(week(), "Mon 20:09 ppv_unlock", "Mon 20:07 ppv_followup after Mon 20:09")
    assert broken(RULE, ahead) == []


def test_regular_sends_among_themselves_are_free() -> None:
    assert broken(RULE, plan_of(week(), "Mon 20:07 bump_normal", "Mon 20:08 link_drop")) == []


def test_every_send_nearby_is_looked_at() -> None:
    plan = plan_of(week(), *PAIR, "Mon 20:24 bump_normal id=a", "Mon 20:25 link_drop id=b", "Mon 20:30 dm_farm id=c")
    assert broken(RULE, plan) == ["it", "it", "it"]


def test_a_followup_keeps_clear_of_history() -> None:
    handed = week(history=["2025-01-19T23:58 bump_normal"])
    assert broken(RULE, plan_of(handed, "Mon 00:02 ppv_followup id=it")) == ["it"]
    assert broken(RULE, plan_of(handed, "Mon 00:03 ppv_followup id=it")) == []


def test_a_followup_may_be_close_to_its_parent_in_history() -> None:
    handed = week(history=["2025-01-19T23:58 ppv_unlock awaits"])
    assert broken(RULE, plan_of(handed, "Mon 00:02 ppv_followup after Sun-1 23:58")) == []


def test_sends_keep_clear_of_a_late_followup_of_history() -> None:
    handed = week(history=["2025-01-20T00:07 ppv_followup"])
    assert broken(RULE, plan_of(handed, "Mon 00:11 bump_normal")) == ["2025-01-20_1"]
    assert broken(RULE, plan_of(handed, "Mon 00:03 bump_normal")) == ["2025-01-20_1"]
    assert broken(RULE, plan_of(handed, "Mon 00:12 bump_normal")) == []


def test_history_is_not_held_against_itself() -> None:
    handed = week(history=["2025-01-19T23:07 ppv_followup", "2025-01-19T23:09 bump_normal"])
    assert broken(RULE, plan_of(handed, "Mon 09:07 bump_normal")) == []


def test_another_clearance_holds() -> None:
    plan = plan_of(week(), *PAIR, "Mon 20:37 bump_normal")
    assert broken(FollowupClearance(10), plan) == []
    assert broken(FollowupClearance(11), plan) == ["it"]
