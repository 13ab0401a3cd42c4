"""The plain CP-SAT peer: plans that the judge passes, each better than the last, under the bound."""

from __future__ import annotations

from benchmarks.evaluator import evaluate
from benchmarks.peers.plain import Plain
from schedsolve.solver.decode import Decision

from ...constraints.weeks import week


def test_every_plan_is_valid_the_last_is_better_than_the_first_and_none_beats_the_bound() -> None:
    planned = week(days=1)
    told: list[Decision] = []
    bound = Plain().run(planned, 2.0, 1, told.append)
    judged = [evaluate(planned, decision) for decision in told]
    assert all(one.valid for one in judged)
    assert judged[0].value < judged[-1].value
    assert bound is not None
    assert max(one.value for one in judged) <= bound


def test_a_week_without_a_plan_has_neither_plan_nor_bound() -> None:
    clash = week(
        days=1, locks=["2025-01-20T10:07 ppv_unlock solo"], blackouts=[("2025-01-20T10:00", "2025-01-20T11:00")]
    )
    told: list[Decision] = []
    assert Plain(workers=1).run(clash, 3.0, 1, told.append) is None
    assert not told


def test_a_bound_stands_without_a_plan() -> None:
    """The response's own bound would be a meaningless 0 here, so it must not be read."""
    told: list[Decision] = []
    bound = Plain(workers=1).run(week(), 0.02, 1, told.append)
    assert bound is None or bound > 0
