from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from schedsolve.model.json_schema import scenario_schema
from schedsolve.model.yaml_document import parse_yaml

from .conftest import TEMPLATE, Run

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NEWER = {"$defs", "prefixItems", "unevaluatedProperties", "unevaluatedItems", "dependentRequired", "dependentSchemas"}


def as_json(node: Any) -> Any:
    """YAML data as an editor sees it: keys are text."""
    if isinstance(node, dict):
        return {str(key): as_json(value) for key, value in node.items()}
    return [as_json(value) for value in node] if isinstance(node, list) else node


def faults(text: str) -> list[str]:
    """Where the schema finds fault with a scenario."""
    data = as_json(parse_yaml(text, "scenario").data)
    return [error.json_path for error in Draft7Validator(scenario_schema()).iter_errors(data)]


def nodes(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        return [node, *(found for value in node.values() for found in nodes(value))]
    return [found for value in node for found in nodes(value)] if isinstance(node, list) else []


def test_the_command_prints_a_draft_07_schema(run: Run) -> None:
    result = run("schema")
    schema = json.loads(result.stdout)
    assert result.exit_code == 0
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema == scenario_schema()
    Draft7Validator.check_schema(schema)


def test_nothing_newer_than_draft_07_is_left() -> None:
    for node in nodes(scenario_schema()):
        assert not NEWER & set(node)
        assert "$ref" not in node or len(node) == 1, "draft-07 ignores what stands beside $ref"


def test_every_reference_leads_somewhere() -> None:
    schema = scenario_schema()
    references = {node["$ref"] for node in nodes(schema) if isinstance(node.get("$ref"), str)}
    assert references
    assert {ref.removeprefix("#/definitions/") for ref in references} <= set(schema["definitions"])


@pytest.mark.parametrize("path", [TEMPLATE, *sorted(SCENARIOS.glob("*.yaml"))], ids=lambda path: path.name)
def test_the_example_and_all_scenarios_are_valid(path: Path) -> None:
    assert faults(path.read_text()) == []


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("seed: 7 ", "sead: 7 ", "$"),
        ("days: 7 ", "days: 29 ", "$.days"),
        ("week_start: 2025-01-20", "week_start: 20.1.2025", "$.week_start"),
        ("page_type: paid", "page_type: payed", "$.creator.page_type"),
        ("  id: alexia  ", "  ", "$.creator"),
        ("peak_hours: [20,", "peak_hours: [24,", "$.timing.peak_hours[0]"),
        ("{9: 0.5,", "{25: 0.5,", "$.timing.hourly_performance"),
        ("temperature: 1.0", "temperature: warm", "$.variation.temperature"),
        ("[revenue_focus,", "[revenue_focuss,", "$.variation.strategies[0]"),
        ("  bump_flyer:", "  bump_flier:", "$.send_types"),
        ("min_gap: 5h", "min_gap: 5 hours", "$.send_types.bump_flyer.min_gap"),
        ("window: fixed}", "window: sliding}", "$.rules['block-limit'].window"),
        ("  min-spacing:", "  min_spacing:", "$.rules"),
        ("send_type_key: like_farm", "send_type_key: likefarm", "$.history.sends[0].send_type_key"),
        ("pattern: [solo, bundle, winner, sextape]", "pattern: [solo, bundle]", "$.history.rotation"),
        ("at: 2025-01-22T20:37", "at: 20:37", "$.locks[0].at"),
        ("ppv_style: winner}", "ppv_style: loser}", "$.locks[0].ppv_style"),
        ("{from: 2025-01-23T08:00, to:", "{from: 2025-01-23T08:00, until:", "$.blackouts[0]"),
    ],
)
def test_typical_mistakes_are_marked_at_their_place(right: str, wrong: str, place: str) -> None:
    text = TEMPLATE.read_text()
    assert right in text
    assert place in faults(text.replace(right, wrong, 1))
