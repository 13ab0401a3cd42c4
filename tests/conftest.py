"""Shared settings: reproducible hypothesis runs, and searches short enough for tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from schedsolve.solver.search import BUDGETS, Budget

settings.register_profile(
    "gate",
    derandomize=True,
    max_examples=100 if os.environ.get("SCHEDSOLVE_ALL_TESTS") else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("gate")


@pytest.fixture
def brief_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Effort `quick` ends after a moment: enough for a plan, not for a good one."""
    monkeypatch.setitem(BUDGETS, "quick", Budget(moves=200, improve=0.3, bound=0.05))
