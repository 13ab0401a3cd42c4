"""Text -> plain data and the place of every value: YAML 1.2 for scenarios, JSON for plans.

Knows nothing of the scenario's fields. Files may come from strangers, so the reader is strict and bounded. It
refuses aliases, tags, duplicate keys, NaN and infinities, and stops early at what is too deep or too large.
"""

from __future__ import annotations

import json
import math
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

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

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_DIGITS = 19  # every signed 64-bit number, such as a seed
MAX_PROBLEMS = 100
MAX_JSON_DEPTH = 64

Place: TypeAlias = tuple[str | int, ...]
"""Keys and list indices from the top of a document to one value."""
Position: TypeAlias = tuple[int, int]
"""Line and column in the text, both from 1."""
Scalar: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True)
class Document:
    """Plain data (dict, list, str, int, float, bool, None), and where in the text each value is."""

    data: Any
    source: str
    values: Mapping[Place, Position] = field(default_factory=dict, repr=False)
    keys: Mapping[Place, Position] = field(default_factory=dict, repr=False)

    def position(self, path: Place) -> Position | None:
        """Where the value at `path` starts, else the nearest value around it; None without any position."""
        return next(
            (self.values[path[:length]] for length in range(len(path), -1, -1) if path[:length] in self.values),
            None,
        )

    def key_position(self, path: Place) -> Position | None:
        """Where the key that leads to `path` stands; a list item has no key and gives its own `position`."""
        return self.keys.get(path) or self.position(path)


def read_text(path: Path) -> str:
    """The text of a regular UTF-8 file of at most 1 MiB, without a byte order mark.

    Raises ScenarioError, with the path as source, when there is no such text.
    """
    try:
        mode = path.stat().st_mode  # before opening: a FIFO would wait for a writer
        if not stat.S_ISREG(mode):
            what = "this is a folder, not a file" if stat.S_ISDIR(mode) else "this is not a regular file"
            raise _refusal(path, what, "name a YAML or JSON file")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)  # /proc and the like lie about their size
    except FileNotFoundError:
        raise _refusal(path, "the file does not exist", "check the name and the current folder") from None
    except PermissionError:
        raise _refusal(path, "the file may not be read", "check its permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL character
        raise _refusal(path, f"the file cannot be read: {getattr(error, 'strerror', None) or error}", "") from None
    if len(raw) > MAX_BYTES:
        raise _refusal(path, *_TOO_LARGE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        line, column = _line_column(before, len(before))
        raise _refusal(path, "the file is not UTF-8 text", "save it as UTF-8", line, column) from None
    if "\0" in text:
        raise _refusal(path, "the file is binary, not text", "name a YAML or JSON file")
    if not text.strip():
        raise _refusal(path, "the file is empty", "`schedsolve init` writes an example")
    return text


_TOO_LARGE = (f"the text is larger than {MAX_BYTES // 1024} KiB", "check that this is the right file")


def _refusal(
    source: str | Path, message: str, hint: str, line: int | None = None, column: int | None = None
) -> ScenarioError:
    return ScenarioError(str(source), [Problem(message, line=line, column=column, hint=hint)])


def _line_column(text: str, index: int) -> Position:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def parse_yaml(text: str, source: str) -> Document:
    """YAML 1.2 (core schema) -> Document; the top level is a mapping.

    Dates and times stay text. Raises ScenarioError with every fault found, up to MAX_PROBLEMS.
    """
    if len(text) > MAX_BYTES:
        raise _refusal(source, *_TOO_LARGE)
    builder = _Builder(text)
    data: Any = None
    try:
        data = builder.document()
    except _StopError as stop:
        builder.problems.append(stop.problem)
    if builder.problems:
        raise ScenarioError(source, sorted(builder.problems, key=lambda p: (p.line or 0, p.column or 0)))
    return Document(data, source, builder.values, builder.keys)


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
            return _scalar(event)
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
        line, column = _line_column(text, error.position)
        what = f"the character U+{error.character:04X} is not allowed in YAML"
        raise _StopError(Problem(what, line=line, column=column, hint="remove it")) from None
    except Exception:  # the parser's own slips, such as ValueError from "\UFFFFFFFF"
        line, column = (last.end_mark.line + 1, last.end_mark.column + 1) if last else (1, 1)
        raise _StopError(Problem("this is not YAML: cannot be read after here", line=line, column=column)) from None


_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)


def _scalar(event: ScalarEvent) -> Scalar:
    """YAML 1.2 core schema, section 10.3.2. Raises ValueError for a value that is not allowed."""
    text = _whole_text(event.value)
    if event.style is not None or event.tag is not None:
        return text
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _INT.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        return _finite(text)
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"found {text}, must be a finite number")
    return text


def _integer(text: str) -> int:
    number = int(text, {"0o": 8, "0x": 16}.get(text[:2], 10)) if len(text) <= 2 * MAX_DIGITS else None
    if number is None or abs(number) >= 10**MAX_DIGITS:
        raise ValueError(f"found {found(text)[1:-1]}, whole numbers have at most {MAX_DIGITS} digits")
    return number


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"found {found(text)[1:-1]}, must be a finite number")
    return number


def _whole_text(text: str) -> str:
    r"""Joins the halves of `"\ud83d\ude00"`; a lone half can be neither stored nor printed: ValueError."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise ValueError(f"found {found(text)}, which holds half a character") from None


def dotted(path: Place) -> str:
    """`locks[2].at`: how a place is written in messages; keys that are no plain words are quoted."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{_word(step)}" for step in path)
    return "".join(parts).removeprefix(".")


def _word(key: str) -> str:
    return key if re.fullmatch(r"[\w@-]{1,60}", key) else found(key)


def found(value: object) -> str:
    """A value as messages show it, in at most about 60 characters whatever its size."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > 128:
            return f"a number of about {int(value.bit_length() * math.log10(2)) + 1:,} digits"
        case str():
            shown = repr(value[:120])
            return shown if len(shown) <= 60 else f"{shown[:56]}...{shown[-1]}"
        case int() | float() | date():
            return str(value)
        case dict():
            return "a mapping" if value else "an empty mapping"
        case list() | tuple():
            return f"a list of {len(value)} item{'s' * (len(value) > 1)}" if value else "an empty list"
    return f"a {type(value).__name__}"


_JSON_TOKEN = re.compile(
    r"""(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+"?+)(?P<colon>\s*+:)?
    |(?P<open>[\[{])|(?P<close>[\]}])|(?P<word>[^\s\[\]{}",:]++)""",
    re.DOTALL | re.VERBOSE,
)


def parse_json(text: str, source: str) -> object:
    """JSON (RFC 8259) -> plain data, with the same strictness as parse_yaml and up to MAX_JSON_DEPTH levels.

    Raises ScenarioError with every fault found, up to MAX_PROBLEMS.
    """
    if len(text) > MAX_BYTES:
        raise _refusal(source, *_TOO_LARGE)
    depth = 0
    for token in _JSON_TOKEN.finditer(text):
        depth += {"open": 1, "close": -1}.get(token.lastgroup or "", 0)
        if depth > MAX_JSON_DEPTH:
            message = f"nested more than {MAX_JSON_DEPTH} levels deep"
            raise _refusal(source, message, "", *_line_column(text, token.start()))
    try:
        data: object = json.loads(text, parse_constant=str, parse_int=lambda digits: int(digits[: MAX_DIGITS + 1]))
    except json.JSONDecodeError as error:
        raise _refusal(source, f"this is not JSON: {error.msg}", "", error.lineno, error.colno) from None
    if problems := list(islice(_json_faults(text), MAX_PROBLEMS)):
        raise ScenarioError(source, problems)
    return data


def _json_faults(text: str) -> Iterator[Problem]:
    """What the standard reader lets pass; `text` is known to be JSON."""
    keys: list[dict[str, int]] = []  # of every open object, with the index of each key
    for token in _JSON_TOKEN.finditer(text):
        try:
            match token.lastgroup:
                case "open":
                    keys.append({})
                case "close":
                    keys.pop()
                case "word":
                    _check_json_word(token["word"])
                case "string":
                    _whole_text(json.loads(token["string"]))
                case _:
                    key = _whole_text(json.loads(token["string"]))
                    first = keys[-1].setdefault(key, token.start())
                    if first != token.start():
                        line, column = _line_column(text, first)
                        place = f"the first one is at line {line}, column {column}"
                        raise ValueError(f"the key {found(key)} is there twice; {place}")
        except ValueError as error:
            line, column = _line_column(text, token.start())
            yield Problem(str(error), line=line, column=column)


def _check_json_word(word: str) -> None:
    if word in {"true", "false", "null"}:
        return
    if word in {"NaN", "Infinity", "-Infinity"}:
        raise ValueError(f"found {word}, must be a finite number")
    if _INT.fullmatch(word):
        _integer(word)
    else:
        _finite(word)
