"""`schedsolve db` and `schedsolve import`: a store is made, filled and checked."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from schedsolve.cli.commands.db import STEPS
from schedsolve.cli.commands.import_ import KINDS

from .conftest import Run

CREATORS = "creator_id,page_type,timezone\nalexia,paid,America/New_York\n"


@pytest.fixture
def made(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line whose store is made already."""
    monkeypatch.setenv("SCHEDSOLVE_DB", "weeks.db")
    assert run("db", "init").exit_code == 0
    return run


def rows(table: str) -> int:
    connection = sqlite3.connect("weeks.db")
    (count,) = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
    connection.close()
    return int(count)


def test_a_new_store_is_up_to_date(run: Run) -> None:
    result = run("db", "init", "--db", "weeks.db")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Made sqlite:///weeks.db: revision" in result.stderr
    assert "no differences" in run("db", "check", "--db", "sqlite:///weeks.db").stderr
    assert "up to date" in run("db", "upgrade", "--db", "weeks.db").stderr


def test_a_store_is_made_once(made: Run) -> None:
    result = made("db", "init")
    assert result.exit_code == 8
    assert "has tables already" in result.stderr


def test_differences_are_told_and_end_with_8(made: Run) -> None:
    connection = sqlite3.connect("weeks.db")
    connection.execute("DROP VIEW v_trait_lift")
    connection.close()
    result = made("db", "check")
    assert result.exit_code == 8
    assert "add view: v_trait_lift" in result.stderr
    told = json.loads(made("db", "check", "--json").stdout)
    assert told["differences"] == ["add view: v_trait_lift"]


def test_a_store_that_was_never_made_says_so_and_is_not_made(run: Run) -> None:
    Path("creators.csv").write_text(CREATORS)
    for arguments in (("db", "check", "--db", "weeks.db"), ("import", "creators", "creators.csv", "--db", "weeks.db")):
        result = run(*arguments)
        assert result.exit_code == 8
        assert "`schedsolve db init` makes" in result.stderr
    assert not Path("weeks.db").exists()


def test_no_store_at_all_says_how_to_name_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCHEDSOLVE_DB", raising=False)
    result = run("db", "check")
    assert result.exit_code == 8
    assert "give --db or set SCHEDSOLVE_DB" in result.stderr


def test_an_import_tells_what_it_did(made: Run) -> None:
    Path("creators.csv").write_text(CREATORS)
    first = made("import", "creators", "creators.csv")
    assert (first.exit_code, first.stdout) == (0, "")
    assert "creators: 1 added, 0 changed." in first.stderr
    told = json.loads(made("import", "creators", "creators.csv", "--json").stdout)
    assert told == {"kind": "creators", "added": 0, "changed": 1, "notes": [], "dry_run": False}


def test_a_trial_changes_nothing(made: Run) -> None:
    Path("captions.csv").write_text("caption_text,caption_type,content_type\nhey you,flirty,solo\n")
    result = made("import", "captions", "captions.csv", "--dry-run")
    assert "captions: 1 would be added, 0 would be changed." in result.stderr
    assert "1 new content types: solo" in result.stderr
    assert (rows("captions"), rows("content_types")) == (0, 0)


def test_faults_come_with_their_rows_and_nothing_is_kept(made: Run) -> None:
    Path("creators.csv").write_text(f"{CREATORS}mia,free,Mars/Olympus\nzoe,gratis,Europe/Berlin\n")
    result = made("import", "creators", "creators.csv")
    assert result.exit_code == 3
    assert "creators.csv:3: timezone" in result.stderr
    assert "creators.csv:4: page_type" in result.stderr
    assert rows("creators") == 0


def test_every_kind_of_table_comes_in(made: Run) -> None:
    tables = {
        "creators": CREATORS,
        "captions": "caption_text,caption_type\nhey you,flirty\n",
        "vault": "creator_id,content_type,media_type,item_count\nalexia,solo,video,45\n",
        "performance": "creator_id,period,saturation_score,opportunity_score\nalexia,14d,45,62\n",
    }
    assert set(tables) == set(KINDS)
    for kind, text in tables.items():
        Path(f"{kind}.csv").write_text(text)
        assert made("import", kind, f"{kind}.csv").exit_code == 0
    assert [rows(table) for table in ("creators", "captions", "vault", "performance_history")] == [1, 1, 1, 1]


@pytest.mark.parametrize(("group", "name"), [*(("db", step) for step in STEPS), *(("import", kind) for kind in KINDS)])
def test_every_command_has_help_with_examples(run: Run, group: str, name: str) -> None:
    result = run(group, name, "--help")
    assert result.exit_code == 0
    assert f"schedsolve {group} {name}" in result.stdout.split("Examples:")[1]


def test_a_password_is_never_told(run: Run) -> None:
    for arguments in (("db", "check"), ("db", "upgrade")):
        result = run(*arguments, "--db", "mysql://dana:hunter2@127.0.0.1/x")
        assert result.exit_code == 8
        assert "hunter2" not in result.output + result.stderr
