"""The public door: every name is there, in order, and leads somewhere."""

from __future__ import annotations

import pytest

import schedsolve


@pytest.mark.parametrize("name", schedsolve.__all__)
def test_every_public_name_leads_somewhere(name: str) -> None:
    assert getattr(schedsolve, name)


def test_the_names_are_in_order_and_stand_once() -> None:
    assert schedsolve.__all__ == sorted(set(schedsolve.__all__))
    assert dir(schedsolve) == schedsolve.__all__


def test_other_names_are_no_attributes() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'solve_all'"):
        _ = schedsolve.solve_all
