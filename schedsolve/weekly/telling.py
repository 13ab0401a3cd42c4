"""Exceptions in the words of an error response: their code, and one sentence."""

from __future__ import annotations

from ..errors import SchedsolveError, StoreError, VolumeError
from ..model.failure import ErrorCode, unknown_code
from ..model.stage import Stage
from ..store.address import redacted

_LONGEST = 2000
_INTERNAL = 70


def code_of(error: BaseException, stage: Stage) -> ErrorCode:
    """The code of what went wrong in a stage."""
    if isinstance(error, VolumeError):
        return ErrorCode.VOLUME_CONFIG_MISSING
    if isinstance(error, StoreError) and error.code in {code.value for code in ErrorCode}:
        return ErrorCode(error.code)
    return unknown_code(stage)


def sentence(error: BaseException) -> str:
    """What an exception says, without passwords; unforeseen ones with their kind."""
    text = str(error) if isinstance(error, SchedsolveError) else f"{type(error).__name__}: {error}"
    return redacted(text or type(error).__name__)[:_LONGEST]


def exit_code_of(error: BaseException) -> int:
    """The exit code of the command line."""
    return error.exit_code if isinstance(error, SchedsolveError) else _INTERNAL
