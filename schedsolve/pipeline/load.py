"""Reading scenarios and plans from files, with every fault told at its place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import Problem, ScenarioError
from ..model.document import Document
from ..model.json_document import parse_json
from ..model.scenario import Scenario
from ..model.text_file import read_text
from ..model.validation_errors import validate
from ..model.yaml_document import read_yaml
from .prepare import prepare

MOST_ITEMS = 10_000
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def load_scenario(path: str | Path, *, agreeing: bool = True) -> Scenario:
    """Read a scenario file (YAML 1.2 or JSON); with `agreeing` off, its locks may contradict each other.

    Raises
    ------
    ScenarioError
        With all faults of the file, each with line, column, path and what is allowed.
    """
    return parse_scenario(read_text(Path(path)), str(path), agreeing=agreeing)


def parse_scenario(text: str, source: str = "scenario", *, agreeing: bool = True) -> Scenario:
    """Read a scenario from text; `source` names it in messages. Raises ScenarioError as `load_scenario` does."""
    document, problems = read_yaml(text, source)
    try:
        scenario = validate(Scenario, document)
    except ScenarioError as error:
        told = {(problem.line, problem.column) for problem in problems}
        fresh = [problem for problem in error.problems if (problem.line, problem.column) not in told]
        raise ScenarioError(source, sorted([*problems, *fresh], key=lambda p: (p.line or 0, p.column or 0))) from None
    if problems:
        raise ScenarioError(source, problems)
    try:
        prepare(scenario, source, agreeing=agreeing)
    except ScenarioError as error:
        problems = [_located(problem, document) for problem in error.problems]
        raise ScenarioError(source, sorted(problems, key=lambda p: (p.line or 0, p.column or 0))) from None
    return scenario


def _located(problem: Problem, document: Document) -> Problem:
    """The same fault with line and column of its path."""
    path = tuple(int(index) if index else name for index, name in _STEP.findall(problem.path))
    line, column = document.position(path) or (None, None)
    return Problem(problem.message, problem.path, line, column, problem.hint)


def load_plan(path: str | Path) -> dict[str, Any]:
    """Read a plan: the engine's JSON, any JSON list of items, or a CSV of items, by the file's name and content.

    Raises
    ------
    ScenarioError
        When the file cannot be read as a plan.
    """
    text = read_text(Path(path))
    if str(path).lower().endswith(".csv"):
        return {"items": _csv_items(text, str(path))}
    return as_plan(parse_json(text, str(path)), str(path))


def as_plan(data: object, source: str = "plan") -> dict[str, Any]:
    """Plain data -> a mapping with `items`; raises ScenarioError when it is neither a plan nor a list of items."""
    if isinstance(data, list):
        data = {"items": data}
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise ScenarioError(source, [Problem("is not a plan: expected a list of items, or an object with `items`")])
    if len(data["items"]) > MOST_ITEMS:
        raise ScenarioError(
            source, [Problem(f"has {len(data['items'])} items, at most {MOST_ITEMS} are read", "items")]
        )
    problems = [
        Problem("is not an object with fields such as scheduled_at_utc and send_type_key", f"items[{number}]")
        for number, item in enumerate(data["items"])
        if not isinstance(item, Mapping)
    ]
    for name in ("days", "shortfalls", "pins", "relaxations"):
        part = data.get(name, [])
        if part is not None and not (isinstance(part, list) and all(isinstance(entry, Mapping) for entry in part)):
            problems.append(Problem("is not a list of objects", name))
    if problems:
        raise ScenarioError(source, problems)
    return data


def _csv_items(text: str, source: str) -> list[dict[str, Any]]:
    """CSV rows as items; columns `vm_*` are the parts of the variation metadata."""
    reader = csv.DictReader(io.StringIO(text))
    items: list[dict[str, Any]] = []
    try:
        columns = reader.fieldnames or []
        if not {"send_type_key", "item_type"} & set(columns):
            hint = "the first line names the columns, at least scheduled_date, scheduled_time and send_type_key"
            problem = Problem(f"has no column send_type_key (found: {', '.join(columns)[:200]})", hint=hint)
            raise ScenarioError(source, [problem])
        for row in reader:
            if None in row:
                raise ScenarioError(source, [Problem("more cells than columns", line=reader.line_num)])
            items.append(_item(row))
            if len(items) > MOST_ITEMS:
                raise ScenarioError(source, [Problem(f"more than {MOST_ITEMS} items")])
    except csv.Error as error:
        raise ScenarioError(source, [Problem(str(error), line=reader.line_num + 1)]) from None
    return items


def _item(row: Mapping[str, str | None]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    told: dict[str, Any] = {}
    for name, cell in row.items():
        text = cell or ""
        value: Any = text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text
        if name.startswith("vm_"):
            told[name[3:]] = _told(name[3:], value)
        else:
            item[name] = value if value != "" else None
    if any(value is not None for value in told.values()):
        item["variation_metadata"] = told
    return item


def _told(name: str, text: str) -> Any:
    """One cell of variation metadata."""
    if text == "":
        return None
    if name == "prime_hours_used":
        return [int(hour) for hour in re.findall(r"\d+", text)]
    if name in ("time_adjusted", "fallback_used"):
        return text.strip().lower() in ("1", "true", "yes")
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else text
