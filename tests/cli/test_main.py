from __future__ import annotations

import subprocess
import sys
import time

import pytest

from schedsolve.cli.main import COMMANDS

from .conftest import Run

STORE = {"alembic", "psycopg", "pybreaker", "sqlalchemy", "stamina", "structlog"}
HEAVY = STORE | {"ortools", "numpy", "pandas", "rich", "pydantic", "icalendar", "scipy"}


def modules_after(code: str) -> set[str]:
    """The heavy top-level modules that a fresh interpreter has loaded after running some code."""
    script = f"import sys\n{code}\nprint(*sorted({HEAVY} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["solve", "--help"],
        ["--version"],
        ["init"],
        ["analyze", "--help"],
        ["analyze", "traits", "--help"],
        ["db", "init", "--help"],
        ["import", "captions", "--help"],
        ["analyze", "kpis", "--help"],
        ["ab", "check", "--help"],
    ],
)
def test_help_version_and_init_load_nothing_heavy(arguments: list[str]) -> None:
    code = f"from schedsolve.cli.main import cli\ntry: cli.main({arguments})\nexcept SystemExit: pass"
    assert modules_after(code) == set()


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert modules_after("import schedsolve") == set()


def test_help_answers_in_under_three_tenths_of_a_second() -> None:
    def seconds() -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "schedsolve", "--help"], capture_output=True, check=True, timeout=60)
        return time.perf_counter() - begun

    assert min(seconds() for _ in range(3)) < 0.3


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"schedsolve {name}" in result.stdout.split("Examples:")[1]


def test_the_group_lists_every_command(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(short in result.stdout for short in COMMANDS.values())


def test_no_command_at_all_is_a_usage_error_that_shows_the_help(run: Run) -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Commands:" in result.stderr


@pytest.mark.parametrize("arguments", [["explode"], ["solve"], ["solve", "week.yaml", "--effort", "heroic"]])
def test_a_wrong_command_line_exits_with_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error:" in result.stderr


def test_the_version_is_one_line(run: Run) -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("schedsolve ")
    assert result.stdout.count("\n") == 1


def test_python_m_schedsolve_is_the_same_command() -> None:
    done = subprocess.run([sys.executable, "-m", "schedsolve", "solve"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "Usage: schedsolve solve" in done.stderr
