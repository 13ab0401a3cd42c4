"""Reading a changes file: strict, with every fault at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from schedsolve import ScenarioError, load_changes
from schedsolve.model.changes import Changes

ALL = """\
blackouts:
  - {from: 2025-01-24T08:00, to: 2025-01-24T14:00, reason: dentist}
quotas: [{date: 2025-01-25, revenue: 4}]
locks: [{at: 2025-01-24T20:07, send_type_key: ppv_unlock, ppv_style: winner}]
approved: [2025-01-24_2]
cancelled: [2025-01-24_5, 2025-01-24_5_followup]
failed: [2025-01-22_3]
make_up: false
"""


def load(tmp_path: Path, text: str, name: str = "changes.yaml") -> Changes:
    file = tmp_path / name
    file.write_text(text)
    return load_changes(file)


def problems(tmp_path: Path, text: str) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path, text)
    assert caught.value.exit_code == 3
    return [(problem.path, problem.line, problem.column) for problem in caught.value.problems]


def test_every_key_is_read(tmp_path: Path) -> None:
    changes = load(tmp_path, ALL)
    assert changes.blackouts[0].reason == "dentist"
    assert (changes.quotas[0].revenue, changes.quotas[0].engagement) == (4, None)
    assert changes.locks[0].ppv_style == "winner"
    assert changes.approved == ("2025-01-24_2",)
    assert changes.cancelled == ("2025-01-24_5", "2025-01-24_5_followup")
    assert changes.failed == ("2025-01-22_3",)
    assert changes.make_up is False


def test_json_is_read_too_and_failed_sends_are_made_up_unless_told_otherwise(tmp_path: Path) -> None:
    changes = load(tmp_path, '{"failed": ["2025-01-22_3"]}', "changes.json")
    assert (changes.failed, changes.make_up) == (("2025-01-22_3",), True)


@pytest.mark.parametrize(
    ("text", "path", "line", "column"),
    [
        ("cancelled: []\nbogus: 1\n", "bogus", 2, 1),
        ("quotas:\n  - {date: 2025-01-25, revenue: -1}\n", "quotas[0].revenue", 2, 33),
        ("quotas:\n  - {date: 2025-01-25}\n", "quotas[0]", 2, 5),
        ("quotas:\n  - {date: tomorrow, revenue: 1}\n", "quotas[0].date", 2, 12),
        ("approved: 2025-01-24_2\n", "approved", 1, 11),
        ("make_up: maybe\n", "make_up", 1, 10),
        ("locks: [{at: 2025-01-24T20:07, send_type_key: ppv_followup}]\n", "locks[0]", 1, 9),
    ],
)
def test_faults_are_told_with_line_and_column(tmp_path: Path, text: str, path: str, line: int, column: int) -> None:
    assert problems(tmp_path, text) == [(path, line, column)]


def test_a_fault_found_later_still_knows_its_place(tmp_path: Path) -> None:
    problem = load(tmp_path, ALL).problem(("cancelled", 1), "is past")
    assert (problem.path, problem.line, problem.column) == ("cancelled[1]", 6, 27)


def test_changes_of_a_program_have_paths_but_no_lines() -> None:
    problem = Changes().problem(("cancelled", 1), "is past")
    assert (problem.path, problem.line) == ("cancelled[1]", None)
