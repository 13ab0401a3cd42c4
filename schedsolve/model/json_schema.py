"""The scenario as JSON Schema, draft-07: the dialect that YAML editors understand.

Pydantic writes draft 2020-12. What differs is rewritten, and values that only a validator knows (send types,
strategies, durations, dates) are spelt out, so that an editor completes them and marks a misspelt one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .catalog import CATALOG, DEPRECATED, FOLLOWUP, TARGETS
from .scenario import Scenario
from .strategies import STRATEGIES

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"

_KNOWN_TYPES: Schema = {"type": "string", "enum": [*CATALOG, *DEPRECATED]}
_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_LOCAL_TIME: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:00)?(Z|[+-]\d{2}:\d{2})?$"}
_DURATION: Schema = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 28 * 24 * 60},
        {"type": "string", "pattern": r"^\s*(?=\d)(\d{1,3}d)?(\d{1,4}h)?(\d{1,5}m(in)?)?\s*$"},
        {"type": "null"},
    ]
}
_STRATEGY: Schema = {"type": "string", "enum": list(STRATEGIES)}
_PATTERN: Schema = {"items": {"$ref": "#/definitions/Style"}, "minItems": 4, "maxItems": 4, "uniqueItems": True}
_HOUR_NAME: Schema = {"pattern": r"^(1?\d|2[0-3])$"}
_WEEKDAY_NAME: Schema = {"pattern": r"^[0-6]$"}

_SPELT_OUT: dict[tuple[str, str], Schema] = {
    ("Scenario", "week_start"): _DATE,
    ("Timing", "prime_anchor"): _DATE,
    ("PastRotation", "started"): _DATE,
    ("PastRotation", "pattern"): {"type": "array", **_PATTERN},
    ("PastSend", "at"): _LOCAL_TIME,
    ("PastPin", "ends"): _LOCAL_TIME,
    ("DayException", "date"): _DATE,
    ("Lock", "at"): _LOCAL_TIME,
    ("Blackout", "from"): _LOCAL_TIME,
    ("Blackout", "to"): _LOCAL_TIME,
    ("PastSend", "send_type_key"): _KNOWN_TYPES,
    ("PastPin", "send_type_key"): {
        "type": "string",
        "enum": [key for key, row in CATALOG.items() if row.pinnable],
    },
    ("Lock", "send_type_key"): {
        "type": "string",
        "enum": [key for key in (*CATALOG, *DEPRECATED) if key != FOLLOWUP],
    },
    ("TypeOverride", "min_gap"): _DURATION,
    ("TypeOverride", "target"): {"anyOf": [{"type": "string", "enum": list(TARGETS)}, {"type": "null"}]},
    ("History", "last_strategy"): {"anyOf": [_STRATEGY, {"type": "null"}]},
}
"""Properties, by class and key, whose values pydantic leaves open."""


def scenario_schema() -> Schema:
    """The JSON Schema of a scenario of kind `creator-week`."""
    raw = Scenario.model_json_schema(mode="validation", by_alias=True)
    schema = _draft_07(raw)
    definitions = schema.pop("definitions")
    for (name, key), values in _SPELT_OUT.items():
        owner = schema if name == "Scenario" else definitions[name]
        owner["properties"][key] = _kept(owner["properties"][key]) | values
    schema["properties"]["send_types"]["propertyNames"] = _KNOWN_TYPES
    definitions["Variation"]["properties"]["strategies"] |= {"items": _STRATEGY, "uniqueItems": True}
    definitions["Timing"]["properties"]["hourly_performance"]["propertyNames"] = _HOUR_NAME
    definitions["PastRotation"]["properties"]["recent"]["items"] |= _PATTERN
    for branch in definitions["Volume"]["properties"]["weekly_distribution"]["anyOf"]:
        if branch["type"] == "object":
            branch["propertyNames"] = _WEEKDAY_NAME
    return {
        "$schema": DRAFT,
        "title": "schedsolve scenario: creator-week",
        "description": "A creator's week, as `schedsolve solve` reads it.",
        **{key: value for key, value in schema.items() if key != "description"},
        "definitions": definitions,
    }


SCHEMAS: Mapping[str, Callable[[], Schema]] = {"creator-week": scenario_schema}
"""How to get the schema of each kind of scenario."""


def _kept(schema: Schema) -> Schema:
    """What a property says apart from its values."""
    return {key: schema[key] for key in ("description", "default") if key in schema}


def _draft_07(node: Any, named: bool = False) -> Any:
    """Rewrite 2020-12 as draft-07; `named` is true where keys are names (of properties, of definitions)."""
    if isinstance(node, list):
        return [_draft_07(one) for one in node]
    if not isinstance(node, dict):
        return node
    if named:
        return {key: _draft_07(value) for key, value in node.items()}
    schema: Schema = {}
    for key, value in node.items():
        match key:
            case "$defs":
                schema["definitions"] = _draft_07(value, named=True)
            case "$ref":
                schema["$ref"] = value.replace("#/$defs/", "#/definitions/")
            case "properties" | "patternProperties":
                schema[key] = _draft_07(value, named=True)
            case "prefixItems":
                schema["items"] = _draft_07(value)
                schema["additionalItems"] = _draft_07(node.get("items", True))
            case "items" if "prefixItems" in node:
                pass
            case "title":  # only repeats the key
                pass
            case "minLength" | "maxLength" if node.get("type") == "array":  # pydantic's slip behind a validator
                schema[key.replace("Length", "Items")] = value
            case "default" | "const" | "enum" | "examples":
                schema[key] = value
            case _:
                schema[key] = _draft_07(value)
    if "$ref" in schema and len(schema) > 1:  # draft-07 ignores what stands beside a reference
        schema["allOf"] = [{"$ref": schema.pop("$ref")}]
    return schema
