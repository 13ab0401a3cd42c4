"""How a run ends that makes no week."""

from __future__ import annotations

from ..errors import SchedsolveError
from ..model.failure import ErrorResponse
from ..model.plan import Plan


class RunFailedError(SchedsolveError):
    """A run was given up; nothing was kept but its audit trail.

    `response` tells what, where and what to do; `plan` is what there is nevertheless. The cause keeps its exit code.
    """

    def __init__(self, response: ErrorResponse, exit_code: int, plan: Plan | None = None) -> None:
        self.response = response
        self.plan = plan
        self.exit_code = exit_code
        super().__init__(response.error_message)
