"""The ready-made scenarios, three golden plans, and what the documentation shows.

Golden plans are compared by audit, value and counts, never by bytes. When a change moves them for a good reason:
`.venv/bin/python tests/test_scenarios.py` rewrites them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schedsolve import InfeasibleError, Plan, check, load_scenario, solve
from schedsolve.model.scenario import Scenario
from schedsolve.solver.search import BUDGETS, Budget

ROOT = Path(__file__).parents[1]
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
GOLDEN = ROOT / "tests" / "data" / "golden"
GOLDEN_SCENARIOS = ("02-long-weekend", "09-late-evenings", "13-launch-days")
TOLERANCE = 0.02
"""Share by which a golden plan's value may move: search and solver may change a little, the plan's worth may not."""
IMPOSSIBLE = ROOT / "scenarios" / "18-impossible.yaml"

named = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)


def test_the_scenarios_are_numbered_from_gentle_to_hard() -> None:
    assert [int(path.name[:2]) for path in SCENARIOS] == list(range(1, len(SCENARIOS) + 1))


@named
def test_every_scenario_loads(path: Path) -> None:
    assert load_scenario(path).kind == "creator-week"


@named
def test_every_scenario_says_what_is_hard_and_what_to_expect(path: Path) -> None:
    header = re.match(r"(?:# .*\n)+", path.read_text("utf-8"))
    assert header is not None
    assert 3 <= header[0].count("\n") <= 6
    assert "# Hard about it: " in header[0]
    assert "# Expect: " in header[0]


def test_the_scenarios_cover_pages_zones_and_lengths() -> None:
    scenarios = [load_scenario(path) for path in SCENARIOS]
    assert {str(scenario.creator.page_type) for scenario in scenarios} == {"paid", "free"}
    assert len({scenario.creator.timezone for scenario in scenarios}) >= 12
    assert {2, 7, 14, 28} <= {scenario.days for scenario in scenarios}
    assert len({scenario.creator.id for scenario in scenarios}) == len(scenarios)


def test_the_impossible_week_is_infeasible_for_the_two_reasons_of_its_comment() -> None:
    plan = solve(load_scenario(IMPOSSIBLE), effort="quick")
    assert (plan.status, plan.items) == ("infeasible", ())
    with pytest.raises(InfeasibleError) as caught:
        plan.raise_for_status()
    blackout = "the blackout Wed 06 Aug 00:00 to Thu 07 Aug 00:00 (surgery)"
    assert set(caught.value.reasons) == {
        f"{blackout} and the lock of ppv_unlock at Wed 06 Aug 20:22 cannot both hold",
        f"{blackout} and day-nonempty on Wed 06 Aug cannot both hold",
    }
    assert caught.value.exit_code == 4


@pytest.mark.usefixtures("brief_search")
def test_the_impossible_week_becomes_possible_as_its_comment_says() -> None:
    stated = load_scenario(IMPOSSIBLE).model_dump(by_alias=True, exclude_unset=True)
    stated["volume"]["weekly_distribution"] = (7, 7, 0, 7, 7, 7, 7)
    del stated["locks"]
    plan = solve(Scenario.model_validate(stated), effort="quick")
    assert plan.status == "feasible"
    assert not [item for item in plan.items if item.scheduled_date == "2025-08-06"]


@pytest.mark.parametrize("name", GOLDEN_SCENARIOS)
def test_a_golden_plan_keeps_its_worth(name: str) -> None:
    golden = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    scenario = load_scenario(ROOT / golden["scenario"])
    plan = solve(scenario, effort=golden["effort"], seed=golden["seed"])
    assert check(scenario, plan).clean
    assert plan.objective == pytest.approx(golden["objective"], rel=TOLERANCE)
    now = _told(name, plan)
    assert now["counts"] == golden["counts"]
    assert now["shortfalls"] == golden["shortfalls"]


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setitem(BUDGETS, "standard", Budget(moves=200, improve=0.1, bound=0.05))
    blocks = _python_of("README.md")
    assert len(blocks) >= 2
    shared: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), shared)
    printed = capsys.readouterr().out
    assert "feasible" in printed
    assert "points" in printed


def test_the_rule_template_of_the_contributors_guide_works() -> None:
    from schedsolve.solver.compose import draft_rules
    from schedsolve.solver.progress import Cancellation
    from schedsolve.solver.runner import Runner

    from .constraints.plans import plan_of
    from .constraints.weeks import week

    block = next(block for block in _python_of("CONTRIBUTING.md") if "class MorningLimit(" in block)
    with _module("schedsolve.constraints.morning_limit", block) as template:
        rule = template.MorningLimit(2)
        lines = ("Mon 09:07 bump_normal", "Mon 11:59 link_drop", "Mon 12:01 dm_farm", "Tue 09:07 bump_normal")
        assert list(rule.violations(plan_of(week(), *lines))) == []
        (found,) = rule.violations(plan_of(week(), *lines, "Mon 10:07 bump_text_only"))
        assert (found.rule, found.subject, found.amount) == ("morning-limit", "2025-01-20", 1)
        draft = draft_rules(week(days=1))
        rule.post(draft)
        used = sum(slot.used for slot in draft.slots if slot.segment.morning)
        for mornings, possible in ((2, True), (3, False)):
            model = draft.model.clone()
            model.add(used == mornings)
            with Runner(None, Cancellation()) as runner:
                assert bool(runner.solve(model, 5.0, "satisfy").solution) == possible


def _python_of(document: str) -> list[str]:
    """The Python blocks of a document; those inside lists are left aside."""
    text = (ROOT / document).read_text("utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@contextmanager
def _module(name: str, code: str) -> Iterator[ModuleType]:
    """The code as a module of that name, for as long as the context lasts."""
    module = ModuleType(name)
    module.__package__ = name.rpartition(".")[0]
    sys.modules[name] = module
    try:
        exec(compile(code, name, "exec"), module.__dict__)
        yield module
    finally:
        del sys.modules[name]


def _told(name: str, plan: Plan) -> dict[str, Any]:
    """What a golden file holds of a plan."""
    counts = {day.date: dict.fromkeys(("revenue", "engagement", "retention"), 0) for day in plan.days}
    for item in plan.items:
        if not item.is_follow_up:
            counts[item.scheduled_date][item.category.value] += 1
    return {
        "scenario": f"scenarios/{name}.yaml",
        "seed": plan.seed,
        "effort": plan.effort,
        "objective": plan.objective,
        "counts": counts,
        "shortfalls": [short.model_dump(mode="json") for short in plan.shortfalls],
    }


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for scenario_name in GOLDEN_SCENARIOS:
        made = solve(load_scenario(ROOT / "scenarios" / f"{scenario_name}.yaml"), effort="quick")
        text = json.dumps(_told(scenario_name, made), indent=2)
        (GOLDEN / f"{scenario_name}.json").write_text(f"{text}\n", "utf-8")
        sys.stdout.write(f"{scenario_name}: {made.objective} points\n")
