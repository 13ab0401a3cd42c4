"""Reading a text file from a stranger: regular, of bounded size, UTF-8, not empty."""

from __future__ import annotations

import stat
from pathlib import Path

from ..errors import Problem, ScenarioError
from .document import Position

MAX_BYTES = 1 << 20
MAX_DIGITS = 19  # every signed 64-bit number, such as a seed
MAX_PROBLEMS = 100


def read_text(path: Path) -> str:
    """The text of a regular UTF-8 file of at most 1 MiB, without a byte order mark.

    Raises ScenarioError, with the path as source, when there is no such text.
    """
    try:
        mode = path.stat().st_mode  # before opening: a FIFO would wait for a writer
        if not stat.S_ISREG(mode):
            what = "this is a folder, not a file" if stat.S_ISDIR(mode) else "this is not a regular file"
            raise refusal(path, what, "name a YAML or JSON file")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)  # /proc and the like lie about their size
    except FileNotFoundError:
        raise refusal(path, "the file does not exist", "check the name and the current folder") from None
    except PermissionError:
        raise refusal(path, "the file may not be read", "check its permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL character
        raise refusal(path, f"the file cannot be read: {getattr(error, 'strerror', None) or error}", "") from None
    if len(raw) > MAX_BYTES:
        raise refusal(path, *TOO_LARGE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        line, column = line_column(before, len(before))
        raise refusal(path, "the file is not UTF-8 text", "save it as UTF-8", line, column) from None
    if "\0" in text:
        raise refusal(path, "the file is binary, not text", "name a YAML or JSON file")
    if not text.strip():
        raise refusal(path, "the file is empty", "`schedsolve init` writes an example")
    return text


TOO_LARGE = (f"the text is larger than {MAX_BYTES // 1024} KiB", "check that this is the right file")


def refusal(
    source: str | Path, message: str, hint: str, line: int | None = None, column: int | None = None
) -> ScenarioError:
    """One fault of a text, ready to raise."""
    return ScenarioError(str(source), [Problem(message, line=line, column=column, hint=hint)])


def line_column(text: str, index: int) -> Position:
    """Line and column, both from 1, of an index into the text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
