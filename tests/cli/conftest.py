from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import schedsolve
from schedsolve.cli.main import cli
from schedsolve.model.plan import Plan

Run = Callable[..., Result]
TEMPLATE = Path(schedsolve.__file__).parent / "cli" / "templates" / "creator-week.yaml"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in a folder of its own that holds `week.yaml`, a valid scenario."""
    (tmp_path / "week.yaml").write_text(TEMPLATE.read_text())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments)

    return call


@pytest.fixture
def solves(monkeypatch: pytest.MonkeyPatch) -> Callable[[Plan | Exception], list[dict[str, Any]]]:
    """Lets `solve` return a given plan (or raise); gives the list in which its calls are noted."""

    def arrange(outcome: Plan | Exception) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = []

        def fake(scenario: Any, **options: Any) -> Plan:
            calls.append({"scenario": scenario, **options})
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setitem(vars(schedsolve), "solve", fake)
        return calls

    return arrange
