"""Solvers that need a process of their own: run a module of this folder and read the JSON lines it writes."""

from __future__ import annotations

import json
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

from .unavailable import PeerUnavailable

Message = dict[str, Any]
ROOT = Path(__file__).parents[2]
MISSING = 3
"""Exit code of a module that lacks what it needs."""
LAST_WORDS = 2000
"""Characters of a broken process's complaint that are passed on."""


def messages(
    python: str, module: str, arguments: Sequence[object], deadline: float, remedy: str, words: str = ""
) -> Generator[Message, None, None]:
    """The messages of a module run by an interpreter, which reads `words`, until it ends or the deadline ends it.

    Leaving the loop ends the process too.

    Raises
    ------
    PeerUnavailable
        With the `remedy`, when the interpreter does not exist or the module lacks what it needs.
    RuntimeError
        When the process breaks down.
    """
    command = [python, "-m", f"benchmarks.peers.{module}", *map(str, arguments)]
    with tempfile.TemporaryFile("w+") as read, tempfile.TemporaryFile("w+") as errors:
        read.write(words)
        read.seek(0)
        try:
            process = subprocess.Popen(command, cwd=ROOT, stdin=read, stdout=subprocess.PIPE, stderr=errors, text=True)
        except OSError as error:
            raise PeerUnavailable(f"{python} cannot be run: {remedy}") from error
        yield from _told(process, deadline)
        errors.seek(0)
        _check(process.returncode, f"{python} lacks what {module} needs: {remedy}", errors.read())


def _told(process: subprocess.Popen[str], deadline: float) -> Generator[Message, None, None]:
    ending = threading.Timer(max(0.0, deadline - time.monotonic()), process.kill)
    ending.start()
    with process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if line.endswith("\n"):  # a killed process may leave half a line
                    yield json.loads(line)
            process.wait()
        finally:
            ending.cancel()
            process.kill()


def _check(code: int, lack: str, complaint: str) -> None:
    if code == MISSING:
        raise PeerUnavailable(lack)
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the solver's process ended with code {code}: {complaint[-LAST_WORDS:]}")
