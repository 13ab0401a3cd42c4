"""`schedsolve price`: the table, the document, and what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import schedsolve
from schedsolve import InfeasibleError, NoPlanError
from schedsolve.model.notch import Edit, Notch
from schedsolve.model.plan import ScenarioStamp
from schedsolve.model.price import Gain, Price, PriceList, Unpriced
from schedsolve.model.rule_settings import Rules

from .conftest import Run

IMPOSSIBLE = Path(__file__).parents[2] / "scenarios" / "18-impossible.yaml"
Prices = Callable[[PriceList | Exception], list[dict[str, Any]]]


def notch(rule: str, before: str, after: str, subject: str = "") -> Notch:
    edit = Edit(op="replace", path=f"/rules/{rule}/max", value=4)
    return Notch(rule=rule, subject=subject, before=before, after=after, size=1, patch=(edit,))


def gain(best: float, at_least: float, at_most: float) -> Gain:
    return Gain(best=best, at_least=at_least, at_most=at_most)


def priced(of: Notch, points: Gain, sends: int = 0, draw: float = 0.0) -> Price:
    shift = 2000.0 * sends + draw
    total = gain(points.best + shift, points.at_least + shift, points.at_most + shift)
    percent = round(100 * points.best / 2081, 4)
    return Price(notch=of, sends=sends, points=points, percent=percent, total=total, draw=draw, value=0, bound=0)


def price_list(**changes: Any) -> PriceList:
    fields: dict[str, Any] = {
        "scenario": ScenarioStamp(name="alexia, late January", sha256="0" * 64),
        "seed": 7,
        "effort": "quick",
        "value": 2081.0,
        "bound": 2132.6,
        "earned": 2081.0,
        "missing": 7,
        "prices": (
            priced(notch("block-limit", "3 per 4 h", "4 per 4 h"), gain(121.4, 69.8, 186.3), sends=7),
            priced(notch("weekly-cap", "1 a week", "2 a week", "vip_program"), gain(18.2, 0, 77.1)),
            priced(notch("strategy-repeat", "on", "off"), gain(-52.2, -103.7, 3.9), draw=1714.8),
        ),
        "unpriced": (
            Unpriced(rule="min-spacing", notch=notch("min-spacing", "45 min", "20 min"), reason="a further step"),
            Unpriced(rule="known-type", notch=None, reason="nothing to loosen in this week"),
        ),
        "reproducible": True,
    }
    return PriceList(**{**fields, **changes})


@pytest.fixture
def prices(monkeypatch: pytest.MonkeyPatch) -> Prices:
    """Lets `price` return a given list (or raise); gives the list in which its calls are noted."""

    def arrange(outcome: PriceList | Exception) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = []

        def fake(scenario: Any, **options: Any) -> PriceList:
            calls.append({"scenario": scenario, **options})
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setitem(vars(schedsolve), "price", fake)
        return calls

    return arrange


def test_the_table_tells_sends_points_and_the_interval(run: Run, prices: Prices) -> None:
    prices(price_list())
    result = run("price", "week.yaml")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0] == "alexia, late January: what each rule costs"
    assert "rule change sends gain % at least at most" in lines
    assert "block-limit 3 per 4 h -> 4 per 4 h +7 +121.4 5.8 +69.8 +186.3" in lines
    assert "weekly-cap vip_program 1 a week -> 2 a week +18.2 0.9 0 +77.1 ?" in lines
    assert "strategy-repeat on -> off −52.2 −2.5 −103.7 +3.9 ?*" in lines
    assert "value 2,081.0 points, at most 2,132.6 (quick), 7 sends missing" in lines
    assert "? not to be told from nothing at this effort" in lines
    assert "min-spacing (45 min -> 20 min)" in lines
    assert "nothing to loosen in this week:" in lines
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


def test_signs_are_explained_only_where_they_stand(run: Run, prices: Prices) -> None:
    prices(price_list(prices=price_list().prices[:1], unpriced=()))
    text = run("price", "week.yaml").stdout
    assert "not to be told" not in text
    assert "drawn anew" not in text
    assert "not priced" not in text


def test_a_list_without_prices_says_why(run: Run, prices: Prices) -> None:
    prices(price_list(prices=()))
    text = run("price", "week.yaml").stdout
    assert "at least" not in text
    assert "a further step (--all):" in text


def test_json_is_one_document(run: Run, prices: Prices) -> None:
    prices(price_list())
    result = run("price", "week.yaml", "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["kind"] == "price-list"
    first = document["prices"][0]
    assert (first["notch"]["rule"], first["sends"], first["certain"]) == ("block-limit", 7, True)
    assert first["points"] == {"best": 121.4, "at_least": 69.8, "at_most": 186.3}
    assert first["notch"]["patch"] == [{"op": "replace", "path": "/rules/block-limit/max", "value": 4}]
    assert document["unpriced"][1] == {
        "rule": "known-type",
        "notch": None,
        "reason": "nothing to loosen in this week",
    }


def test_options_reach_the_pricing(run: Run, prices: Prices) -> None:
    calls = prices(price_list())
    run("price", "week.yaml", "--rule", "block-limit", "--rule", "weekly-cap", "--all", "--effort", "standard")
    run("price", "week.yaml", "--quiet")
    assert {name: calls[0][name] for name in ("effort", "rules", "everything")} == {
        "effort": "standard",
        "rules": ("block-limit", "weekly-cap"),
        "everything": True,
    }
    assert (calls[1]["effort"], calls[1]["rules"], calls[1]["everything"]) == ("quick", (), False)
    assert calls[0]["progress"] is not None
    assert calls[1]["progress"] is None


def test_an_unknown_rule_ends_with_the_list_of_rules(run: Run, prices: Prices) -> None:
    calls = prices(price_list())
    result = run("price", "week.yaml", "--rule", "blok-limit")
    assert result.exit_code == 2
    assert "blok-limit" in result.stderr
    assert all(str(field.alias) in result.stderr for field in Rules.model_fields.values())
    assert result.stdout == ""
    assert calls == []


def test_an_impossible_week_points_to_explain(run: Run, tmp_path: Path) -> None:
    shutil.copy(IMPOSSIBLE, tmp_path / "impossible.yaml")
    result = run("price", "impossible.yaml", "--quiet")
    assert result.exit_code == 4
    assert "`schedsolve explain impossible.yaml` tells why" in result.stderr
    assert result.stdout == ""


def test_failures_are_one_document_too(run: Run, prices: Prices) -> None:
    prices(InfeasibleError(["no"]))
    result = run("price", "week.yaml", "--json")
    assert result.exit_code == 4
    assert json.loads(result.stdout)["error"]["exit_code"] == 4


def test_no_plan_within_the_effort_is_exit_5(run: Run, prices: Prices) -> None:
    prices(NoPlanError("nothing found"))
    result = run("price", "week.yaml")
    assert result.exit_code == 5
    assert "nothing found" in result.stderr


def test_a_missing_file_is_exit_3(run: Run) -> None:
    result = run("price", "nowhere.yaml")
    assert result.exit_code == 3
    assert "nowhere.yaml" in result.stderr


def test_an_interrupted_list_says_so(run: Run, prices: Prices) -> None:
    prices(price_list(reproducible=False))
    assert "interrupted" in run("price", "week.yaml").stdout
