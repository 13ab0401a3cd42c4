"""Which scenario an answer is about."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from ..model.plan import ScenarioStamp
from ..model.scenario import Scenario


def fingerprint(scenario: Scenario) -> str:
    """SHA-256 of a scenario's content in canonical form, seed included; layout and comments do not matter.

    What stands at its default is left out, so that a key added to the format changes no scenario's fingerprint.
    """
    return sha256(json.dumps(content_of(scenario), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def content_of(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain data, without what stands at its default: enough to make it again."""
    content = _stated(scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    assert isinstance(content, dict)
    return content


def _stated(value: Any) -> Any:
    """Plain data without mappings that state nothing."""
    if not isinstance(value, dict):
        return value
    kept = {key: _stated(part) for key, part in value.items()}
    return {key: part for key, part in kept.items() if part != {}}


def stamp(scenario: Scenario, content: bool = False) -> ScenarioStamp:
    """Name and fingerprint, and the content where a plan is to be made again from its file."""
    told = content_of(scenario) if content else None
    return ScenarioStamp(name=scenario.name, sha256=fingerprint(scenario), content=told)
