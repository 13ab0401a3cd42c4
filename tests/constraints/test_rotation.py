"""Rules `rotation-span` and `rotation-transition`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schedsolve.constraints.rotation_span import RotationSpan
from schedsolve.constraints.rotation_transition import RotationTransition
from schedsolve.model.rotation import RotationState
from schedsolve.model.timetable import Timetable
from schedsolve.model.week import Week

from .plans import amounts, broken, plan_of, with_days
from .weeks import week

RULE = RotationSpan(3, 4)
ORDERS = {"A": "sbwx", "B": "wsxb", "C": "bxsw", "D": "xwbs", "-": "-"}
STYLES = {"A": ["solo", "bundle", "winner", "sextape"]}


def days(letters: str, week_of: Week | None = None) -> Timetable:
    """A plan whose days state standard patterns by letter."""
    made = week_of or week(days=len(letters))
    return with_days(plan_of(made), patterns=" ".join(ORDERS[letter] for letter in letters))


def handed(started: str, count: int) -> Week:
    return week(days=count, rotation={"pattern": STYLES["A"], "started": started})


@pytest.mark.parametrize("letters", ["AAABBBB", "AAAABBB", "AAABBBC", "A", "AAAA", "AAABBBAAAD", "AAABBBCCCDDDAA"])
def test_patterns_kept_three_or_four_days_pass(letters: str) -> None:
    assert broken(RULE, days(letters)) == []


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("AABBB", [("2025-01-20", 1)]),
        ("AAABBCCC", [("2025-01-23", 1)]),
        ("AAABCCC", [("2025-01-23", 2)]),
        ("AAAAA", [("2025-01-20", 1)]),
        ("AAABBBBBB", [("2025-01-23", 2)]),
        ("AAABBBBBCC", [("2025-01-23", 1)]),
    ],
)
def test_patterns_dropped_early_or_kept_long_are_found(letters: str, found: list[tuple[str, int]]) -> None:
    violations = list(RULE.violations(days(letters)))
    assert [(violation.subject, violation.amount) for violation in violations] == found
    assert {violation.severity for violation in violations} == {"high"}


@pytest.mark.parametrize(
    ("started", "letters", "subjects"),
    [
        ("2025-01-18", "AABBBCC", []),
        ("2025-01-18", "ABBBCCC", []),
        ("2025-01-18", "AAABBBB", ["2025-01-20"]),
        ("2025-01-19", "ABBBCCC", ["2025-01-20"]),
        ("2025-01-18", "BBBCCCD", ["2025-01-20"]),
        ("2025-01-17", "BBBCCCD", []),
        ("2025-01-17", "ABBBCCC", []),
        ("2025-01-17", "AABBBCC", ["2025-01-20"]),
        ("2025-01-16", "BBBCCCD", []),
        ("2025-01-16", "ABBBCCC", ["2025-01-20"]),
        ("2024-12-01", "BBBCCCD", []),
        ("2024-12-01", "ABBBCCC", ["2025-01-20"]),
        ("2025-01-20", "AAABBBC", []),
        ("2025-01-20", "AAAABBB", []),
        ("2025-01-18", "AABBBBB", ["2025-01-22"]),
        ("2025-01-20", "BBBCCCD", ["2025-01-20"]),
        ("2025-01-22", "AAABBBC", []),
    ],
)
def test_days_before_the_plan_count(started: str, letters: str, subjects: list[str]) -> None:
    assert broken(RULE, days(letters, handed(started, 7))) == subjects


def test_a_pattern_of_history_may_end_with_the_plan() -> None:
    assert broken(RULE, days("A", handed("2025-01-18", 1))) == []


@pytest.mark.parametrize("letters", ["-------", "AA-BB-C", "A-BBB-A", "-AA----"])
def test_days_that_tell_nothing_leave_runs_open(letters: str) -> None:
    assert broken(RULE, days(letters)) == []


def test_a_run_too_long_is_found_even_between_silent_days() -> None:
    assert broken(RULE, days("-AAAAA-")) == ["2025-01-21"]


def test_a_closed_run_after_a_silent_day_is_found_when_its_start_is_known() -> None:
    assert broken(RULE, days("-ABBCCC")) == ["2025-01-22"]


def test_the_first_run_is_closed_whatever_the_last_days_tell() -> None:
    assert broken(RULE, days("AABBB--")) == ["2025-01-20"]


def test_a_silent_first_day_leaves_history_open() -> None:
    assert broken(RULE, days("-BBBCCC", handed("2025-01-19", 7))) == []


def test_a_plan_without_days_has_no_runs() -> None:
    assert broken(RULE, plan_of(handed("2024-12-01", 7))) == []


def test_days_beyond_the_plan_are_not_read() -> None:
    assert broken(RULE, days("AAAAA", week(days=4))) == []


def test_other_spans_hold() -> None:
    assert broken(RotationSpan(1, 2), days("ABBCA")) == []
    assert broken(RotationSpan(1, 2), days("ABBBA")) == ["2025-01-21"]
    assert broken(RotationSpan(2, 7), days("ABBBBBBB")) == ["2025-01-20"]


@pytest.mark.parametrize("seed_day", ["2025-01-20", "2025-03-03", "2025-10-27"])
def test_the_rotation_of_the_engine_keeps_its_own_rules(seed_day: str) -> None:
    made = week(start=seed_day, days=28)
    plan = plan_of(made)
    records = with_days(plan, patterns=" ".join("sbwx" for _ in made.days)).days
    own = replace(plan, days=tuple(replace(record, pattern=made.pattern(day)) for day, record in enumerate(records)))
    assert broken(RULE, own) == []
    assert broken(RotationTransition(), own) == []


def test_patterns_of_four_different_styles_pass() -> None:
    assert broken(RotationTransition(), days("ABC-")) == []


@pytest.mark.parametrize("pattern", ["sbw", "sbws", "sbwxs", "ssss"])
def test_a_pattern_that_is_no_order_of_the_four_styles_is_found(pattern: str) -> None:
    plan = with_days(plan_of(week(days=2)), patterns=f"sbwx {pattern}")
    (violation,) = RotationTransition().violations(plan)
    assert (violation.subject, violation.amount, violation.severity) == ("2025-01-21", 1, "high")


S = RotationState


def passing(*days_: tuple[RotationState, ...]) -> Timetable:
    """A plan whose days pass through the given states, the last of each held at its end."""
    made = week(days=len(days_))
    rotations = tuple(
        replace(rotation, trail=path[:-1], state=path[-1]) for rotation, path in zip(made.rotations, days_, strict=True)
    )
    return plan_of(replace(made, rotations=rotations))


ALLOWED = {
    S.INITIALIZING: {S.PATTERN_ACTIVE, S.ERROR},
    S.PATTERN_ACTIVE: {S.ROTATION_PENDING, S.ERROR},
    S.ROTATION_PENDING: {S.ROTATING, S.PATTERN_ACTIVE},
    S.ROTATING: {S.PATTERN_ACTIVE, S.PATTERN_EXHAUSTED, S.ERROR},
    S.PATTERN_EXHAUSTED: {S.PATTERN_ACTIVE},
    S.ERROR: {S.INITIALIZING},
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("following", S)
def test_exactly_the_listed_state_changes_pass(state: RotationState, following: RotationState) -> None:
    subjects = [] if following in ALLOWED[state] else ["2025-01-20"]
    assert broken(RotationTransition(), passing((state, following))) == subjects


def test_a_day_may_pass_through_several_states() -> None:
    path = (S.PATTERN_ACTIVE, S.ROTATION_PENDING, S.ROTATING, S.PATTERN_EXHAUSTED, S.PATTERN_ACTIVE)
    assert broken(RotationTransition(), passing(path, (S.PATTERN_ACTIVE,), path)) == []


def test_a_wrong_change_in_the_middle_of_a_day_is_found() -> None:
    path = (S.PATTERN_ACTIVE, S.ROTATION_PENDING, S.PATTERN_EXHAUSTED, S.PATTERN_ACTIVE)
    assert broken(RotationTransition(), passing((S.PATTERN_ACTIVE,), path)) == ["2025-01-21"]


def test_a_day_starts_in_the_state_of_its_eve() -> None:
    plan = passing((S.PATTERN_ACTIVE,), (S.ROTATION_PENDING, S.ROTATING), (S.ROTATING,))
    assert broken(RotationTransition(), plan) == ["2025-01-21"]


def test_a_day_may_end_in_another_state_than_it_began() -> None:
    plan = passing((S.PATTERN_ACTIVE,), (S.PATTERN_ACTIVE, S.ROTATION_PENDING), (S.ROTATION_PENDING,))
    assert broken(RotationTransition(), plan) == []


def test_each_wrong_state_counts_once() -> None:
    plan = passing((S.PATTERN_ACTIVE,), (S.ROTATION_PENDING, S.ERROR))
    assert amounts(RotationTransition(), plan) == [1, 1]
