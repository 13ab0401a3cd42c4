"""Work runs once for a key: replayed, awaited, taken over when its holder is gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from threading import Lock
from time import sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedsolve.store.engine import Store
from schedsolve.store.errors import IdempotencyConflictError, LeaseLostError, OperationTimeoutError
from schedsolve.store.idempotency import Answer, Claim, check, claim, complete, invalidate, purge, run_once
from schedsolve.store.request import Request

from .weeks import at

ASKED = Request("solve", {"creator": "alexia", "week": date(2025, 1, 20)})


def test_the_second_call_gets_the_first_ones_result(store: Store) -> None:
    assert run_once(store, ASKED, lambda _: {"n": 1}, clock=at()) == Answer({"n": 1}, replayed=False)
    assert run_once(store, ASKED, lambda _: {"n": 2}, clock=at(0.5)) == Answer({"n": 1}, replayed=True)


def test_another_request_under_the_same_key_is_a_conflict(store: Store) -> None:
    run_once(store, ASKED, lambda _: 1, key="k", clock=at())
    with pytest.raises(IdempotencyConflictError, match="another request of solve"):
        run_once(store, Request("solve", {"creator": "mia"}), lambda _: 2, key="k", clock=at())


def test_a_key_under_way_with_another_request_is_a_conflict_too(store: Store) -> None:
    claim(store, ASKED, key="k", clock=at())
    with pytest.raises(IdempotencyConflictError):
        claim(store, Request("solve", {}), key="k", clock=at())


@pytest.mark.parametrize(("minutes", "expected"), [(59, 1), (61, 2)])
def test_records_live_for_an_hour(store: Store, minutes: float, expected: int) -> None:
    run_once(store, ASKED, lambda _: 1, clock=at())
    assert run_once(store, ASKED, lambda _: 2, clock=at(minutes / 60)).result == expected


def test_with_a_lifetime_of_zero_the_next_call_is_new(store: Store) -> None:
    for number in (1, 2):
        answer = run_once(store, ASKED, lambda _, n=number: n, lifetime=timedelta(0), clock=at())  # type: ignore[misc]
        assert answer == Answer(number, replayed=False)


def test_work_that_fails_gives_its_claim_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        run_once(store, ASKED, lambda _: 1 // 0, clock=at())
    assert run_once(store, ASKED, lambda _: 1, clock=at()) == Answer(1, replayed=False)


def test_who_comes_second_waits_in_vain_for_a_holder_that_does_not_end(store: Store) -> None:
    claim(store, ASKED, clock=at())
    with pytest.raises(OperationTimeoutError, match="still running"):
        claim(store, ASKED, clock=at(), wait=0.05)


def test_a_dead_holders_work_may_run_again_and_its_late_result_is_refused(store: Store) -> None:
    dead = claim(store, ASKED, lease=timedelta(minutes=5), clock=at())
    taken = claim(store, ASKED, clock=at(0.1))
    assert isinstance(dead, Claim)
    assert isinstance(taken, Claim)
    with pytest.raises(LeaseLostError, match="nothing was kept"), store.writing() as connection:
        complete(connection, dead, "late", at(0.2)())
    with store.writing() as connection:
        complete(connection, taken, "in time", at(0.2)())
    assert check(store, ASKED.hash, clock=at(0.3)) == Answer("in time", replayed=True)


def test_a_look_stores_nothing_and_sees_only_what_is_done(store: Store) -> None:
    assert check(store, "k", clock=at()) is None
    claim(store, ASKED, key="k", clock=at())
    assert check(store, "k", clock=at()) is None
    assert purge(store, clock=at()) == 0


def test_a_key_can_be_forgotten(store: Store) -> None:
    run_once(store, ASKED, lambda _: 1, key="k", clock=at())
    assert invalidate(store, "k")
    assert not invalidate(store, "k")
    assert run_once(store, ASKED, lambda _: 2, key="k", clock=at()).result == 2


def test_expired_keys_are_purged(store: Store) -> None:
    run_once(store, ASKED, lambda _: 1, key="old", clock=at())
    run_once(store, ASKED, lambda _: 1, key="new", clock=at(1))
    assert purge(store, clock=at(1.5)) == 1
    assert check(store, "new", clock=at(1.5)) is not None


def test_a_hundred_threads_on_one_key_run_it_once(store: Store) -> None:
    runs = 0
    lock = Lock()

    def work(_: Claim) -> str:
        nonlocal runs
        with lock:
            runs += 1
        sleep(0.05)
        return "done"

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: run_once(store, ASKED, work), range(100)))
    assert runs == 1
    assert [answer.result for answer in answers] == ["done"] * 100
    assert sum(not answer.replayed for answer in answers) == 1


def test_a_request_is_known_by_its_content_alone() -> None:
    there = datetime(2025, 1, 20, 9, tzinfo=timezone(timedelta(hours=-5)))
    one = Request("save", {"a": 1, "at": there, "b": (1, 2)})
    other = Request("save", {"b": [1, 2], "at": there.astimezone(UTC), "a": 1})
    assert one.hash == other.hash
    assert one.hash != Request("load", one.parameters).hash


@pytest.mark.parametrize("value", [{1, 2}, object(), datetime(2025, 1, 1), float("nan")])
def test_what_has_no_one_form_is_no_parameter(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        _ = Request("save", {"value": value}).hash


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3),
    max_leaves=8,
)


@settings(max_examples=50)
@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_the_order_of_parameters_is_nothing(parameters: dict[str, object]) -> None:
    turned = dict(reversed(list(parameters.items())))
    assert Request("x", parameters).hash == Request("x", turned).hash
