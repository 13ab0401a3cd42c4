"""`schedsolve explain`: conflicts, ways out, missing sends, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

from schedsolve.model.notch import Edit, edited
from schedsolve.model.scenario import Scenario
from schedsolve.pipeline.load import load_scenario

from .conftest import Run

SHORT = """\
schedsolve: 1
kind: creator-week
week_start: 2025-01-20
days: 1
creator: {id: mia, page_type: paid, timezone: America/New_York}
volume: {quotas: [{revenue: 3, engagement: 3, retention: 1}]}
"""
CLASH = f"""{SHORT}locks:
  - {{at: 2025-01-20T20:07, send_type_key: ppv_unlock}}
blackouts:
  - {{from: 2025-01-20T19:00, to: 2025-01-20T22:00, reason: dinner}}
"""
APART = "the blackout Mon 20 Jan 19:00-22:00 (dinner) and the lock of ppv_unlock at Mon 20 Jan 20:07 cannot both hold"


def told(text: str) -> str:
    """Without line breaks, which hang on the width."""
    return " ".join(text.split())


def test_a_conflict_and_its_fixes_are_told(run: Run) -> None:
    Path("clash.yaml").write_text(CLASH)
    result = run("explain", "clash.yaml")
    assert result.exit_code == 0
    assert "no plan can hold all the rules" in result.stdout
    assert APART in told(result.stdout)
    assert "blackout Mon 20 Jan 19:00-22:00 closed -> open" in told(result.stdout)
    assert "lock ppv_unlock at Mon 20 Jan 20:07 locked -> free" in told(result.stdout)
    assert "conflicts:" in result.stderr


def test_quiet_leaves_stderr_empty(run: Run) -> None:
    Path("clash.yaml").write_text(CLASH)
    assert run("explain", "clash.yaml", "--quiet", "--fixes", "1").stderr == ""


def test_json_is_one_document_whose_patch_ends_the_conflict(run: Run) -> None:
    Path("clash.yaml").write_text(CLASH)
    data = json.loads(run("explain", "clash.yaml", "--json", "--fixes", "1").stdout)
    assert [conflict["message"] for conflict in data["conflicts"]] == [APART]
    assert data["outlook"] == "infeasible"
    (fix,) = data["fixes"]
    mended = edited(load_scenario("clash.yaml"), tuple(Edit.model_validate(edit) for edit in fix["patch"]))
    assert isinstance(mended, Scenario)
    Path("mended.json").write_text(mended.model_dump_json(by_alias=True))
    assert json.loads(run("explain", "mended.json", "--json").stdout)["outlook"] == "complete"


def test_locks_that_contradict_each_other_are_explained_though_solve_refuses_them(run: Run) -> None:
    Path("close.yaml").write_text(
        f"{SHORT}locks:\n"
        "  - {at: 2025-01-20T20:07, send_type_key: ppv_unlock}\n"
        "  - {at: 2025-01-20T20:22, send_type_key: bump_normal}\n"
    )
    assert run("solve", "close.yaml").exit_code == 3
    result = run("explain", "close.yaml", "--fixes", "2")
    assert result.exit_code == 0
    assert "min-spacing (minutes 45) on Mon 20 Jan" in told(result.stdout)


def test_missing_sends_and_what_would_buy_them(run: Run) -> None:
    Path("full.yaml").write_text(SHORT.replace("revenue: 3, engagement: 3", "revenue: 6, engagement: 6"))
    result = run("explain", "full.yaml")
    assert result.exit_code == 0
    assert "Missing sends: 1 (no plan misses fewer)" in result.stdout
    assert "+1 send block-limit Mon 20 Jan 3 per 4 h -> 4 per 4 h" in told(result.stdout)


def test_a_week_with_room_says_so(run: Run) -> None:
    Path("fine.yaml").write_text(SHORT)
    assert "nothing stands in the way" in run("explain", "fine.yaml").stdout


def test_an_unreadable_scenario_is_exit_3_with_its_line(run: Run) -> None:
    Path("bad.yaml").write_text(SHORT.replace("days: 1", "days: many"))
    result = run("explain", "bad.yaml")
    assert result.exit_code == 3
    assert "bad.yaml:4:" in result.stderr


def test_too_many_fixes_are_a_usage_error(run: Run) -> None:
    assert run("explain", "week.yaml", "--fixes", "99").exit_code == 2
