"""JSON (RFC 8259) -> plain data, as strictly as YAML is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from ..errors import Problem, ScenarioError
from .document import found
from .scalars import INTEGER, finite_of, integer_of, whole_text
from .text_file import MAX_BYTES, MAX_DIGITS, MAX_PROBLEMS, TOO_LARGE, line_column, refusal

MAX_JSON_DEPTH = 64

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
        raise refusal(source, *TOO_LARGE)
    depth = 0
    for token in _JSON_TOKEN.finditer(text):
        depth += {"open": 1, "close": -1}.get(token.lastgroup or "", 0)
        if depth > MAX_JSON_DEPTH:
            message = f"nested more than {MAX_JSON_DEPTH} levels deep"
            raise refusal(source, message, "", *line_column(text, token.start()))
    try:
        data: object = json.loads(text, parse_constant=str, parse_int=lambda digits: int(digits[: MAX_DIGITS + 1]))
    except json.JSONDecodeError as error:
        raise refusal(source, f"this is not JSON: {error.msg}", "", error.lineno, error.colno) from None
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
                    whole_text(json.loads(token["string"]))
                case _:
                    key = whole_text(json.loads(token["string"]))
                    first = keys[-1].setdefault(key, token.start())
                    if first != token.start():
                        line, column = line_column(text, first)
                        place = f"the first one is at line {line}, column {column}"
                        raise ValueError(f"the key {found(key)} is there twice; {place}")
        except ValueError as error:
            line, column = line_column(text, token.start())
            yield Problem(str(error), line=line, column=column)


def _check_json_word(word: str) -> None:
    if word in {"true", "false", "null"}:
        return
    if word in {"NaN", "Infinity", "-Infinity"}:
        raise ValueError(f"found {word}, must be a finite number")
    if INTEGER.fullmatch(word):
        integer_of(word)
    else:
        finite_of(word)
