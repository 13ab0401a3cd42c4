"""What all parts of answers share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class PlanPart(BaseModel):
    """Base of the plan's parts: immutable, no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlanWarning(PlanPart):
    """Something the reader should know: a stable code and one sentence."""

    code: str
    message: str
