"""The Timefold peer: what Timefold is told of a week, and what is made of its answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

import pytest

from benchmarks.evaluator import Evaluation, evaluate
from benchmarks.peers.child_process import MISSING
from benchmarks.peers.timefold import INTERPRETER, Timefold
from benchmarks.peers.timefold_data import data_of
from benchmarks.peers.timefold_process import plan_of
from benchmarks.peers.unavailable import PeerUnavailable
from schedsolve.constraints.preferences.interleaving import ALIKE
from schedsolve.model.week import Week
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import Decision, decode
from schedsolve.solver.local.greedy_strategies import drawn_strategies
from schedsolve.solver.local.problem import NO_STYLE, STYLE_NUMBER, Problem
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.runner import Runner

from ...constraints.weeks import week
from .fake_python import fake_python

WHY_NOT = Timefold().unavailable()


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The constraint streams with everything of Timefold's replaced by stand-ins."""
    for name in ("timefold", "timefold.solver", "timefold.solver.domain", "timefold.solver.score"):
        monkeypatch.setitem(sys.modules, name, MagicMock())
    import benchmarks.peers.timefold_rules as streams

    yield streams
    for name in ("timefold_rules", "timefold_domain"):
        sys.modules.pop(f"benchmarks.peers.{name}")


def solved(planned: Week) -> Decision:
    draft = compose(planned)
    with Runner(None, Cancellation()) as runner:
        return decode(draft, runner.solve(draft.model, 0.5).solution)


def assigned(problem: Problem, decision: Decision) -> list[Any]:
    """A decision's sends as entities of the planning problem, read off the data that Timefold gets."""
    data = json.loads(json.dumps(data_of(problem, drawn_strategies(problem))))
    free = list(plan_of(data).sends)
    delays = {followup.parent: followup.minute for followup in decision.followups}
    placed = []
    for place, send in enumerate(decision.sends):
        kind = problem.number[send.send_type.key]
        style = NO_STYLE if send.style is None else STYLE_NUMBER[send.style]
        minute = send.minute - problem.clock.day_start[send.day]
        entity = next(
            one
            for one in free
            if one.day.number == send.day and one.category == problem.category[kind] and one.locked in (-1, minute)
        )
        free.remove(entity)
        entity.minute = minute
        entity.offer = next(offer for offer in entity.offers if (offer.kind.number, offer.style) == (kind, style))
        entity.delay = delays.get(place, send.minute) - send.minute
        placed.append(entity)
    return placed


@pytest.mark.parametrize(
    "planned",
    [
        week(days=2, history=["2025-01-19T21:07 ppv_unlock winner", "2025-01-19T21:37 ppv_followup"]),
        week(days=2, start="2025-03-08", quota=(2, 2, 1), timing={"peak_hours": [9, 10]}),
        week(days=2, start="2025-11-01", page="free", quota=(3, 2, 0)),
        week(days=2, locks=["2025-01-20T20:07 ppv_unlock solo", "2025-01-21T10:22 bump_flyer"]),
        week(days=2, rules={"block-limit": {"window": "rolling"}}),
    ],
    ids=["history", "spring", "autumn", "locks", "rolling"],
)
def test_what_timefold_is_told_gives_the_units_of_the_judge(planned: Week, rules: ModuleType) -> None:
    decision = solved(planned)
    sends = told_as(planned, decision, rules)
    assert all(send.is_open() for send in sends)
    assert all(send.followup_is_open() for send in sends if send.has_followup())
    assert all(send.at() >= send.offer.kind.opening for send in sends)
    assert [send.clock() for send in sends] == [planned.horizon.clock(send.minute) for send in decision.sends]
    early = tuple(replace(followup, minute=followup.minute - 1) for followup in decision.followups)
    told_as(planned, replace(decision, followups=early), rules)


def told_as(planned: Week, decision: Decision, rules: ModuleType) -> list[Any]:
    """The entities of a decision, once they are found to be worth what the judge says."""
    judged, sends = evaluate(planned, decision), assigned(Problem(planned), decision)
    by_stretch = groupby(sends, key=lambda send: send.stretch())
    timed = sum(rules.stretch_units(list(group), ALIKE) for _, group in by_stretch)
    assert timed == units(judged, "send-timing", "followup-value", "followup-offset", "interleaving")
    assert sum(send.day.half_bonus[send.half()] for send in sends if send.offer.guarded) == units(judged, "half-day")
    return sends


def units(judged: Evaluation, *ids: str) -> int:
    return sum(judged.units[rule] for rule in ids)


def test_shares_count_as_off_exactly_outside_their_bounds(rules: ModuleType) -> None:
    bounds = [300000, 250000, 200000]
    assert not rules.off(bounds, 3, 5, 2)
    assert rules.off(bounds, 2, 6, 2)
    assert rules.off(bounds, 6, 2, 1)
    assert rules.off(bounds, 4, 3, 2)


def test_an_answer_becomes_a_decision_with_its_followup_and_what_is_missing(tmp_path: Path) -> None:
    planned = week(days=1, quota=(2, 1, 0))
    keys = list(planned.types)
    rows = [[0, 1214, keys.index("ppv_unlock"), STYLE_NUMBER[next(iter(STYLE_NUMBER))], 31]]
    told: list[Decision] = []
    script = f"echo '{json.dumps({'score': '0hard', 'sends': rows})}'"
    assert Timefold(fake_python(tmp_path, script)).run(planned, 5.0, 1, told.append) is None
    (decision,) = told
    assert [(send.minute, send.send_type.key, send.style) for send in decision.sends] == [
        (1214, "ppv_unlock", next(iter(STYLE_NUMBER)))
    ]
    assert [(followup.minute, followup.parent) for followup in decision.followups] == [(1245, 0)]
    assert {(day, str(category)): count for (day, category), count in decision.missing.items()} == {
        (0, "revenue"): 1,
        (0, "engagement"): 1,
    }
    judged = evaluate(planned, decision)
    assert judged.missing == 2
    assert not {"followup-window", "followup-linked", "daily-quota", "required-fields"} & set(judged.violations)


def test_the_interpreter_is_the_one_that_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(INTERPRETER, fake_python(tmp_path, "exit 0"))
    assert Timefold().unavailable() is None


def test_without_timefold_it_says_why_and_what_to_do(tmp_path: Path) -> None:
    lacking = Timefold(fake_python(tmp_path, f"echo 'no module' >&2; exit {MISSING}"))
    assert "no module" in str(lacking.unavailable())
    assert INTERPRETER in str(lacking.unavailable())
    with pytest.raises(PeerUnavailable, match=INTERPRETER):
        lacking.run(week(days=1), 5.0, 1, lambda _: None)
    nowhere = Timefold(str(tmp_path / "nowhere"))
    assert INTERPRETER in str(nowhere.unavailable())
    with pytest.raises(PeerUnavailable, match=INTERPRETER):
        nowhere.run(week(days=1), 5.0, 1, lambda _: None)


@pytest.mark.skipif(WHY_NOT is not None, reason=f"Timefold cannot run here: {WHY_NOT}")
def test_timefold_finds_plans_that_the_judge_passes() -> None:
    planned = week(days=1)
    told: list[Decision] = []
    assert Timefold().run(planned, 30.0, 1, told.append) is None
    judged = [evaluate(planned, decision) for decision in told]
    assert judged
    assert all(one.valid for one in judged)
    assert judged[0].value <= judged[-1].value
