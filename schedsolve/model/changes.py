"""What has changed since a plan was made: the changes file of `replan`, read as strictly as a scenario."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from ..errors import Problem
from .document import Document, Place, dotted
from .fields import Day, DayTotal, Part, as_tuple
from .scenario import Blackout, Lock

SlotId = Annotated[str, Field(min_length=1, max_length=200)]
SlotIds = Annotated[tuple[SlotId, ...], BeforeValidator(as_tuple), Field(max_length=2000)]


class QuotaChange(Part):
    """New quotas of one day; a category that is not named keeps its own."""

    date: Day
    revenue: DayTotal | None = None
    engagement: DayTotal | None = None
    retention: DayTotal | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> QuotaChange:
        if self.revenue is None and self.engagement is None and self.retention is None:
            raise ValueError("names no category: give revenue, engagement or retention")
        return self


class Changes(Part):
    """What a plan must be brought in line with.

    `approved` sends stay exactly as they are; `cancelled` ones (of the future) must not go out; `failed` ones (of the
    past) did not go out, and are made up on later days unless `make_up` is false.
    """

    blackouts: Annotated[tuple[Blackout, ...], BeforeValidator(as_tuple), Field(max_length=200)] = ()
    quotas: Annotated[tuple[QuotaChange, ...], BeforeValidator(as_tuple), Field(max_length=28)] = ()
    locks: Annotated[tuple[Lock, ...], BeforeValidator(as_tuple), Field(max_length=500)] = ()
    approved: SlotIds = ()
    cancelled: SlotIds = ()
    failed: SlotIds = ()
    make_up: bool = True
    _document: Document | None = PrivateAttr(default=None)

    def read_from(self, document: Document) -> Changes:
        """The same changes, which know where they stand in a text."""
        self._document = document
        return self

    @property
    def source(self) -> str:
        """What messages call them: the file's name, if they come from one."""
        return "changes" if self._document is None else self._document.source

    def problem(self, place: Place, message: str, hint: str = "") -> Problem:
        """A fault at a place of the changes, with line and column where they come from a text."""
        line, column = (self._document and self._document.position(place)) or (None, None)
        return Problem(message, dotted(place), line, column, hint)
