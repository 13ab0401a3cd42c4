"""A scenario as YAML text: what it states, in the words of its format, so that reading it gives the same scenario."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from ruamel.yaml import YAML

from .scenario import Scenario

WIDTH = 120


def scenario_yaml(scenario: Scenario, comment: str = "") -> str:
    """YAML 1.2 of everything that the scenario states; defaults are left out, and a comment stands above."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = None  # mappings and lists of leaves on one line, the rest as blocks
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = WIDTH
    text = io.StringIO()
    yaml.dump(_plain(scenario.model_dump(by_alias=True, exclude_unset=True)), text)
    return "".join(f"# {line}\n" for line in comment.splitlines()) + text.getvalue()


def _plain(value: Any) -> Any:
    """Data of the model -> what YAML knows: text, numbers, lists and mappings."""
    match value:
        case Mapping():
            return {_plain(key): _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case Enum():
            return _plain(value.value)
        case datetime():
            return value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
    return value
