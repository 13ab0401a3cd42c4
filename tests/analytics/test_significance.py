"""The p-value of two shares."""

from __future__ import annotations

import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact

from schedsolve.analytics.significance import Share, p_value
from schedsolve.errors import MissingExtraError, SchedsolveError


@pytest.mark.parametrize(
    ("first", "second", "p"),
    [
        (Share(8, 10), Share(20, 90), 0.0005),
        (Share(6, 10), Share(20, 90), 0.0180),
        (Share(6, 10), Share(85, 90), 0.0052),
    ],
)
def test_figures_of_small_groups(first: Share, second: Share, p: float) -> None:
    assert p_value(first, second) == pytest.approx(p, abs=0.00005)


def test_small_cells_are_tested_exactly_and_others_with_corrected_chi_square() -> None:
    for a, b in product((4, 5, 6), repeat=2):
        table = [[a, b], [9, 6]]
        expected = fisher_exact(table)[1] if min(a, b) < 5 else chi2_contingency(table, correction=True)[1]
        assert p_value(Share(a, a + b), Share(9, 15)) == pytest.approx(float(expected))


@pytest.mark.parametrize(("first", "second"), [(Share(3, 10), Share(0, 0)), (Share(0, 0), Share(1, 2))])
def test_an_empty_group_proves_nothing(first: Share, second: Share) -> None:
    assert p_value(first, second) == 1.0


def test_when_all_or_none_have_it_nothing_is_proven() -> None:
    assert p_value(Share(0, 20), Share(0, 30)) == 1.0
    assert p_value(Share(20, 20), Share(30, 30)) == 1.0


def test_shares_are_compared_in_whole_numbers() -> None:
    assert Share(2, 3).exceeds(Share(2 * 10**17 - 1, 3 * 10**17))
    assert not Share(1, 3).exceeds(Share(2, 6))
    assert not Share(1, 3).exceeds(Share(0, 0))
    assert Share(2, 3).percentage == 66.67
    assert Share(0, 0).percentage == 0.0


shares = st.integers(0, 60).flatmap(lambda total: st.builds(Share, st.integers(0, total), st.just(total)))


@settings(deadline=None)
@given(shares, shares)
def test_a_p_value_is_a_probability_and_the_order_of_groups_is_irrelevant(first: Share, second: Share) -> None:
    p = p_value(first, second)
    assert 0 <= p <= 1
    assert p_value(second, first) == pytest.approx(p)


def test_without_scipy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'schedsolve\[stats\]'") as caught:
        p_value(Share(1, 2), Share(1, 2))
    assert isinstance(caught.value, SchedsolveError)
    assert caught.value.exit_code == 2
