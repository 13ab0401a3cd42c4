"""How the store fails: every error names what to do next, none holds a password."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import StoreError


class StoreUnavailableError(StoreError):
    """The database does not answer; try again after `retry_after` seconds."""

    code = "service_unavailable"

    def __init__(self, message: str, retry_after: float = 30.0) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class StoreOutdatedError(StoreError):
    """The database's tables are not those of this version."""

    code = "database_outdated"


class CreatorNotFoundError(StoreError):
    """No creator of that id is known."""

    code = "creator_not_found"

    def __init__(self, creator_id: str) -> None:
        self.creator_id = creator_id
        super().__init__(f"no creator {creator_id!r} is known; `schedsolve import creators FILE` adds creators")


class ScheduleNotFoundError(StoreError):
    """No such schedule is kept."""

    code = "schedule_not_found"


class ValidationRejectedError(StoreError):
    """A week with errors or a score below 70 is not kept."""

    code = "validation_rejected"


class UnknownReferenceError(StoreError):
    """A week names keys that the store does not know; `faults` lists them."""

    code = "unknown_reference"

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("the week cannot be kept: " + "; ".join(faults))


class StateConflictError(StoreError):
    """The kept state does not allow the change."""

    code = "state_conflict"


class IdempotencyConflictError(StoreError):
    """The key was used for another request."""

    code = "idempotency_conflict"


class LeaseLostError(StoreError):
    """The work took longer than its lease and someone else has taken it over; nothing was kept."""

    code = "idempotency_conflict"


class OperationTimeoutError(StoreError):
    """The work took longer than it may."""

    code = "operation_timeout"


class QueryRefusedError(StoreError):
    """The text is not one SELECT that reads."""

    code = "query_refused"
