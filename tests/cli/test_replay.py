from __future__ import annotations

import json
from typing import Any

import pytest

import schedsolve
from schedsolve.errors import Problem, ScenarioError
from schedsolve.model.replay import FieldChange, ReplayReport

from .conftest import Run
from .sample_plans import plan

SAME = ReplayReport(identical=True, promised=True, same_scenario=True)
OTHER = ReplayReport(
    identical=False,
    promised=True,
    same_scenario=True,
    versions=(FieldChange(field="ortools", old="9.14.0", new="9.15.0"),),
    changes=(FieldChange(field="objective", old=98.0, new=97.5), FieldChange(field="gap", old="\x1b[31m", new=None)),
    reasons=("other versions: ortools 9.14.0 then, 9.15.0 now",),
)


@pytest.fixture
def replays(monkeypatch: pytest.MonkeyPatch, run: Run) -> Any:
    """Lets `replay` answer what a test says, about a plan.json; gives the list of its calls."""

    def arrange(outcome: ReplayReport | Exception) -> list[Any]:
        with open("plan.json", "w") as file:
            file.write(plan().to_json())
        calls: list[Any] = []

        def fake(*arguments: Any, **_: Any) -> ReplayReport:
            calls.append(arguments)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setitem(vars(schedsolve), "replay", fake)
        return calls

    return arrange


def test_an_identical_plan_ends_with_0(run: Run, replays: Any) -> None:
    replays(SAME)
    result = run("replay", "plan.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "plan.json: identical: solved again, the same bytes\n"


def test_a_plan_that_differs_ends_with_1_and_says_why(run: Run, replays: Any) -> None:
    replays(OTHER)
    result = run("replay", "plan.json")
    assert result.exit_code == 1
    assert "plan.json: differs" in result.stdout
    assert "other versions: ortools 9.14.0 then" in result.stdout
    assert "objective: 98.0 → 97.5" in result.stdout
    assert "\x1b" not in result.stdout


def test_json_is_one_document(run: Run, replays: Any) -> None:
    replays(OTHER)
    result = run("replay", "plan.json", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["kind"], told["identical"], told["versions"][0]["field"]) == ("replay", False, "ortools")


def test_the_scenario_is_the_plans_own_unless_given(run: Run, replays: Any) -> None:
    calls = replays(SAME)
    run("replay", "plan.json")
    run("replay", "plan.json", "--scenario", "week.yaml")
    assert calls[0][1] is None
    assert calls[1][1].creator.id == "alexia"


def test_a_plan_that_cannot_be_made_again_ends_with_3_and_names_the_file(run: Run, replays: Any) -> None:
    replays(ScenarioError("plan", [Problem("carries no scenario", "scenario.content")]))
    result = run("replay", "plan.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Error: plan.json: scenario.content: carries no scenario" in result.stderr


def test_a_missing_file_ends_with_3(run: Run) -> None:
    assert run("replay", "nowhere.json").exit_code == 3
