from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from schedsolve.constraints.same_type_gap import SameTypeGap
from schedsolve.model.catalog import CATALOG

from .plans import broken, plan_of
from .weeks import week

RULE = SameTypeGap()
FIRST = datetime(2025, 1, 20, 9, 7)


def pair(key: str, minutes: int) -> tuple[str, str]:
    """Two sends of a type some minutes apart, from Monday 09:07 on."""
    second = FIRST + timedelta(minutes=minutes)
    return f"Mon 09:07 {key} id=a", f"{second:%a %H:%M} {key} id=b"


@pytest.mark.parametrize("key", CATALOG)
def test_exactly_the_gap_of_the_catalog_passes(key: str) -> None:
    assert broken(RULE, plan_of(week(), *pair(key, CATALOG[key].gap_minutes))) == []


@pytest.mark.parametrize("key", CATALOG)
def test_a_minute_less_than_the_gap_is_found(key: str) -> None:
    (violation,) = RULE.violations(plan_of(week(), *pair(key, CATALOG[key].gap_minutes - 1)))
    assert (violation.subject, violation.amount, violation.severity) == ("b", 1, "medium")


def test_other_types_between_and_around_do_not_matter() -> None:
    plan = plan_of(week(), "Mon 09:07 bump_normal", "Mon 09:37 link_drop", "Mon 10:07 bump_normal")
    assert broken(RULE, plan) == []
    plan = plan_of(week(), "Mon 09:07 bump_normal", "Mon 09:37 link_drop", "Mon 10:06 bump_normal")
    assert broken(RULE, plan) == ["2025-01-20_3"]


def test_unknown_types_have_no_gap() -> None:
    assert broken(RULE, plan_of(week(), "Mon 09:07 mystery", "Mon 09:08 mystery")) == []


def test_history_counts_for_every_type() -> None:
    handed = week(history=["2025-01-19T21:07 like_farm", "2025-01-19T23:07 ppv_followup"])
    assert broken(RULE, plan_of(handed, "Mon 21:06 like_farm")) == ["2025-01-20_1"]
    assert broken(RULE, plan_of(handed, "Mon 21:07 like_farm")) == []
    assert broken(RULE, plan_of(handed, "Mon 00:06 ppv_followup id=it")) == ["it"]
    assert broken(RULE, plan_of(handed, "Mon 00:07 ppv_followup id=it")) == []


def test_a_late_followup_of_history_binds_the_followup_before_it() -> None:
    handed = week(history=["2025-01-20T00:31 ppv_followup"])
    (violation,) = RULE.violations(plan_of(handed, "Mon 00:07 ppv_followup id=it"))
    assert (violation.subject, violation.amount) == ("it", 36)
    assert "before history_0" in violation.message


def test_history_is_not_held_against_itself() -> None:
    handed = week(history=["2025-01-19T20:07 like_farm", "2025-01-19T21:07 like_farm"])
    assert broken(RULE, plan_of(handed, "Mon 21:07 like_farm")) == []


def test_an_overridden_gap_holds() -> None:
    slower = week(send_types={"bump_flyer": {"min_gap": 300}})
    assert broken(RULE, plan_of(slower, *pair("bump_flyer", 300))) == []
    assert broken(RULE, plan_of(slower, *pair("bump_flyer", 299))) == ["b"]


def test_a_daily_type_moves_an_hour_later_over_the_spring_change() -> None:
    spring = week(start="2025-03-03")
    assert broken(RULE, plan_of(spring, "Sat 10:07 like_farm", "Sun 11:07 like_farm")) == []
    assert broken(RULE, plan_of(spring, "Sat 10:07 like_farm", "Sun 11:06 like_farm")) == ["2025-03-09_1"]


def test_a_daily_type_may_move_an_hour_earlier_over_the_autumn_change() -> None:
    autumn = week(start="2025-10-27")
    assert broken(RULE, plan_of(autumn, "Sat 10:07 like_farm", "Sun 09:07 like_farm")) == []
    assert broken(RULE, plan_of(autumn, "Sat 10:07 like_farm", "Sun 09:06 like_farm")) == ["2025-11-02_1"]
