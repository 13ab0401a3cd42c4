"""Steps outside the database, and taking them back."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from schedsolve.store.saga import Saga, SagaStatus, Step


@pytest.fixture
def log() -> list[str]:
    return []


def step(log: list[str], name: str, fails: bool = False, back_fails: bool = False, **options: float) -> Step:
    def act(told: str, failing: bool) -> Callable[[], None]:
        def run() -> None:
            log.append(told)
            if failing:
                raise RuntimeError(told)

        return run

    return Step(name, act(name, fails), act(f"undo {name}", back_fails), **options)


def test_all_steps_in_order(log: list[str]) -> None:
    saga = Saga([step(log, name) for name in "abc"])
    assert saga.status is SagaStatus.PENDING
    result = saga.run()
    assert (result.status, result.completed_steps, result.failed_step) == (SagaStatus.COMPLETED, ("a", "b", "c"), None)
    assert log == ["a", "b", "c"]
    assert result.execution_time_ms >= 0


def test_a_failing_third_step_takes_the_first_two_back_in_reverse(log: list[str]) -> None:
    result = Saga([step(log, "a"), step(log, "b"), step(log, "c", fails=True), step(log, "d")]).run()
    assert log == ["a", "b", "c", "undo b", "undo a"]
    assert (result.status, result.failed_step) == (SagaStatus.ROLLED_BACK, "c")
    assert result.error == "RuntimeError: c"


def test_a_failing_compensation_is_told_and_the_rest_still_run(log: list[str]) -> None:
    result = Saga([step(log, "a"), step(log, "b", back_fails=True), step(log, "c", fails=True)]).run()
    assert log[-2:] == ["undo b", "undo a"]
    assert (result.status, result.compensation_errors) == (SagaStatus.FAILED, ("b: RuntimeError: undo b",))


def test_a_step_without_effect_needs_no_compensation(log: list[str]) -> None:
    look = Step("look", lambda: log.append("look"))
    result = Saga([look, step(log, "b", fails=True)]).run()
    assert (log, result.status) == (["look", "b"], SagaStatus.ROLLED_BACK)


def test_a_step_that_takes_too_long_has_failed(log: list[str]) -> None:
    slow = Step("slow", lambda: time.sleep(5), seconds=0.05)
    begun = time.perf_counter()
    result = Saga([step(log, "a"), slow]).run()
    assert time.perf_counter() - begun < 2
    assert (result.status, result.failed_step) == (SagaStatus.ROLLED_BACK, "slow")
    assert "timed out" in str(result.error)
    assert log == ["a", "undo a"]


def test_no_steps_are_done_at_once() -> None:
    assert Saga([]).run().status is SagaStatus.COMPLETED
