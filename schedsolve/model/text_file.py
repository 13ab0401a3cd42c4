"""Reading a text file from a stranger: regular, of bounded size, UTF-8, not empty."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError, Problem, ScenarioError
from .document import Position

MAX_BYTES = 1 << 20
MAX_DIGITS = 19  # every signed 64-bit number, such as a seed
MAX_PROBLEMS = 100


@dataclass(frozen=True)
class TextKind:
    """What a file is read for: how large it may be, what to do about a wrong or an empty one, what is raised."""

    max_bytes: int
    wrong: str
    empty: str
    error: type[InputError]


DOCUMENT = TextKind(MAX_BYTES, "name a YAML or JSON file", "`schedsolve init` writes an example", ScenarioError)


def read_text(path: Path, kind: TextKind = DOCUMENT) -> str:
    """The text of a regular UTF-8 file of at most `kind.max_bytes`, without a byte order mark.

    Raises `kind.error` (ScenarioError for a document), with the path as source, when there is no such text.
    """

    def refused(message: str, hint: str, line: int | None = None, column: int | None = None) -> InputError:
        return kind.error(str(path), [Problem(message, line=line, column=column, hint=hint)])

    try:
        mode = path.stat().st_mode  # before opening: a FIFO would wait for a writer
        if not stat.S_ISREG(mode):
            what = "this is a folder, not a file" if stat.S_ISDIR(mode) else "this is not a regular file"
            raise refused(what, kind.wrong)
        with path.open("rb") as file:
            raw = file.read(kind.max_bytes + 1)  # /proc and the like lie about their size
    except FileNotFoundError:
        raise refused("the file does not exist", "check the name and the current folder") from None
    except PermissionError:
        raise refused("the file may not be read", "check its permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL character
        raise refused(f"the file cannot be read: {getattr(error, 'strerror', None) or error}", "") from None
    if len(raw) > kind.max_bytes:
        raise refused(*_too_large(kind.max_bytes))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        line, column = line_column(before, len(before))
        raise refused("the file is not UTF-8 text", "save it as UTF-8", line, column) from None
    if "\0" in text:
        raise refused("the file is binary, not text", kind.wrong)
    if not text.strip():
        raise refused("the file is empty", kind.empty)
    return text


def _too_large(most: int) -> tuple[str, str]:
    return f"the text is larger than {most // 1024} KiB", "check that this is the right file"


TOO_LARGE = _too_large(MAX_BYTES)


def refusal(
    source: str | Path, message: str, hint: str, line: int | None = None, column: int | None = None
) -> ScenarioError:
    """One fault of a text, ready to raise."""
    return ScenarioError(str(source), [Problem(message, line=line, column=column, hint=hint)])


def line_column(text: str, index: int) -> Position:
    """Line and column, both from 1, of an index into the text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
