"""YAML 1.2 (core schema) -> plain data and the place of every value.

Knows nothing of the scenario's fields. Aliases, tags, duplicate keys, NaN and infinities are refused, and reading stops
early at what is too deep or too large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from ruamel.yaml.reader import ReaderError

from ..errors import Problem, ScenarioError
from .document import Document, Place, Position, dotted, found
from .scalars import scalar_of
from .text_file import MAX_BYTES, MAX_PROBLEMS, TOO_LARGE, line_column, refusal

MAX_DEPTH = 32
MAX_NODES = 50_000


def parse_yaml(text: str, source: str) -> Document:
    """YAML 1.2 (core schema) -> Document; the top level is a mapping.

    Dates and times stay text. Raises ScenarioError with every fault found, up to MAX_PROBLEMS.
    """
    document, problems = read_yaml(text, source)
    if problems:
        raise ScenarioError(source, problems)
    return document


def read_yaml(text: str, source: str) -> tuple[Document, list[Problem]]:
    """YAML -> what can be read of it, and every fault, so that a caller may look for more faults in the rest.

    Raises ScenarioError when reading on makes no sense.
    """
    if len(text) > MAX_BYTES:
        raise refusal(source, *TOO_LARGE)
    builder = _Builder(text)
    data: Any = None
    fatal = False
    try:
        data = builder.document()
    except _StopError as stop:
        builder.problems.append(stop.problem)
        fatal = True
    problems = sorted(builder.problems, key=lambda p: (p.line or 0, p.column or 0))
    if fatal:
        raise ScenarioError(source, problems)
    return Document(data, source, builder.values, builder.keys), problems


class _StopError(Exception):
    """A fault after which reading on makes no sense."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


class _Builder:
    """Walks the parser's events into plain data, noting places and faults; never deeper than MAX_DEPTH."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.values: dict[Place, Position] = {}
        self.keys: dict[Place, Position] = {}
        self._nodes = 0
        self._events = _events(text)

    def document(self) -> dict[str | int, Any]:
        """The one mapping that the text holds."""
        next(self._events)  # the start of the stream
        start = next(self._events)
        if not isinstance(start, DocumentStartEvent):
            hint = "`schedsolve init` writes an example"
            raise _StopError(Problem("there is nothing in it", line=1, column=1, hint=hint))
        if start.version not in (None, (1, 2)):
            self._fault(start, "only YAML 1.2 is read", "remove the %YAML line")
        first = next(self._events)
        data = self._node(first, (), 1)
        if not isinstance(first, MappingStartEvent | AliasEvent):
            self._fault(first, f"found {found(data)} at the top, must be a mapping", "write lines of `key: value`")
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                self._fault(event, "a second YAML document starts here", "keep one document per file")
                break
        return data if isinstance(data, dict) else {}

    def _fault(self, event: Any, message: str, hint: str = "", path: Place = ()) -> None:
        line, column = _place(event)
        self.problems.append(Problem(message, dotted(path), line, column, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _StopError(Problem("too many problems: the rest was not read", line=line, column=column))

    def _node(self, event: Any, path: Place, depth: int) -> Any:
        self._check_node(event, path, depth)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, path, depth)
        if isinstance(event, CollectionStartEvent):
            return self._sequence(event, path, depth)
        self.values[path] = _place(event)
        if not isinstance(event, ScalarEvent):
            return None  # an alias, noted
        try:
            return scalar_of(event)
        except ValueError as error:
            self._fault(event, str(error), path=path)
            return None

    def _check_node(self, event: Any, path: Place, depth: int) -> None:
        self._nodes += 1
        line, column = _place(event)
        if self._nodes > MAX_NODES:
            raise _StopError(
                Problem(f"more than {MAX_NODES:,} values", line=line, column=column, hint="shorten the file")
            )
        if depth > MAX_DEPTH:
            raise _StopError(Problem(f"nested more than {MAX_DEPTH} levels deep", line=line, column=column))
        if isinstance(event, AliasEvent):
            self._fault(event, "YAML aliases are not allowed", "write the value out", path)
        elif event.anchor is not None:
            self._fault(event, "YAML anchors are not allowed", f"remove &{event.anchor:.40}", path)
        elif event.tag is not None:
            self._fault(event, "YAML tags are not allowed", "remove it; quote what must be text", path)

    def _sequence(self, start: Any, path: Place, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth + 1))
        self.values[path] = _place(start)
        return items

    def _mapping(self, start: Any, path: Place, depth: int) -> dict[str | int, Any]:
        result: dict[str | int, Any] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._key(event, path, depth + 1)
            if key is not None and key not in result:
                self.keys[(*path, key)] = _place(event)
                value = next(self._events)
                result[key] = self._node(value, (*path, key), depth + 1)
                if result[key] is None and value.start_mark.index == value.end_mark.index:
                    self.values[(*path, key)] = _place(event)  # not written at all: the key stands for it
                continue
            if key is not None:
                line, column = self.keys[(*path, key)]
                first = f"the first one is at line {line}, column {column}"
                self._fault(event, f"the key {found(key)} is there twice; {first}", "remove one", (*path, key))
            self._node(next(self._events), path, depth + 1)
        self.values[path] = _place(start)
        return result

    def _key(self, event: Any, path: Place, depth: int) -> str | int | None:
        faults = len(self.problems)
        key = self._node(event, path, depth)
        if isinstance(key, str | int) and not isinstance(key, bool):
            return key
        if len(self.problems) == faults:
            self._fault(event, f"found {found(key)} as a key, must be text or a whole number", "quote it", path)
        return None


def _place(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1


_SYNTAX_HINTS = {
    r"'\t'": "indent with spaces, not tabs",
    "mapping values are not allowed here": "quote text that holds `: `, and check the indentation",
    "could not find expected ':'": "write `key: value`",
    "while scanning a quoted scalar": "close the quote",
}


def _events(text: str) -> Iterator[Any]:
    """The parser's events, with its errors as _StopError."""
    last: Any = None
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            last = event
            yield event
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        what = re.sub(r"\('(.*?)',\)", r"'\1'", ", ".join(filter(None, (error.context, error.problem))))
        hint = next((hint for sign, hint in _SYNTAX_HINTS.items() if sign in what), "")
        raise _StopError(Problem(f"this is not YAML: {what}", line=line, column=column, hint=hint)) from None
    except ReaderError as error:
        line, column = line_column(text, error.position)
        what = f"the character U+{error.character:04X} is not allowed in YAML"
        raise _StopError(Problem(what, line=line, column=column, hint="remove it")) from None
    except Exception:  # the parser's own slips, such as ValueError from "\UFFFFFFFF"
        line, column = (last.end_mark.line + 1, last.end_mark.column + 1) if last else (1, 1)
        raise _StopError(Problem("this is not YAML: cannot be read after here", line=line, column=column)) from None
