"""Campaigns at the command line: `analyze campaigns`, `analyze games`, and plans that run them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from schedsolve.cli.calendar import WeekCalendar
from schedsolve.cli.exports.csv import plan_as_csv
from schedsolve.cli.figures import Figures
from schedsolve.cli.terminal import drawn
from schedsolve.model.plan import Shortfall

from .conftest import Run
from .sample_plans import item, plan

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def tables(run: Run) -> None:
    """The example tables, in the folder of the run."""
    for name in ("campaigns.csv", "campaigns-before.csv", "games.csv"):
        shutil.copy(EXAMPLES / name, Path.cwd())


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_families_stand_with_their_counts_and_what_is_wrong(run: Run) -> None:
    result = run("analyze", "campaigns", "campaigns.csv", "--history", "campaigns-before.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    told = lines(result.stdout)
    assert told[:8] == [
        "campaigns.csv: 8 campaigns in 14 days",
        "",
        "family planned a month wanted days apart",
        "descriptive wall campaign 4 8.6 10–15 2–3",
        "spin the wheel game 2 4.3 4–5 7",
        "bundle wall campaign 2 4.3 4–6 5–7",
        "game other 0 0.0 2–4 7–14",
        "all families 8 17.1 14–20",
    ]
    text = " ".join(told)
    assert "found high: descriptive_wall_campaign: 2025-01-20 comes 1 day after 2025-01-19" in text
    assert "medium: bundle_wall_campaign: 2025-01-23 comes 15 days after 2025-01-08" in text
    assert told[-1] == "plan game_other: none is planned; run 2-4 a month, 7-14 days apart"


def test_a_critical_finding_exits_with_7(run: Run) -> None:
    result = run("analyze", "campaigns", "campaigns.csv", "--days", "28")
    assert result.exit_code == 7
    assert "critical: all families together: 8 in 28 days make 8.6 a month" in " ".join(lines(result.stdout))


def test_campaigns_as_json(run: Run) -> None:
    document = json.loads(run("analyze", "campaigns", "campaigns.csv", "--json").stdout)
    assert (document["schedsolve"], document["kind"], document["is_valid"]) == (1, "campaign-audit", True)
    assert document["total_monthly_projection"] == pytest.approx(120 / 7)
    assert document["counts"]["descriptive_wall_campaign"] == 4
    assert document["recommendations"][0]["monthly"] == {"least": 2, "most": 4}
    assert [found["finding"] for found in document["warnings"]] == ["too_close", "under_target", "under_target"]


def test_a_plans_own_csv_is_a_table_of_campaigns(run: Run) -> None:
    carrying = item("2025-01-20 20:07", "ppv_wall", ppv_style="solo", campaign_type="descriptive_wall_campaign")
    Path("plan.csv").write_bytes(plan_as_csv(plan(items=(carrying, item("2025-01-21 09:07", "bump_normal")))))
    assert "plan.csv: 1 campaign in 2 days" in run("analyze", "campaigns", "plan.csv").stdout


def test_rows_of_one_creator_may_be_asked_for(run: Run) -> None:
    rows = "creator_id,date,campaign_type\na,2025-01-20,game_other\nb,2025-01-20,game_other\n"
    Path("two.csv").write_text(rows)
    assert "two campaigns on 2025-01-20" in run("analyze", "campaigns", "two.csv").stdout
    assert "two campaigns on" not in run("analyze", "campaigns", "two.csv", "--creator", "a").stdout


@pytest.mark.parametrize(
    ("cell", "message"),
    [("summer_sale", "campaign_type: found 'summer_sale'"), ("game_other,\n2025-02-30,game_other", "2025-02-30")],
)
def test_a_cell_that_does_not_fit_is_told_by_line_and_column(run: Run, cell: str, message: str) -> None:
    Path("bad.csv").write_text(f"date,campaign_type\n2025-01-20,{cell}\n")
    result = run("analyze", "campaigns", "bad.csv")
    assert result.exit_code == 3
    assert "bad.csv:" in result.stderr
    assert message.partition(",")[0] in result.stderr


def test_a_table_without_families_is_refused_by_the_columns_name(run: Run) -> None:
    Path("bare.csv").write_text("date,send_type_key\n2025-01-20,bundle\n")
    result = run("analyze", "campaigns", "bare.csv")
    assert result.exit_code == 3
    assert "campaign_type" in result.stderr


@pytest.mark.parametrize("days", ["0", "-1", "x"])
def test_a_schedule_has_a_day_at_least(run: Run, days: str) -> None:
    assert run("analyze", "campaigns", "campaigns.csv", "--days", days).exit_code == 2


def test_games_stand_best_first_with_what_to_play_and_avoid(run: Run) -> None:
    result = run("analyze", "games", "games.csv", "--creator", "alexia")
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines(result.stdout) == [
        "games.csv: which game to play",
        "",
        "game a play own mean own plays own weight how often",
        "trivia $5,150.00 $5,150.00 2 100% weekly",
        "spin_the_wheel $4,960.65 $3,000.00 5 10% weekly",
        "mystery_box $3,000.00 0 0% weekly",
        "prize_wheel $2,500.00 0 0% weekly",
        "scratch_off $1,140.00 $300.00 2 7% weekly",
        "card_game $500.00 0 0% every two weeks or stop",
        "",
        "play trivia earns most: $5,150.00 a play, 100 % of it from 2 own plays",
        "avoid card_game",
        "source bayesian updated",
    ]


def test_games_as_json(run: Run) -> None:
    document = json.loads(run("analyze", "games", "games.csv", "--json").stdout)
    assert (document["kind"], document["recommended"], document["worst"]) == ("game-advice", "trivia", "card_game")
    assert document["bayesian_estimates"]["spin_the_wheel"]["posterior"] == 4960.65
    assert document["raw_averages"]["scratch_off"] == 300


def test_negative_earnings_are_refused(run: Run) -> None:
    Path("bad.csv").write_text("game_type,earnings\ntrivia,-1\n")
    result = run("analyze", "games", "bad.csv")
    assert result.exit_code == 3
    assert "bad.csv:2: earnings: found -1" in result.stderr


def test_a_send_that_carries_a_campaign_is_marked_and_counted() -> None:
    carrying = item("2025-01-20 20:07", "ppv_wall", ppv_style="winner", campaign_type="descriptive_wall_campaign")
    told = plan(items=(carrying,))
    assert "20:07◆" in drawn(WeekCalendar(told))
    figures = lines(drawn(Figures(told)))
    assert "campaigns 1 descriptive wall campaign 1" in figures
    assert any("◆ campaign" in line for line in figures)


def test_missing_campaigns_stand_under_no_day() -> None:
    short = Shortfall(
        rule="campaign-target",
        date="2025-01-20",
        category="revenue",
        wanted=3,
        placed=1,
        binding=("page-type",),
        campaign_type="descriptive_wall_campaign",
    )
    told = plan(items=(item("2025-01-20 20:07", "bump_normal"),), shortfalls=(short,))
    assert "−2" not in drawn(WeekCalendar(told))
    assert "missing descriptive wall campaign −2: held back by page-type" in lines(drawn(Figures(told)))
