"""`schedsolve demo`, `next`, `show`, `history`, `approve`, `export` and `results`: weeks in the store."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schedsolve.model.plan import Plan
from schedsolve.solver.search import BUDGETS, Budget
from schedsolve.store.engine import open_store
from schedsolve.weekly.demo import make_demo
from schedsolve.weekly.next_week import next_week
from schedsolve.weekly.wanted import Wanted

from .conftest import Run

NOW = datetime(2025, 1, 18, 12, tzinfo=UTC)
AS_OF = "2025-01-18T12:00Z"


@pytest.fixture(scope="module")
def weeks_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demo and dana's first week, made in the shortest of searches."""
    path = tmp_path_factory.mktemp("weeks") / "weeks.db"
    with pytest.MonkeyPatch.context() as patch, open_store(str(path)) as store:
        patch.setitem(BUDGETS, "quick", Budget(moves=1, improve=0.01, bound=0.0))
        make_demo(store, NOW)
        next_week(store, Wanted("dana", NOW, effort="quick"))
    return path


@pytest.fixture
def weeks(run: Run, weeks_file: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line with that store."""
    shutil.copy(weeks_file, "weeks.db")
    monkeypatch.setenv("SCHEDSOLVE_DB", "weeks.db")
    monkeypatch.setitem(BUDGETS, "quick", Budget(moves=1, improve=0.01, bound=0.0))
    return run


def ask(sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect("weeks.db")
    try:
        found = connection.execute(sql).fetchall()
        connection.commit()
    finally:
        connection.close()
    return found


def schedule_id() -> str:
    return str(ask("SELECT schedule_id FROM schedules")[0][0])


def test_the_demo_makes_a_store_and_says_what_to_do_next(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCHEDSOLVE_DB", raising=False)
    result = run("demo", "--as-of", AS_OF)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "5 creators, 2,000 captions" in result.stderr
    assert "schedsolve next --creator alexia --db schedsolve-demo.db" in result.stderr
    assert run("history", "--creator", "elif", "--db", "schedsolve-demo.db").exit_code == 0
    assert run("demo", "--as-of", AS_OF).exit_code == 0, "a second one replaces the first"


def test_next_shows_the_week_and_says_where_it_is_kept(weeks: Run) -> None:
    result = weeks("next", "--creator", "dana", "--as-of", "2025-01-25T12:00Z", "--effort", "quick", "--quiet")
    assert result.exit_code == 0
    assert "27 Jan to 02 Feb 2025" in result.stdout
    assert result.stderr == ""
    assert ask("SELECT COUNT(*) FROM schedules") == [(2,)]


def test_the_same_request_is_answered_from_the_store(weeks: Run) -> None:
    result = weeks("next", "--creator", "dana", "--as-of", AS_OF, "--effort", "quick")
    assert result.exit_code == 0
    assert f"Kept before as {schedule_id()}, version 1: approved" in result.stderr
    told = json.loads(weeks("next", "--creator", "dana", "--as-of", AS_OF, "--effort", "quick", "--json").stdout)
    assert (told["success"], told["replayed"], told["schedule_id"]) == (True, True, schedule_id())
    assert told["validation"]["status"] == "approved"
    assert told["summary"]["total_items"] == len(told["items"])


def test_next_for_nobody_is_an_error_in_the_documented_form(weeks: Run) -> None:
    result = weeks("next", "--creator", "nobody", "--json", "--quiet")
    assert result.exit_code == 8
    told = json.loads(result.stdout)
    assert (told["success"], told["error_code"], told["stage"]) == (False, "creator_not_found", "initialization")
    assert told["generation_id"] in result.stderr


def test_a_rejected_week_exits_with_7_and_is_not_kept(weeks: Run) -> None:
    ask("UPDATE captions SET performance_score = 5, last_used_at = '2025-01-25T00:00:00.000000Z'")
    ask("UPDATE captions SET is_active = 0 WHERE caption_id % 40 > 0")
    result = weeks("next", "--creator", "dana", "--as-of", "2025-01-25T12:00Z", "--effort", "quick")
    assert result.exit_code == 7
    assert "the week is not kept" in result.stderr
    assert ask("SELECT COUNT(*) FROM schedules") == [(1,)]


def test_show_draws_the_week_or_gives_its_bytes(weeks: Run) -> None:
    drawn = weeks("show", "--creator", "dana")
    assert drawn.exit_code == 0
    assert "20 Jan to 26 Jan 2025" in drawn.stdout
    assert "approved" in drawn.stderr
    by_id, by_week = (
        weeks("show", schedule_id(), "--json"),
        weeks("show", "--creator", "dana", "--week", "2025-01-20", "--json"),
    )
    (kept,) = ask("SELECT plan_json FROM schedules")
    assert by_id.stdout == by_week.stdout == kept[0]
    assert Plan.model_validate_json(by_id.stdout).creator_id == "dana"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show",), 2, "one of them"),
        (("show", "x", "--creator", "dana"), 2, "one of them"),
        (("show", "x", "--week", "2025-01-20"), 2, "goes with --creator"),
        (("show", "x"), 8, "no schedule x is kept"),
        (("show", "--creator", "dana", "--week", "2025-03-03"), 8, "no week of 2025-03-03 of dana is kept"),
        (("history", "--creator", "nobody"), 8, "no creator 'nobody' is known"),
        (("approve", "x"), 8, "no schedule x is kept"),
        (("export", "x"), 8, "no schedule x is kept"),
        (("next", "--creator", "dana", "--as-of", "yesterday"), 2, "must be a local time"),
    ],
)
def test_what_is_not_there_is_told(weeks: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    result = weeks(*arguments)
    assert result.exit_code == code
    assert words in result.stderr


def test_history_lists_every_version(weeks: Run) -> None:
    drawn = weeks("history", "--creator", "dana")
    assert drawn.exit_code == 0
    assert "Mon 20 Jan 2025" in drawn.stdout
    assert schedule_id() in drawn.stdout
    told = json.loads(weeks("history", "--creator", "dana", "--json").stdout)
    (one,) = told["schedules"]
    assert (one["version"], one["status"], one["week_start"]) == (1, "approved", "2025-01-20")
    assert "0 weeks kept" in weeks("history", "--creator", "elif").stdout


def test_approve_lets_a_week_go_out_in_someones_name(weeks: Run) -> None:
    ask("UPDATE schedules SET status = 'needs_review'")
    result = weeks("approve", schedule_id(), "--by", "maria")
    assert (result.exit_code, "is approved" in result.stderr) == (0, True)
    assert ask("SELECT status, approved_by FROM schedules") == [("approved", "maria")]
    assert "by maria" in weeks("history", "--creator", "dana").stdout


@pytest.mark.parametrize("shape", ["json", "csv", "ics"])
def test_export_writes_the_week(weeks: Run, shape: str) -> None:
    shown = weeks("export", "--creator", "dana", "--format", shape)
    assert shown.exit_code == 0
    written = weeks("export", schedule_id(), "--format", shape, "--out", f"week.{shape}")
    assert (written.exit_code, written.stdout) == (0, "")
    assert Path(f"week.{shape}").read_bytes().decode() == shown.stdout_bytes.decode()
    if shape == "csv":
        assert len(list(csv.DictReader(io.StringIO(shown.stdout)))) == len(weeks_items(weeks))


def weeks_items(weeks: Run) -> list[object]:
    return list(json.loads(weeks("show", "--creator", "dana", "--json").stdout)["items"])


def test_results_of_items_become_the_weeks_actual_and_its_days(weeks: Run) -> None:
    items = ask("SELECT item_id FROM schedule_items WHERE category = 'revenue' ORDER BY item_id")
    Path("earned.csv").write_text("item_id,earnings\n" + "".join(f"{name},10\n" for (name,) in items))
    trial = weeks("results", "import", "earned.csv", "--dry-run")
    assert (trial.exit_code, "would be taken" in trial.stderr) == (0, True)
    assert ask("SELECT COUNT(*) FROM weekly_actuals") == [(0,)]
    assert weeks("results", "import", "earned.csv").exit_code == 0
    (row,) = ask("SELECT actual_revenue_per_day_cents, is_complete FROM weekly_actuals")
    assert row == (round(1000 * len(items) / 7), 1)
    (error,) = ask("SELECT percentage_error FROM v_volume_prediction_accuracy")
    assert error[0] is not None
    assert ask("SELECT COUNT(*) FROM daily_schedule_audit") == [(7,)]
    assert ask("SELECT SUM(actual) FROM weekly_limit_audit WHERE send_type_key = 'vip_program'")[0][0] in (0, 1)


def test_results_of_some_items_leave_the_week_incomplete(weeks: Run) -> None:
    (first, *_) = ask("SELECT item_id FROM schedule_items WHERE category = 'revenue' ORDER BY item_id")
    Path("earned.json").write_text(json.dumps([{"item_id": first[0], "earnings": 12.5}]))
    result = weeks("results", "import", "earned.json", "--json")
    assert result.exit_code == 0
    assert "the week is not complete" in json.loads(result.stdout)["notes"][0]
    assert ask("SELECT is_complete FROM weekly_actuals") == [(0,)]


@pytest.mark.parametrize(
    ("kind", "table", "content"),
    [
        ("days", "daily_schedule_audit", "date,ppv_count,bump_count\n2025-01-20,3,4\n"),
        ("weeks", "weekly_limit_audit", "week_start,send_type_key,actual\n2025-01-20,vip_program,1\n"),
        ("actuals", "weekly_actuals", "prediction_id,actual_revenue_per_day,is_complete\n1,92.5,true\n"),
        ("campaigns", "campaign_frequency_audit", "campaign_type,date,is_compliant\nvip,2025-01-20,true\n"),
        ("traits", "trait_recommendation_audit", "trait,revenue_with_trait,baseline\nshort text,120,100\n"),
        ("games", "game_performance", "game_type,earnings,played_on\nspin,42.5,2025-01-20\n"),
        ("estimates", "game_estimates", "game_type,estimate\nspin,40\n"),
    ],
)
def test_the_kind_of_results_is_known_by_their_columns(weeks: Run, kind: str, table: str, content: str) -> None:
    Path("results.csv").write_text(content)
    told = weeks("results", "import", "results.csv", "--creator", "dana", "--json")
    assert told.exit_code == 0
    assert json.loads(told.stdout) == {"kind": kind, "rows": 1, "notes": [], "dry_run": False}
    assert ask(f"SELECT COUNT(*) FROM {table}") == [(1,)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("colour\nred\n", "is no table of results"),
        ("item_id,earnings\nx/y,10\n", "no item x/y is kept"),
        ("game_type,earnings\nspin,42.5\n", "creator_id is missing"),
        ("game_type,earnings,creator_id\nspin,42.5,nobody\n", "no creator nobody is known"),
        ("game_type,earnings\nspin,much\n", "results.csv:2"),
    ],
)
def test_a_table_of_results_at_fault_is_refused_whole(weeks: Run, content: str, words: str) -> None:
    Path("results.csv").write_text(content)
    result = weeks("results", "import", "results.csv")
    assert result.exit_code == 3
    assert words in result.stderr
