"""Tables of creators to be assigned."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field, StringConstraints

from ..identity import Id
from ..tables import Row


class CreatorRow(Row):
    """One creator; spaces around an id are not part of it."""

    creator_id: Annotated[
        Annotated[Id, StringConstraints(strip_whitespace=True)],
        Field(validation_alias=AliasChoices("creator_id", "creator", "id")),
    ]
