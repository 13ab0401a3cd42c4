from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import schedsolve
from schedsolve.errors import InfeasibleError
from schedsolve.model.alternatives import Alternative, Alternatives

from .conftest import Run
from .sample_plans import plan


def found(**changes: Any) -> Alternatives:
    others = [
        Alternative(
            number=number, value=97.0, loss=1.0, loss_share=0.0102, from_best=30 - number, nearest=9, plan=plan()
        )
        for number in (1, 2)
    ]
    fields: dict[str, Any] = {
        "asked": 2,
        "within": 0.02,
        "best": plan(),
        "alternatives": tuple(others),
        "distances": ((0, 29, 28), (29, 0, 9), (28, 9, 0)),
        "tried": 5,
        "reproducible": True,
    }
    return Alternatives(**(fields | changes))


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch, run: Run) -> Any:
    """Lets `alternatives` find what a test says (or raise); gives the list of its calls."""

    def arrange(outcome: Alternatives | Exception) -> list[Any]:
        calls: list[Any] = []

        def fake(*arguments: Any, **options: Any) -> Alternatives:
            calls.append((arguments[1:], options))
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setitem(vars(schedsolve), "alternatives", fake)
        return calls

    return arrange


def test_the_table_tells_value_loss_and_distances(run: Run, finds: Any) -> None:
    finds(found())
    result = run("alternatives", "week.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2 of 2 alternatives within 2%" in result.stdout
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["1", "97.0", "1.02%", "29", "9"] in rows
    assert ["2", "97.0", "1.02%", "28", "9"] in rows
    assert max(map(len, result.stdout.splitlines())) <= 100


@pytest.mark.parametrize("text", ["0.5%", "0.5", " 0.5% "])
def test_the_percentage_may_have_its_sign(run: Run, finds: Any, text: str) -> None:
    calls = finds(found())
    assert run("alternatives", "week.yaml", "-n", "3", "--within", text).exit_code == 0
    assert calls[0][0] == (3, 0.005)


@pytest.mark.parametrize(
    "arguments",
    [("--within", "-1%"), ("--within", "101"), ("--within", "nan"), ("--within", "%"), ("-n", "0"), ("-n", "21")],
)
def test_nonsense_ends_with_2(run: Run, finds: Any, arguments: tuple[str, str]) -> None:
    calls = finds(found())
    result = run("alternatives", "week.yaml", *arguments)
    assert (result.exit_code, calls) == (2, [])


def test_plans_are_saved_in_a_folder_that_is_made(run: Run, finds: Any) -> None:
    finds(found())
    result = run("alternatives", "week.yaml", "-n", "2", "--out-dir", "new/plans")
    assert result.exit_code == 0
    names = ["alternative-1.json", "alternative-2.json", "best.json"]
    assert sorted(path.name for path in Path("new/plans").iterdir()) == names
    assert Path("new/plans/best.json").read_text() == plan().to_json()
    assert "alternative-2.json" in result.stdout
    assert "Saved 3 plans in new/plans." in result.stderr


def test_a_folder_that_cannot_be_made_is_told_before_the_work(run: Run, finds: Any) -> None:
    calls = finds(found())
    assert run("alternatives", "week.yaml", "--out-dir", "week.yaml/plans").exit_code == 2
    assert calls == []


def test_json_is_one_document_and_the_message_goes_to_stderr(run: Run, finds: Any) -> None:
    finds(found(asked=5, message="5 asked for, only 2 found within 2%"))
    result = run("alternatives", "week.yaml", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert (told["kind"], told["complete"], len(told["alternatives"])) == ("alternatives", False, 2)
    assert told["distances"][0] == [0, 29, 28]
    assert told["alternatives"][0]["plan"]["timings"]["wall_seconds"] is None
    assert "only 2 found" in result.stderr
    assert run("alternatives", "week.yaml", "--json", "--quiet").stderr == ""


def test_fewer_than_asked_for_are_said_so_in_the_table(run: Run, finds: Any) -> None:
    finds(found(asked=5, message="5 asked for, only 2 found within 2%"))
    assert "5 asked for, only 2 found within 2%" in run("alternatives", "week.yaml").stdout


def test_an_infeasible_week_ends_with_4(run: Run, finds: Any) -> None:
    finds(InfeasibleError(["no minute is left open"]))
    result = run("alternatives", "week.yaml")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "no minute is left open" in result.stderr
