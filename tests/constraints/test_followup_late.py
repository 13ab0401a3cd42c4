from __future__ import annotations

import pytest

from schedsolve.constraints.followup_late import FollowupLate
from schedsolve.model.week import Week

from .plans import broken, plan_of
from .weeks import week

RULE = FollowupLate()


def under(policy: str, **changes: object) -> Week:
    timing = {"late_followups": policy} | dict(changes.pop("timing", {}))  # type: ignore[call-overload]
    return week(timing=timing, **changes)  # type: ignore[arg-type]


def late(parent: str, followup: str, words: str = "") -> tuple[str, str]:
    return f"Mon {parent} ppv_unlock", f"{followup} ppv_followup after Mon {parent} id=it {words}"


@pytest.mark.parametrize("policy", ["within_day", "cross_midnight", "next_morning"])
def test_a_followup_on_its_parents_day_passes_under_any_policy(policy: str) -> None:
    assert broken(RULE, plan_of(under(policy), *late("23:14", "Mon 23:29"))) == []


@pytest.mark.parametrize("policy", ["within_day", "cross_midnight", "next_morning"])
def test_an_orphan_is_never_late(policy: str) -> None:
    assert broken(RULE, plan_of(under(policy), "Tue 00:07 ppv_followup parent=ghost")) == []


@pytest.mark.parametrize(("parent", "followup"), [("23:29", "Tue 00:14"), ("23:29", "Tue 08:31")])
def test_within_day_means_within_the_day(parent: str, followup: str) -> None:
    (violation,) = RULE.violations(plan_of(under("within_day"), *late(parent, followup, "adjusted")))
    assert (violation.subject, violation.amount, violation.severity) == ("it", 1, "low")


def test_cross_midnight_reaches_into_the_next_day_only() -> None:
    assert broken(RULE, plan_of(under("cross_midnight"), *late("23:29", "Tue 00:14"))) == []
    assert broken(RULE, plan_of(under("cross_midnight"), *late("23:29", "Wed 00:14"))) == ["it"]
    ahead = plan_of(under("cross_midnight"), "Tue 00:14 ppv_unlock", "Mon 23:58 ppv_followup after Tue 00:14 id=it")
    assert broken(RULE, ahead) == ["it"]


@pytest.mark.parametrize("followup", ["Tue 08:01", "Tue 08:31", "Tue 08:59"])
def test_the_next_morning_takes_what_does_not_fit(followup: str) -> None:
    assert broken(RULE, plan_of(under("next_morning"), *late("23:29", followup, "adjusted"))) == []


@pytest.mark.parametrize("followup", ["Tue 08:00", "Tue 09:00", "Tue 00:14", "Tue 20:07"])
def test_the_next_morning_ends_at_both_full_hours(followup: str) -> None:
    (violation,) = RULE.violations(plan_of(under("next_morning"), *late("23:29", followup, "adjusted")))
    assert "between 08:00 and 09:00" in violation.message


def test_a_followup_of_the_next_morning_is_flagged() -> None:
    (violation,) = RULE.violations(plan_of(under("next_morning"), *late("23:29", "Tue 08:31")))
    assert "not flagged" in violation.message


def test_the_next_morning_is_the_next_one() -> None:
    assert broken(RULE, plan_of(under("next_morning"), *late("23:29", "Wed 08:31", "adjusted"))) == ["it"]


@pytest.mark.parametrize(("parent", "subjects"), [("23:14", ["it"]), ("23:15", []), ("23:16", []), ("12:07", ["it"])])
def test_only_a_parent_whose_followup_does_not_fit_may_wait(parent: str, subjects: list[str]) -> None:
    plan = plan_of(under("next_morning"), *late(parent, "Tue 08:31", "adjusted"))
    assert broken(RULE, plan) == subjects


@pytest.mark.parametrize(("parent", "subjects"), [("23:11", ["it"]), ("23:12", [])])
def test_a_narrowed_window_fits_less_often(parent: str, subjects: list[str]) -> None:
    narrow = under("next_morning", timing={"avg_response_minutes": 30})
    assert broken(RULE, plan_of(narrow, *late(parent, "Tue 08:31", "adjusted"))) == subjects


@pytest.mark.parametrize(
    ("rules", "fits", "not_any_more"),
    [
        ({"active-window": {"end": "22:00"}}, "21:44", "21:46"),
        ({"active-window": {"end": "22:10"}}, "21:55", "21:56"),
        ({"round-minute": {"enabled": False}}, "23:15", "23:16"),
        ({"round-minute": {"step": 7}}, "23:15", "23:16"),
        ({"active-window": {"enabled": False}}, "23:44", "23:46"),
        ({"active-window": {"enabled": False}, "round-minute": {"enabled": False}}, "23:44", "23:45"),
    ],
    ids=["earlier end", "end not round", "round minutes allowed", "other step", "no window", "neither"],
)
def test_the_last_usable_minute_is_that_of_the_scenario(
    rules: dict[str, dict[str, object]], fits: str, not_any_more: str
) -> None:
    other = under("next_morning", rules=rules)
    assert broken(RULE, plan_of(other, *late(fits, "Tue 08:31", "adjusted"))) == ["it"]
    assert broken(RULE, plan_of(other, *late(not_any_more, "Tue 08:31", "adjusted"))) == []


def test_three_faults_are_told_one_by_one() -> None:
    plan = plan_of(under("next_morning"), *late("20:07", "Tue 09:31"))
    assert broken(RULE, plan) == ["it", "it", "it"]


def test_a_parent_in_history_may_wait_for_the_morning() -> None:
    waiting = under("next_morning", history=["2025-01-19T23:29 ppv_unlock awaits"])
    assert broken(RULE, plan_of(waiting, "Mon 08:31 ppv_followup after Sun-1 23:29 adjusted")) == []
    assert broken(RULE, plan_of(waiting, "Tue 08:31 ppv_followup after Sun-1 23:29 adjusted id=it")) == ["it"]


def test_the_morning_after_the_clock_changed_is_local() -> None:
    spring = week(start="2025-03-03", timing={"late_followups": "next_morning"})
    lines = ("Sat 23:29 ppv_unlock", "Sun 08:59 ppv_followup after Sat 23:29 adjusted")
    assert broken(RULE, plan_of(spring, *lines)) == []
