"""A scenario written as YAML is the same scenario when it is read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from schedsolve import Scenario, load_scenario, parse_scenario
from schedsolve.model.scenario_text import scenario_yaml
from schedsolve.pipeline.fingerprint import fingerprint

ROOT = Path(__file__).parents[2]
SCENARIOS = [
    *sorted((ROOT / "scenarios").glob("*.yaml")),
    ROOT / "schedsolve" / "cli" / "templates" / "creator-week.yaml",
]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_writing_and_reading_gives_the_same_scenario(path: Path) -> None:
    scenario = load_scenario(path)
    again = parse_scenario(scenario_yaml(scenario, "a comment\nof two lines"))
    assert again == scenario
    assert fingerprint(again) == fingerprint(scenario)


def test_times_with_offsets_and_stated_quotas_survive() -> None:
    stated = load_scenario(SCENARIOS[0]).model_dump(by_alias=True, exclude_unset=True)
    stated["days"] = 1
    stated["volume"] = {"quotas": [{"revenue": 2, "engagement": 0, "retention": 1}]}
    stated["blackouts"] = [{"from": "2025-01-20T12:00-05:00", "to": "2025-01-20T13:00Z"}]
    stated["blackouts"][0]["to"] = "2025-01-20T18:00Z"
    scenario = Scenario.model_validate(stated)
    assert parse_scenario(scenario_yaml(scenario)) == scenario


def test_nothing_is_written_that_was_not_stated() -> None:
    text = scenario_yaml(load_scenario(SCENARIOS[0]))
    assert "blackouts" not in text
    assert "rules" not in text
