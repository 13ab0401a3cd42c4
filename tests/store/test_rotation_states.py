"""The rotation's row: every listed move passes, every other raises and changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from schedsolve.errors import InvalidTransitionError
from schedsolve.model.rotation import STANDARD_PATTERNS, TRANSITIONS, Rotation, RotationState
from schedsolve.store.engine import Store
from schedsolve.store.errors import CreatorNotFoundError
from schedsolve.store.rotation_after import StandingRotation
from schedsolve.store.rotation_states import move, put_rotation, rotation_of, stale_rotations
from schedsolve.store.tables import rotation_states

from .weeks import MONDAY, ZONE, add_creator, at

A, B, *_ = STANDARD_PATTERNS


def standing(state: RotationState, creator: str = "alexia") -> StandingRotation:
    return StandingRotation(Rotation(creator, state, A, date(2025, 1, 18), (B,)), 5)


def put(store: Store, rotation: StandingRotation, hours: float = 0) -> None:
    with store.writing() as connection:
        put_rotation(connection, rotation, MONDAY, ZONE, at(hours)())


@pytest.mark.parametrize("old", list(RotationState))
@pytest.mark.parametrize("new", list(RotationState))
def test_only_listed_moves_pass(store: Store, old: RotationState, new: RotationState) -> None:
    add_creator(store)
    put(store, standing(old))
    if new in TRANSITIONS[old]:
        assert move(store, "alexia", new, clock=at(1)).state is new
        expected = new
    else:
        with pytest.raises(InvalidTransitionError, match=f"from {old} to {new}"):
            move(store, "alexia", new, clock=at(1))
        expected = old
    with store.reading() as connection:
        row = connection.execute(select(rotation_states)).one()
    assert (row.current_state, row.row_version) == (expected.value, 1 + (new is expected and new in TRANSITIONS[old]))


def test_a_rotation_comes_back_as_it_was_put(store: Store) -> None:
    add_creator(store)
    with store.reading() as connection:
        assert rotation_of(connection, "alexia", ZONE) is None
    put(store, standing(RotationState.PATTERN_ACTIVE))
    with store.reading() as connection:
        assert rotation_of(connection, "alexia", ZONE) == standing(RotationState.PATTERN_ACTIVE)
        assert connection.scalar(select(rotation_states.c.days_on_pattern)) == 2


def test_who_has_no_rotation_cannot_move(store: Store) -> None:
    with pytest.raises(CreatorNotFoundError):
        move(store, "nobody", RotationState.PATTERN_ACTIVE)
    add_creator(store)
    with pytest.raises(CreatorNotFoundError):
        move(store, "alexia", RotationState.PATTERN_ACTIVE)


def test_rotations_are_found_by_age_and_state(store: Store) -> None:
    for hours, (name, state) in enumerate(
        [("alexia", RotationState.ERROR), ("mia", RotationState.PATTERN_ACTIVE), ("zoe", RotationState.ERROR)]
    ):
        add_creator(store, name)
        put(store, standing(state, name), hours)
    with store.reading() as connection:
        assert stale_rotations(connection, at(2)()) == ["alexia", "mia"]
        assert stale_rotations(connection, at(9)(), RotationState.ERROR) == ["alexia", "zoe"]
