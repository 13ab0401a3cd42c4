"""The end of a run: the week is saved, once more where that may help, and given up where it does not."""

from __future__ import annotations

from ..errors import StoreError
from ..model.failure import ErrorCode, Recovery
from ..model.failure_table import FAILURES
from ..model.stage import Stage
from ..store.engine import Store
from ..store.errors import (
    CreatorNotFoundError,
    IdempotencyConflictError,
    LeaseLostError,
    StateConflictError,
    UnknownReferenceError,
    ValidationRejectedError,
)
from ..store.idempotency import Claim
from ..store.saving import Saved, Week
from .run import Run
from .telling import exit_code_of, sentence
from .tools import Tools

_ROW = FAILURES["save_failed"]
_DEFINITE = (
    CreatorNotFoundError,
    UnknownReferenceError,
    StateConflictError,
    IdempotencyConflictError,
    LeaseLostError,
)
"""Answers that another try would only repeat."""


def kept(store: Store, week: Week, held: Claim, tools: Tools, run: Run) -> Saved:
    """Save the week in one transaction; on a failure that is no definite answer, once more.

    Raises
    ------
    ValidationRejectedError
        When validation does not allow it.
    RunFailedError
        When it cannot be kept.
    """
    try:
        return tools.steps.save(store, week, claim=held, clock=tools.clock)
    except ValidationRejectedError:
        raise
    except _DEFINITE as error:
        raise _given_up(run, error, Recovery(attempted=False)) from error
    except Exception as error:
        run.journal.failure(
            _ROW.condition, sentence(error), _ROW.severity.value, stage=Stage.ASSEMBLY.value, context={"try": 1}
        )
    try:
        return tools.steps.save(store, week, claim=held, clock=tools.clock)
    except Exception as error:
        raise _given_up(run, error, Recovery(attempted=True, action=_ROW.recovery, success=False)) from error


def _given_up(run: Run, error: Exception, tried: Recovery) -> Exception:
    code = ErrorCode.DATABASE_SAVE_FAILED
    if isinstance(error, IdempotencyConflictError | LeaseLostError):
        code = ErrorCode.IDEMPOTENCY_CONFLICT
    advice = "mend what the message names, then ask again: nothing was kept"
    exit_code = exit_code_of(error) if isinstance(error, StoreError) else StoreError.exit_code
    return run.failed(Stage.ASSEMBLY, code, _ROW.severity, sentence(error), advice, exit_code, tried)
