from __future__ import annotations

import pytest

from schedsolve.constraints.no_repeat_type import NoRepeatType

from .plans import broken, plan_of
from .weeks import week


@pytest.mark.parametrize(
    "lines",
    [
        ("Mon 09:07 bump_normal", "Mon 11:07 link_drop", "Mon 13:07 bump_normal"),
        ("Mon 09:07 bump_normal", "Mon 11:07 ppv_unlock", "Mon 13:07 link_drop"),
        ("Mon 22:07 bump_normal", "Tue 09:07 bump_normal"),
        ("Mon 20:07 ppv_unlock", "Mon 20:27 ppv_followup after Mon 20:07", "Mon 21:27 ppv_followup id=other"),
        ("Mon 09:07 mystery", "Mon 11:07 mystery"),
    ],
    ids=["another between", "different types", "over midnight", "followups", "unknown types"],
)
def test_a_change_of_type_or_of_day_passes(lines: tuple[str, ...]) -> None:
    assert broken(NoRepeatType(), plan_of(week(), *lines)) == []


def test_a_type_twice_in_a_row_within_its_category_is_found() -> None:
    plan = plan_of(week(), "Mon 09:07 bump_normal", "Mon 11:07 bump_normal")
    (violation,) = NoRepeatType().violations(plan)
    assert (violation.subject, violation.amount, violation.severity) == ("2025-01-20_2", 1, "medium")


def test_sends_of_another_category_between_do_not_help() -> None:
    plan = plan_of(week(), "Mon 09:07 bump_normal", "Mon 11:07 ppv_unlock", "Mon 13:07 bump_normal")
    assert broken(NoRepeatType(), plan) == ["2025-01-20_3"]


def test_an_unknown_type_between_does_not_help() -> None:
    plan = plan_of(week(), "Mon 09:07 bump_normal", "Mon 11:07 mystery", "Mon 13:07 bump_normal")
    assert broken(NoRepeatType(), plan) == ["2025-01-20_3"]


def test_three_in_a_row_are_two_violations() -> None:
    plan = plan_of(week(), *(f"Mon {hour}:07 ppv_unlock" for hour in (10, 13, 16)))
    assert broken(NoRepeatType(), plan) == ["2025-01-20_2", "2025-01-20_3"]
