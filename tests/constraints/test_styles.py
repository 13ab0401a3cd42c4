"""Rules of section 3.5: style-known, style-fixed, style-back-to-back, style-am-pm."""

from __future__ import annotations

import pytest

from schedsolve.constraints.style_am_pm import StyleAmPm
from schedsolve.constraints.style_back_to_back import StyleBackToBack
from schedsolve.constraints.style_fixed import StyleFixed
from schedsolve.constraints.style_known import StyleKnown

from .plans import broken, plan_of
from .weeks import week

FIRST = "2025-01-20_1"


@pytest.mark.parametrize(
    "words",
    [
        "ppv_unlock solo",
        "ppv_unlock winner",
        "ppv_wall sextape",
        "ppv_unlock bundle",
        "bundle",
        "bump_normal",
    ],
)
def test_a_pay_per_view_send_with_a_style_passes(words: str) -> None:
    assert broken(StyleKnown(), plan_of(week(), f"Mon 20:07 {words}")) == []


@pytest.mark.parametrize("key", ["ppv_unlock", "ppv_wall", "bundle", "flash_bundle", "snapchat_bundle"])
@pytest.mark.parametrize(("style", "told"), [("none", "no style"), ("weird", "style 'weird'")])
def test_a_pay_per_view_send_without_a_known_style_is_found(key: str, style: str, told: str) -> None:
    (violation,) = StyleKnown().violations(plan_of(week(), f"Mon 20:07 {key} style={style}"))
    assert (violation.subject, violation.amount, violation.severity) == (FIRST, 1, "high")
    assert told in violation.message


@pytest.mark.parametrize("key", ["bundle", "flash_bundle", "snapchat_bundle"])
@pytest.mark.parametrize("style", ["solo", "bundle", "winner", "sextape"])
def test_a_fixed_type_is_always_of_style_bundle(key: str, style: str) -> None:
    subjects = [] if style == "bundle" else [FIRST]
    plan = plan_of(week(), f"Mon 20:07 {key} {style}")
    found = [(violation.subject, violation.amount) for violation in StyleFixed().violations(plan)]
    assert found == [(subject, 1) for subject in subjects]


@pytest.mark.parametrize("key", ["ppv_unlock", "ppv_wall"])
@pytest.mark.parametrize("style", ["solo", "bundle", "winner", "sextape", "style=none"])
def test_a_rotated_type_takes_any_style(key: str, style: str) -> None:
    assert broken(StyleFixed(), plan_of(week(), f"Mon 20:07 {key} {style}")) == []


@pytest.mark.parametrize("words", ["game_post winner", "bump_normal style=weird", "ppv_followup solo", "tip_goal solo"])
def test_a_style_on_another_type_is_found(words: str) -> None:
    (violation,) = StyleFixed().violations(plan_of(week(), f"Mon 20:07 {words} id=it"))
    assert (violation.subject, violation.amount, violation.severity) == ("it", 1, "high")


@pytest.mark.parametrize("words", ["game_post", "bundle style=none", "mystery solo"])
def test_absent_styles_and_unknown_types_are_the_business_of_other_rules(words: str) -> None:
    assert broken(StyleFixed(), plan_of(week(), f"Mon 20:07 {words}")) == []


def ppvs(*words: str) -> list[str]:
    """A pay-per-view send three hours after the other, over several days if need be."""
    days = ("Mon", "Tue", "Wed")
    return [f"{days[n // 5]} {9 + 3 * (n % 5):02d}:07 {word}" for n, word in enumerate(words)]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("ppv_unlock winner",),
        ("ppv_unlock solo", "ppv_unlock solo"),
        ("ppv_unlock sextape", "ppv_unlock sextape"),
        ("ppv_unlock winner", "bundle", "ppv_unlock winner", "flash_bundle"),
        ("ppv_unlock winner", "ppv_unlock style=none", "ppv_unlock winner"),
    ],
)
def test_neighbours_that_differ_or_are_not_guarded_pass(words: tuple[str, ...]) -> None:
    assert broken(StyleBackToBack(), plan_of(week(), *ppvs(*words))) == []


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        (("ppv_unlock winner", "ppv_unlock winner"), ["2025-01-20_2"]),
        (("bundle", "flash_bundle"), ["2025-01-20_2"]),
        (("ppv_unlock bundle", "snapchat_bundle"), ["2025-01-20_2"]),
        (("ppv_unlock winner", "bump_normal", "ppv_unlock winner"), ["2025-01-20_3"]),
        (("bundle", "bundle", "bundle"), ["2025-01-20_2", "2025-01-20_3"]),
        (("bump_normal",) * 4 + ("ppv_unlock winner", "ppv_unlock winner"), ["2025-01-21_1"]),
    ],
    ids=["winners", "bundles", "mixed bundles", "a bump between", "three", "over midnight"],
)
def test_two_of_a_guarded_style_in_a_row_are_found(words: tuple[str, ...], subjects: list[str]) -> None:
    plan = plan_of(week(), *ppvs(*words))
    assert broken(StyleBackToBack(), plan) == subjects
    found = StyleBackToBack().violations(plan)
    assert {(violation.amount, violation.severity) for violation in found} == {(1, "high")}


@pytest.mark.parametrize(
    ("past", "subjects"),
    [
        (["ppv_unlock winner"], [FIRST]),
        (["ppv_unlock solo"], []),
        (["bundle"], []),
        (["ppv_unlock"], []),
        (["ppv_unlock solo", "ppv_unlock winner"], [FIRST]),
        (["ppv_unlock winner", "ppv_unlock solo"], []),
        (["ppv_unlock winner", "bump_normal"], [FIRST]),
        (["ppv_unlock winner", "ppv_unlock"], []),
    ],
)
def test_the_last_pay_per_view_send_of_history_is_a_neighbour(past: list[str], subjects: list[str]) -> None:
    handed = week(history=[f"2025-01-19T{10 + n}:07 {words}" for n, words in enumerate(past)])
    assert broken(StyleBackToBack(), plan_of(handed, "Mon 20:07 ppv_unlock winner")) == subjects


def test_history_is_not_held_against_itself() -> None:
    handed = week(history=["2025-01-19T10:07 bundle", "2025-01-19T20:07 bundle"])
    assert broken(StyleBackToBack(), plan_of(handed, "Mon 20:07 ppv_unlock winner")) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Mon 09:07 bundle", "Mon 12:00 bundle"),
        ("Mon 09:07 bundle", "Mon 11:59 ppv_unlock winner"),
        ("Mon 12:00 ppv_unlock winner", "Tue 00:01 ppv_unlock winner"),
        ("Mon 09:07 ppv_unlock solo", "Mon 11:07 ppv_unlock solo"),
        ("Mon 13:07 ppv_unlock sextape", "Mon 15:07 ppv_unlock sextape"),
    ],
)
def test_one_of_each_guarded_style_a_half_day_passes(lines: tuple[str, ...]) -> None:
    assert broken(StyleAmPm(1), plan_of(week(), *lines)) == []


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        (("Mon 00:00 bundle", "Mon 11:59 flash_bundle"), "2025-01-20 am bundle"),
        (("Mon 12:00 ppv_unlock winner", "Mon 23:59 ppv_unlock winner"), "2025-01-20 pm winner"),
        (
            ("Tue 13:07 bundle", "Tue 15:07 ppv_unlock solo", "Tue 17:07 ppv_unlock bundle"),
            "2025-01-21 pm bundle",
        ),
    ],
)
def test_two_of_a_guarded_style_in_a_half_day_are_found(lines: tuple[str, ...], subject: str) -> None:
    (violation,) = StyleAmPm(1).violations(plan_of(week(), *lines))
    assert (violation.subject, violation.amount, violation.severity) == (subject, 1, "high")


def test_a_raised_half_day_limit_holds() -> None:
    three = ["Mon 13:07 bundle", "Mon 16:07 bundle", "Mon 19:07 bundle"]
    assert broken(StyleAmPm(3), plan_of(week(), *three)) == []
    assert broken(StyleAmPm(2), plan_of(week(), *three)) == ["2025-01-20 pm bundle"]
    assert [violation.amount for violation in StyleAmPm(1).violations(plan_of(week(), *three))] == [2]


def test_noon_is_local_noon_on_days_when_the_clock_changes() -> None:
    spring = week(start="2025-03-03")
    assert broken(StyleAmPm(1), plan_of(spring, "Sun 11:59 bundle", "Sun 12:00 flash_bundle")) == []
    assert broken(StyleAmPm(1), plan_of(spring, "Sun 12:00 bundle", "Sun 13:00 flash_bundle")) == [
        "2025-03-09 pm bundle"
    ]
