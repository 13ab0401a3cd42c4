from __future__ import annotations

from pathlib import Path

from schedsolve import load_scenario
from schedsolve.model.rule_settings import Rules
from schedsolve.model.scenario import Scenario

from .conftest import TEMPLATE, Run


def test_the_example_goes_to_stdout(run: Run) -> None:
    result = run("init")
    assert result.exit_code == 0
    assert result.stdout_bytes == TEMPLATE.read_bytes()


def test_the_example_is_a_scenario_that_can_be_planned(run: Run) -> None:
    assert run("init", "creator-week", "--out", "mine.yaml").exit_code == 0
    assert load_scenario("mine.yaml").creator.id == "alexia"


def test_the_example_names_every_section_and_every_rule_with_a_parameter() -> None:
    text = TEMPLATE.read_text()
    assert [key for key in Scenario.model_fields if f"\n{key}:" not in text] == []
    with_parameters = [field.alias for name, field in Rules.model_fields.items() if getattr(Rules(), name).parameters()]
    assert [alias for alias in with_parameters if f"\n  {alias}:" not in text] == []


def test_the_example_names_every_key_of_every_section() -> None:
    text = TEMPLATE.read_text()
    missing = [
        f"{section}.{key}"
        for section in ("creator", "volume", "performance", "content", "captions", "timing", "variation", "history")
        for key in Scenario.model_fields[section].annotation.model_fields  # type: ignore[union-attr]
        if f"  {key}:" not in text and f"  # {key}:" not in text
    ]
    assert missing == []


def test_an_existing_file_is_kept_unless_forced(run: Run) -> None:
    Path("mine.yaml").write_text("precious")
    result = run("init", "--out", "mine.yaml")
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert Path("mine.yaml").read_text() == "precious"
    assert run("init", "--out", "mine.yaml", "--force").exit_code == 0
    assert Path("mine.yaml").read_bytes() == TEMPLATE.read_bytes()


def test_an_unknown_kind_is_a_usage_error(run: Run) -> None:
    assert run("init", "fleet-year").exit_code == 2
