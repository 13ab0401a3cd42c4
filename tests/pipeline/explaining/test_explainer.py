"""Two hundred planted conflicts: found, minimal, told, and mended by every fix that is offered."""

from __future__ import annotations

import json
import os

import pytest
from ortools.sat.python import cp_model

from schedsolve import Explanation, Scenario, explain
from schedsolve.constraints import rules_of
from schedsolve.constraints.audit import audit
from schedsolve.model.explanation import Conflict, Fix
from schedsolve.model.notch import edited
from schedsolve.pipeline.finish import finish
from schedsolve.pipeline.prepare import prepare
from schedsolve.pipeline.timetables import timetable_of
from schedsolve.solver.compose import draft_rules
from schedsolve.solver.decode import decode
from schedsolve.solver.explaining import explaining_draft

from .planted import KINDS, planted

EACH = 15 if os.environ.get("SCHEDSOLVE_ALL_TESTS") else 2
"""Scenarios of each of the fourteen kinds: all of them by `make test-all`, two where minutes count."""
SEVERAL = 3
"""Of these, scenarios for which several fixes are asked."""
CASES = [(kind, seed) for kind in KINDS for seed in range(EACH)]


def can_hold(scenario: Scenario, members: set[tuple[str, str]]) -> bool:
    """Whether just these hold together: a fresh model under the solver's default parameters, without assumptions."""
    draft = explaining_draft(prepare(scenario, agreeing=False))
    _ = draft.slots
    for member, switch in draft.switches.items():
        draft.model.add(switch == int(member in members))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(draft.model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
    return status != cp_model.INFEASIBLE


def members_of(conflict: Conflict) -> set[tuple[str, str]]:
    return {(member.rule, member.subject) for member in conflict.members}


def broken_after(scenario: Scenario, fix: Fix) -> list[str]:
    """What the audit finds in a plan of the mended scenario."""
    mended = edited(scenario, fix.patch)
    assert mended is not None
    week = prepare(mended)
    draft = draft_rules(week)
    _ = draft.followups, draft.shortfalls, [draft.strategy(day) for day in week.days]
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(draft.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    decision = decode(draft, tuple(solver.response_proto.solution))
    finished = finish(week, decision, dict.fromkeys(decision.missing, ("daily-quota",)))
    items = [item.model_dump(mode="json") for item in finished.items]
    shortfalls = [short.model_dump(mode="json") for short in finished.shortfalls]
    days = [day.model_dump(mode="json") for day in finished.days]
    pins = [pin.model_dump(mode="json") for pin in finished.pins]
    table = timetable_of(week, {"items": items, "days": days, "shortfalls": shortfalls, "pins": pins})
    return [violation.message for violation in audit(table, rules_of(week)).violations]


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_a_planted_conflict_is_found_minimal_and_mended(kind: str, seed: int) -> None:
    case = planted(kind, seed)
    explanation = explain(case.scenario, fixes=3 if seed < SEVERAL else 1)
    assert explanation.outlook == "infeasible"
    assert any(_holds(conflict, case.cause) for conflict in explanation.conflicts)
    for conflict in explanation.conflicts:
        members = members_of(conflict)
        assert not can_hold(case.scenario, members)
        assert all(can_hold(case.scenario, members - {member}) for member in members)
    assert explanation.fixes
    assert all(broken_after(case.scenario, fix) == [] for fix in explanation.fixes)


def _holds(conflict: Conflict, cause: tuple[tuple[str, str], ...]) -> bool:
    """Whether every planted rule is a member, each by another one."""
    left = list(conflict.members)
    for rule, words in cause:
        found = next((member for member in left if member.rule == rule and words in member.subject), None)
        if found is None:
            return False
        left.remove(found)
    return True


def test_conflicts_that_share_no_member_are_all_told() -> None:
    raw = planted("a lock in a blackout", 0).scenario.model_dump(mode="json", by_alias=True)
    raw["locks"] = [
        {"at": "2025-01-20T10:07", "send_type_key": "bump_normal"},
        {"at": "2025-01-20T10:22", "send_type_key": "dm_farm"},
        {"at": "2025-01-22T14:30", "send_type_key": "bump_flyer"},
    ]
    raw["blackouts"] = []
    explanation = explain(Scenario.model_validate(raw))
    told = [conflict.message for conflict in explanation.conflicts]
    assert told == [
        "min-spacing (minutes 45) on Mon 20 Jan, the lock of bump_normal at Mon 20 Jan 10:07 and "
        "the lock of dm_farm at Mon 20 Jan 10:22 cannot all hold",
        "round-minute (step 15) on Wed 22 Jan and the lock of bump_flyer at Wed 22 Jan 14:30 cannot both hold",
    ]
    smallest = explanation.fixes[0]
    assert len(smallest.changes) == 2
    assert broken_after(Scenario.model_validate(raw), smallest) == []


def test_conflicts_that_share_a_member_are_told_too() -> None:
    case = planted("a closed day", 3).scenario.model_dump(mode="json", by_alias=True)
    date = case["blackouts"][0]["from"][:10]
    case["locks"] = [{"at": f"{date}T14:22", "send_type_key": "bump_normal"}]
    explanation = explain(Scenario.model_validate(case))
    assert {tuple(sorted(member.rule for member in conflict.members)) for conflict in explanation.conflicts} == {
        ("active-window", "blackout", "day-nonempty"),
        ("blackout", "lock"),
    }
    assert all(len(fix.changes) < 3 for fix in explanation.fixes)
    parts = [change for fix in explanation.fixes for change in fix.changes if len(fix.changes) > 1]
    assert parts
    for part in parts:
        alone = part.applied(Scenario.model_validate(case))
        assert alone is not None
        assert explain(alone, fixes=0).outlook == "infeasible"


def test_the_same_scenario_has_the_same_explanation() -> None:
    scenario = planted("four locks in a block", 1).scenario
    assert explain(scenario).model_dump_json() == explain(scenario).model_dump_json()


def test_a_week_with_room_for_everything_is_complete() -> None:
    raw = planted("a closed day", 0).scenario.model_dump(mode="json", by_alias=True) | {"blackouts": []}
    explanation = explain(Scenario.model_validate(raw))
    assert (explanation.outlook, explanation.missing, explanation.missing_proven) == ("complete", 0, True)
    assert (explanation.conflicts, explanation.fixes, explanation.lacks) == ((), (), ())


def test_a_shortfall_names_what_binds_and_what_each_notch_buys() -> None:
    raw = planted("a closed day", 0).scenario.model_dump(mode="json", by_alias=True) | {"blackouts": []}
    raw["volume"]["weekly_distribution"] = [13, 8, 14]
    explanation = explain(Scenario.model_validate(raw))
    assert (explanation.outlook, explanation.missing, explanation.missing_proven) == ("short", 3, True)
    assert {rule for lack in explanation.lacks for rule in lack.binding} == {"block-limit"}
    bought = {purchase.change.text: purchase.sends for purchase in explanation.purchases}
    assert bought == {
        "block-limit 3 per 4 h -> 4 per 4 h": 3,
        "block-limit Mon 20 Jan 3 per 4 h -> 4 per 4 h": 1,
        "block-limit Wed 22 Jan 3 per 4 h -> 4 per 4 h": 2,
    }
    for purchase in explanation.purchases:
        mended = purchase.change.applied(Scenario.model_validate(raw))
        assert mended is not None
        assert explain(mended).missing == 3 - purchase.sends


def test_an_explanation_survives_json() -> None:
    explanation = explain(planted("two locks too close", 0).scenario)
    data = json.loads(explanation.model_dump_json())
    assert data["fixes"][0]["text"] == explanation.fixes[0].text
    for fix in data["fixes"]:
        del fix["text"], fix["patch"]
    assert Explanation.model_validate_json(json.dumps(data)) == explanation
