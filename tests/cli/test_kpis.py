from __future__ import annotations

import json
from pathlib import Path

import pytest

import schedsolve

from .conftest import Run
from .sample_plans import plan, without_a_plan

TABLES = Path(schedsolve.__file__).parent.parent / "examples" / "kpis"
NAMES = ("campaigns", "days", "limits", "predictions", "actuals", "traits", "games", "estimates")
EVERYTHING = [argument for name in NAMES for argument in (f"--{name}", str(TABLES / f"{name}.csv"))]


def kpis(run: Run, *arguments: str) -> dict[str, dict[str, object]]:
    """The KPIs of the JSON document, by name."""
    result = run("analyze", "kpis", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return {kpi["kpi"]: kpi for kpi in json.loads(result.stdout)["kpis"]}


def test_the_example_tables_give_all_eight(run: Run) -> None:
    """21 of 23 campaigns; 25 of 27 days, one of 28 being empty; 81 followups of 28 x 4; one breach, for Snapchat."""
    found = kpis(run, *EVERYTHING)
    assert {
        name: (round(float(str(kpi["value"])), 4), kpi["state"], kpi["counted"]) for name, kpi in found.items()
    } == {
        "campaign_frequency_adherence": (91.3043, "target", 23),
        "bump_ratio_compliance": (92.5926, "target", 27),
        "volume_prediction_mape": (9.6309, "target", 10),
        "trait_recommendation_lift": (21.4598, "target", 4),
        "followup_limit_utilization": (72.3214, "watch", 28),
        "weekly_limit_violations": (1, "alert", 8),
        "game_type_revenue_variance": (0.4818, "target", 24),
        "bayesian_estimate_accuracy": (0.9204, "target", 4),
    }


def test_the_table_shows_value_target_alert_and_state(run: Run) -> None:
    result = run("analyze", "kpis", "--limits", str(TABLES / "limits.csv"))
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["KPI", "value", "target", "alert", "state", "of"] in lines
    assert ["weekly_limit_violations", "1", "0", ">", "0", "alert", "8"] in lines
    assert ["volume_prediction_mape", "<", "15%", ">", "25%", "no", "data"] in lines
    assert "alexia 2025-01-27 snapchat_bundle +1" in result.stdout


def test_a_kpi_without_its_table_has_neither_value_nor_state(run: Run) -> None:
    found = kpis(run, "--limits", str(TABLES / "limits.csv"))
    assert (found["bump_ratio_compliance"]["value"], found["bump_ratio_compliance"]["state"]) == (None, None)
    assert found["bump_ratio_compliance"]["target"] == {"low": 85, "high": None, "ends_included": True}


def test_json_tables_are_read_as_well(run: Run) -> None:
    rows = [{"creator": "alexia", "family": "game_other", "is_compliant": truth} for truth in (1, 0, True, False)]
    Path("campaigns.json").write_text(json.dumps(rows))
    assert kpis(run, "--campaigns", "campaigns.json")["campaign_frequency_adherence"]["value"] == 50.0


def test_campaigns_may_be_those_of_the_last_30_days(run: Run) -> None:
    """The examples run from 20 January to 18 February; the 30 days that end on 20 January hold 4 of them."""
    found = kpis(run, "--campaigns", str(TABLES / "campaigns.csv"), "--as-of", "2025-01-20")
    assert found["campaign_frequency_adherence"]["counted"] == 4


def test_plans_are_counted(run: Run) -> None:
    Path("plan.json").write_text(plan().to_json())
    found = kpis(run, "--plan", "plan.json", "--expected-ratio", "0", "9")
    assert (found["bump_ratio_compliance"]["value"], found["bump_ratio_compliance"]["counted"]) == (100.0, 7)
    assert found["followup_limit_utilization"]["counted"] == 7
    assert found["weekly_limit_violations"]["counted"] == 2
    assert found["volume_prediction_mape"]["value"] is None


def test_without_an_expected_ratio_a_plans_days_are_not_judged(run: Run) -> None:
    Path("plan.json").write_text(plan().to_json())
    assert kpis(run, "--plan", "plan.json")["bump_ratio_compliance"]["value"] is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name at least one plan or table"),
        (["--predictions", "p.csv"], "--predictions says nothing without --actuals"),
        (["--actuals", "a.csv"], "--actuals says nothing without --predictions"),
        (["--estimates", "e.csv"], "--estimates says nothing without --games"),
        (["--plan", "p.json", "--expected-ratio", "2", "1"], "the lower one first"),
        (["--plan", "p.json", "--expected-ratio", "nan", "nan"], "the lower one first"),
        (["--days", "d.csv", "--expected-ratio", "1", "2"], "tables of days carry their own range"),
        (["--campaigns", "c.csv", "--as-of", "yesterday"], "yesterday"),
    ],
)
def test_what_cannot_be_asked_is_a_usage_error(run: Run, arguments: list[str], message: str) -> None:
    result = run("analyze", "kpis", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


def test_a_bad_cell_is_told_with_row_and_column(run: Run) -> None:
    Path("days.csv").write_text("date,ppv_count,bump_count\n2025-01-20,4,5\n2025-01-21,-4,many\n")
    result = run("analyze", "kpis", "--days", "days.csv")
    assert result.exit_code == 3
    assert "days.csv:3: ppv_count: found -4, must be at least 0" in result.stderr
    assert "days.csv:3: bump_count: found 'many'" in result.stderr


def test_a_missing_column_is_told(run: Run) -> None:
    Path("games.csv").write_text("game,date\nspin_the_wheel,2025-01-20\n")
    result = run("analyze", "kpis", "--games", "games.csv")
    assert result.exit_code == 3
    assert "the column earnings is missing" in result.stderr


def test_a_day_in_two_plans_is_told(run: Run) -> None:
    Path("plan.json").write_text(plan().to_json())
    result = run("analyze", "kpis", "--plan", "plan.json", "--plan", "plan.json")
    assert result.exit_code == 3
    assert "alexia 2025-01-20 is there twice" in result.stderr


def test_a_file_that_holds_no_plan_is_refused(run: Run) -> None:
    Path("none.json").write_text(without_a_plan("infeasible", "infeasible", "two locks clash").to_json())
    Path("list.json").write_text("[1]")
    result = run("analyze", "kpis", "--plan", "none.json")
    assert result.exit_code == 3
    assert "none.json: status: found 'infeasible': there is no plan in it" in result.stderr
    assert run("analyze", "kpis", "--plan", "list.json").exit_code == 3


def test_the_help_has_examples(run: Run) -> None:
    result = run("analyze", "kpis", "--help")
    assert "schedsolve analyze kpis" in result.stdout.split("Examples:")[1]
