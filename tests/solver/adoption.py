"""Putting a decision into the model, for tests."""

from __future__ import annotations

from schedsolve.solver.decode import Decision
from schedsolve.solver.draft import WeekDraft
from schedsolve.solver.encode import encode
from schedsolve.solver.neighbourhoods import decided_sends
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.runner import Answer, Runner

ENOUGH = 2.0
"""Deterministic time in which strategies and bookkeeping are settled many times over."""


def adopted(draft: WeekDraft, decision: Decision, strategies: bool = False) -> Answer:
    """The model with the decision's sends, and where asked its strategies, solved to the end."""
    values = encode(draft, decision)
    assert values is not None
    model = decided_sends(draft, values)
    for day, name in enumerate(decision.strategies if strategies else ()):
        model.add(draft.strategy(day)[name] == 1)
    with Runner(None, Cancellation()) as runner:
        answer = runner.solve(model, ENOUGH)
    assert answer.optimal or answer.infeasible
    return answer
