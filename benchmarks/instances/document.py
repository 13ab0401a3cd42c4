"""A scenario as YAML text, byte for byte the same for the same data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

WIDTH = 118
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}([+-]\d{2}:\d{2})?)?")


def text_of(scenario: dict[str, Any], comments: list[str]) -> str:
    """Comment lines, then a key a line; lists of mappings with one entry a line."""
    lines = [f"# {line}" for comment in comments for line in wrap(comment, WIDTH)]
    for key, value in scenario.items():
        if isinstance(value, dict):
            lines += [f"{key}:", *_section(value)]
        elif isinstance(value, list):
            lines += [f"{key}:", *(f"  - {_flow(entry)}" for entry in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _section(section: dict[str, Any]) -> Iterator[str]:
    for key, value in section.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"  {key}:"
            yield from (f"    - {_flow(entry)}" for entry in value)
        else:
            yield f"  {key}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return str(value)
    return json.dumps(value)
