"""What reaches the two streams: data on stdout, messages on stderr, colour only where someone sees it.

Everything on stdout passes through `emit`: a reader that stops reading (`| head`) is no error, and an encoding that
cannot show the calendar's lines gets plainer ones.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import IO, TYPE_CHECKING

import click

from .plain import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

DEFAULT_WIDTH = 100
"""Columns of a table that goes to a file or a pipe; COLUMNS overrides it."""
WIDEST = 200
_PLAINER = str.maketrans("│┿┼━┄·↳−×–…", "|++=-->-x-.")


def decorated(stream: IO[str]) -> bool:
    """Whether colours and rewriting lines are welcome: on a capable terminal, and NO_COLOR is not set."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    try:
        return stream.isatty()
    except (AttributeError, ValueError):  # closed
        return False


def drawn(renderable: RenderableType) -> str:
    """A renderable as text, in the width and colours of stdout."""
    from io import StringIO

    from rich.console import Console

    colour = decorated(sys.stdout)
    buffer = StringIO()
    Console(
        file=buffer,
        width=min(WIDEST, shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns),
        force_terminal=colour,
        force_jupyter=False,
        color_system="auto" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    ).print(renderable)
    text = buffer.getvalue()
    return text if colour else "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def emit(data: str | bytes) -> None:
    """Write data to stdout: bytes as they are, text in the stream's encoding.

    Raises
    ------
    click.ClickException
        When stdout cannot be written to (a full disk, say); that its reader has gone is no error.
    """
    if sys.stdout is None:  # closed by the caller (`>&-`)
        return
    if isinstance(data, str):
        encoding: str = sys.stdout.encoding or "utf-8"
        if not encoding.lower().replace("-", "").startswith("utf"):
            data = data.translate(_PLAINER)
        data = data.encode(encoding, "replace")
    try:
        stream = sys.stdout.buffer
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        _forget_stdout()
        raise click.ClickException(f"cannot write to stdout: {error.strerror}") from None


def _forget_stdout() -> None:
    """Nobody reads any more: what the interpreter still holds back goes nowhere, instead of failing at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def say(message: str) -> None:
    """One message on stderr."""
    click.echo("\n".join(printable(line) for line in message.splitlines()), err=True)
