"""The core needs no extra: a scenario is solved without a database and its libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXTRAS = ("sqlalchemy", "alembic", "psycopg", "structlog", "stamina", "pybreaker", "scipy", "icalendar")
SCENARIO = """
schedsolve: 1
kind: creator-week
name: one day
week_start: 2025-01-20
days: 1
creator: {id: alexia, page_type: paid, timezone: America/New_York}
volume: {revenue_per_day: 2, engagement_per_day: 2, retention_per_day: 1}
"""


def without_extras(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in an interpreter that has none of the extras."""
    code = (
        f"import sys\nsys.modules.update(dict.fromkeys({EXTRAS!r}))\n"
        f"from schedsolve.cli.main import cli\ncli.main({list(arguments)!r})"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)


def test_a_scenario_is_solved_and_its_plan_is_checked(tmp_path: Path) -> None:
    day, plan = str(tmp_path / "day.yaml"), str(tmp_path / "plan.json")
    Path(day).write_text(SCENARIO)
    done = without_extras("solve", day, "--effort", "quick", "--quiet", "--out", plan, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["items"]
    assert without_extras("check", day, plan).returncode == 0
    assert without_extras("report", day, plan, "--json").stdout.startswith("{")


@pytest.mark.parametrize(
    "arguments",
    [
        ("next", "--creator", "alexia"),
        ("show", "--creator", "alexia"),
        ("history", "--creator", "alexia"),
        ("approve", "x"),
        ("export", "x"),
        ("results", "import", "x.csv"),
        ("demo",),
    ],
)
def test_commands_of_the_store_name_the_extra_they_need(arguments: tuple[str, ...]) -> None:
    done = without_extras(*arguments)
    assert done.returncode == 2
    assert "pip install 'schedsolve[store]'" in done.stderr
