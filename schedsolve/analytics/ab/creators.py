"""Tables of creators to be assigned."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field, StringConstraints

from ..tables import Row


class CreatorRow(Row):
    """One creator; spaces around an id are not part of it."""

    creator_id: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)],
        Field(validation_alias=AliasChoices("creator_id", "creator", "id")),
    ]
