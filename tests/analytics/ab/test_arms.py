from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from schedsolve.analytics.ab.arms import MOST_WEIGHT, Arm, Weights, arm_of, arms_of

TEN_THOUSAND = [f"creator_{number}" for number in range(10_000)]
ID = st.text(max_size=20)
SEVERAL = st.lists(ID, max_size=30)
RISK = 0.001


def counts(test_id: str, weights: Weights) -> tuple[int, int]:
    """Creators in control and in treatment, of ten thousand."""
    held = Counter(arm_of(test_id, creator, weights) for creator in TEN_THOUSAND)
    return held[Arm.CONTROL], held[Arm.TREATMENT]


@pytest.mark.parametrize("test_id", ["bump_ratio_2x_vs_3x", "dow", "1", "2"])
@pytest.mark.parametrize(("control", "treatment"), [(1, 1), (9, 1), (1, 3)])
def test_ten_thousand_creators_split_by_the_weights(test_id: str, control: int, treatment: int) -> None:
    share = control / (control + treatment)
    expected = [10_000 * share, 10_000 * (1 - share)]
    assert stats.chisquare(counts(test_id, Weights(control, treatment)), expected).pvalue > RISK


@pytest.mark.parametrize(("one", "other"), [("bump_ratio", "campaigns"), ("test_1", "test_2"), ("a", "aa")])
def test_two_tests_split_the_same_creators_independently(one: str, other: str) -> None:
    pairs = Counter((arm_of(one, creator), arm_of(other, creator)) for creator in TEN_THOUSAND)
    table = [[pairs[first, second] for second in Arm] for first in Arm]
    assert stats.chi2_contingency(table).pvalue > RISK


def test_assignments_are_for_ever() -> None:
    """The hash is part of every running test: a change would move creators between arms."""
    held = arms_of("bump_ratio_2x_vs_3x", ["alexia", "bella", "carmen", "dana", "érika", ""])
    assert "".join(arm[0] for arm in held.values()) == "ccctct"


@given(ID, ID, SEVERAL, SEVERAL)
def test_an_arm_hangs_on_no_other_creator(test_id: str, creator: str, before: list[str], after: list[str]) -> None:
    assert arms_of(test_id, [*before, creator, *after])[creator] == arm_of(test_id, creator)


@given(ID, st.lists(ID, unique=True).flatmap(lambda ids: st.tuples(st.just(ids), st.permutations(ids))))
def test_the_order_of_creators_is_irrelevant(test_id: str, lists: tuple[list[str], list[str]]) -> None:
    given_order, other_order = lists
    assert arms_of(test_id, given_order) == arms_of(test_id, other_order)
    assert list(arms_of(test_id, given_order)) == given_order


@given(ID, ID, st.integers(0, 1000), st.integers(1, 1000), st.integers(0, 1000))
def test_a_larger_share_of_treatment_takes_nobody_out_of_it(
    test_id: str, creator: str, control: int, treatment: int, more: int
) -> None:
    if arm_of(test_id, creator, Weights(control, treatment)) is Arm.TREATMENT:
        assert arm_of(test_id, creator, Weights(control, treatment + more)) is Arm.TREATMENT


@given(ID, ID, st.integers(1, 1000), st.integers(1, 1000), st.integers(1, 1000))
def test_only_the_ratio_of_the_weights_counts(
    test_id: str, creator: str, control: int, treatment: int, by: int
) -> None:
    one, other = Weights(control, treatment), Weights(control * by, treatment * by)
    assert arm_of(test_id, creator, one) is arm_of(test_id, creator, other)


@given(ID, ID, st.integers(1, MOST_WEIGHT))
def test_a_weight_of_nothing_keeps_everybody_out(test_id: str, creator: str, weight: int) -> None:
    assert arm_of(test_id, creator, Weights(0, weight)) is Arm.TREATMENT
    assert arm_of(test_id, creator, Weights(weight, 0)) is Arm.CONTROL


@pytest.mark.parametrize("weights", [(-1, 2), (1, -2), (0, 0), (1.5, 1), (MOST_WEIGHT + 1, 1)])
def test_weights_that_split_nothing_are_refused(weights: tuple[Any, Any]) -> None:
    with pytest.raises(ValueError, match="weight"):
        Weights(*weights)


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_pythons_own_hash_seed_has_no_say(seed: str) -> None:
    code = (
        "from schedsolve.analytics.ab.arms import arms_of\n"
        "print(*arms_of('bump_ratio', [f'creator_{n}' for n in range(50)]).values())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == list(arms_of("bump_ratio", [f"creator_{number}" for number in range(50)]).values())
