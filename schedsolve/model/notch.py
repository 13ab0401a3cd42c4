"""A change of the scenario that loosens one rule: stated in words, and as a JSON Patch that anyone can apply."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ValidationError

from .plan import PlanPart
from .scenario import Scenario


class Edit(PlanPart):
    """One operation of a JSON Patch (RFC 6902): `path` is a JSON Pointer into the scenario, keys as in its YAML.

    `replace` also sets what the scenario leaves to a default, and `add` with `-` appends to a list.
    """

    op: Literal["add", "replace", "remove"]
    path: str
    value: Any = None


class Notch(PlanPart):
    """One rule, one notch looser or gone.

    Attributes
    ----------
    subject
        What of the rule is loosened: a day, a send type, a lock; empty for all of it.
    before, after
        The parameter's value before and after, in words; `after` is `off` when nothing is left of it.
    size
        How much is given up, for ranking: 1 for the smallest step of a rule, more for greater ones.
    patch
        The edits that make the change.
    """

    rule: str
    subject: str = ""
    before: str
    after: str
    size: float
    patch: tuple[Edit, ...]

    @property
    def text(self) -> str:
        """`block-limit on Wed 22 Jan 3 -> 4`."""
        return " ".join(part for part in (self.rule, self.subject, self.before, "->", self.after) if part)

    def applied(self, scenario: Scenario) -> Scenario | None:
        """The scenario with the change; None when it is no valid scenario then."""
        return edited(scenario, self.patch)


def edited(scenario: Scenario, patch: tuple[Edit, ...]) -> Scenario | None:
    """The scenario with a patch applied; None when the outcome is no valid scenario.

    Raises
    ------
    KeyError, IndexError
        When the patch points at nothing.
    """
    data = scenario.model_dump(by_alias=True)
    for edit in patch:
        _apply(data, edit)
    try:
        return Scenario.model_validate(data)
    except ValidationError:
        return None


def _apply(data: Any, edit: Edit) -> None:
    *way, last = [part.replace("~1", "/").replace("~0", "~") for part in edit.path.split("/")[1:]]
    parent, chain = data, [data]
    for part in way:
        parent = parent[int(part)] if isinstance(parent, (list, tuple)) else parent[part]
        chain.append(parent)
    if isinstance(parent, tuple):
        parent = list(parent)
        _put(chain[-2], way[-1], parent)
    if edit.op == "remove":
        del parent[int(last) if isinstance(parent, list) else last]
    elif isinstance(parent, list):
        place = len(parent) if last == "-" else int(last)
        parent[place : place + (edit.op == "replace")] = [edit.value]
    else:
        parent[last] = edit.value


def _put(parent: Any, part: str, value: Any) -> None:
    parent[int(part) if isinstance(parent, list) else part] = value
