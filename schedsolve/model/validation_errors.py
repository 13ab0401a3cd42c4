"""Pydantic's errors -> Problems: where in the document, what was found, what is allowed, what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ..errors import Problem, ScenarioError
from .document import Document, Place, dotted, found
from .text_file import MAX_PROBLEMS

T = TypeVar("T", bound=BaseModel)

_LISTED_KEYS = 15


def validate(model: type[T], document: Document) -> T:
    """The document as `model`. Raises ScenarioError with every problem, in the order of the text."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise ScenarioError(document.source, problems_of(error, document, model)) from None


def problems_of(error: ValidationError, document: Document | None, model: type[BaseModel]) -> list[Problem]:
    """Every fault as one Problem, sorted by line and column; at most MAX_PROBLEMS and a closing remark.

    Without a document (a scenario built in Python) problems have a path but no line.
    """
    faults = [_fault(details, document, model) for details in error.errors(include_url=False)]
    problems = [_problem(same, document, model) for same in _merged(faults, 0)]
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    if len(problems) > MAX_PROBLEMS:
        rest = Problem(f"{len(problems) - MAX_PROBLEMS} more problems are not shown")
        problems = [*problems[:MAX_PROBLEMS], rest]
    return problems


@dataclass(frozen=True)
class _Fault:
    """One pydantic error, its `loc` split into the path in the document and the union branches taken."""

    kind: str
    path: Place
    branches: tuple[tuple[Place, str], ...]  # path of the union, tag of the branch
    details: ErrorDetails
    of_key: bool = False

    @property
    def wrong_type(self) -> bool:
        return self.kind in _TYPES or self.kind in _CHOICES or self.kind == "is_instance_of"


def _fault(details: ErrorDetails, document: Document | None, model: type[BaseModel]) -> _Fault:
    loc = details["loc"]
    of_key = loc[-1:] == ("[key]",)
    absent = details["type"] == "missing"
    inner = loc[:-1] if of_key or absent else loc
    if document is None:
        kept = _kept_by_model(model, inner, details["type"])
    else:
        kept = _kept_by_data(document.data, inner, details["input"])
    steps = [inner[index] for index in kept]
    branches = tuple(
        (tuple(inner[step] for step in kept if step < index), str(tag))
        for index, tag in enumerate(inner)
        if index not in kept
    )
    path = (*steps, loc[-1]) if absent else tuple(steps)
    return _Fault(details["type"], path, branches, details, of_key)


def _kept_by_data(data: object, loc: tuple[int | str, ...], value: object) -> tuple[int, ...]:
    """Indices of the steps of `loc` that are in the document; what pydantic adds (union tags) is left out.

    A tag may be spelt like a key, so the readings are tried in turn until one ends at `value` itself.
    """
    readings = list(islice(_readings(data, loc, 0), 64))
    return next((kept for kept, end in readings if end is value), readings[0][0])


def _readings(node: object, loc: tuple[int | str, ...], start: int) -> Iterator[tuple[tuple[int, ...], object]]:
    if start == len(loc):
        yield (), node
        return
    step = loc[start]
    within = step in node if isinstance(node, dict) else isinstance(node, list) and step in range(len(node))
    if within:
        for rest, end in _readings(node[step], loc, start + 1):  # type: ignore[index]
            yield (start, *rest), end
    yield from _readings(node, loc, start + 1)


def _kept_by_model(model: type[BaseModel], loc: tuple[int | str, ...], kind: str) -> tuple[int, ...]:
    """As _kept_by_data, for want of a document, from the model's fields."""
    kept: list[int] = []
    annotations: list[Any] = [model]
    tagged = False
    for index, step in enumerate(loc):
        members = [one for one in _members(annotations) if one is not type(None)]
        tagged = not tagged and len(members) > 1 and any(map(_is_mapping, members))
        if tagged:  # any text could be a key of that mapping, but the step after a union names its branch
            continue
        deeper = _inside(annotations, step)
        if deeper or (kind == "extra_forbidden" and index == len(loc) - 1):
            kept.append(index)
            annotations = deeper
    return tuple(kept)


def _merged(faults: Sequence[_Fault], level: int) -> list[list[_Fault]]:
    """Faults grouped to one problem each: of every union only the branch that was most likely meant."""
    groups = [[fault] for fault in faults if len(fault.branches) <= level]
    unions: dict[Place, dict[str, list[_Fault]]] = {}
    for fault in faults:
        if len(fault.branches) > level:
            place, tag = fault.branches[level]
            unions.setdefault(place, {}).setdefault(tag, []).append(fault)
    for place, branches in unions.items():
        groups += _likeliest(place, [_merged(branch, level + 1) for branch in branches.values()])
    return groups


def _likeliest(place: Place, branches: list[list[list[_Fault]]]) -> list[list[_Fault]]:
    fitting = [
        groups for groups in branches if not any(group[0].path == place and group[0].wrong_type for group in groups)
    ]
    if fitting:  # the value has the shape of this branch, and goes wrong further in
        return min(fitting, key=lambda groups: (sum(group[0].kind in _CHOICES for group in groups), len(groups)))
    return [[fault for groups in branches for group in groups for fault in group if fault.path == place]]


_CHOICES = {"literal_error", "enum"}
_MAPPING = "a mapping of keys to values"
_TYPES = {
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "string_type": "text",
    "none_required": "left empty",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "date_type": "a date such as 2025-01-20",
    "datetime_type": "a date and time such as 2025-01-20T20:30",
    "time_type": "a time such as 20:30",
}
_LIMITS = {
    "greater_than_equal": "at least {ge}",
    "greater_than": "more than {gt}",
    "less_than_equal": "at most {le}",
    "less_than": "less than {lt}",
    "multiple_of": "a multiple of {multiple_of}",
    "string_too_short": "text of length {min_length} or more",
    "string_too_long": "text of length {max_length} or less",
    "string_pattern_mismatch": "text of the form {pattern}",
    "too_short": "at least {min_length}",
    "too_long": "at most {max_length}",
}


def _expected(fault: _Fault) -> str | None:
    """What the value must be; None where pydantic does not say it that way."""
    context = fault.details.get("ctx", {})
    if fault.kind in _TYPES:
        return _TYPES[fault.kind]
    if fault.kind in _LIMITS:
        return _LIMITS[fault.kind].format(**context)
    if fault.kind in _CHOICES:
        choices = str(context["expected"])
        return f"one of {choices}" if " or " in choices else choices
    before, should_be, rest = fault.details["msg"].partition("Input should be ")
    return rest if should_be and not before else None


def _problem(group: list[_Fault], document: Document | None, model: type[BaseModel]) -> Problem:
    """One problem of faults at one place: several where a value fits no branch of a union."""
    fault = group[0]
    at_key = fault.of_key or fault.kind in {"extra_forbidden", "invalid_key"}
    position = None
    if document is not None:
        position = document.key_position(fault.path) if at_key else document.position(fault.path)
    line, column = position or (None, None)
    hint = next(filter(None, (_hint(one, model) for one in group)), "")
    return Problem(_message(group), dotted(fault.path), line, column, hint)


def _message(group: list[_Fault]) -> str:
    fault, context = group[0], group[0].details.get("ctx", {})
    match fault.kind:
        case "missing":
            return "this key is missing"
        case "extra_forbidden":
            return "unknown key"
        case "invalid_key":
            return f"found {found(fault.details['input'])} as a key, must be text"
        case "union_tag_not_found":
            return f"the key {context['discriminator']} is missing"
        case "union_tag_invalid":
            tag, tags = found(context["tag"]), context["expected_tags"]
            return f"found {tag} as {context['discriminator']}, must be one of {tags}"
        case "value_error" | "assertion_error":
            return " ".join(str(context["error"]).split()) or "this value is not allowed"
    expected = " or ".join(dict.fromkeys(filter(None, map(_expected, group))))
    if not expected:
        return fault.details["msg"]
    what = found(fault.details["input"])
    if fault.kind in {"too_short", "too_long"}:
        what = f"{context['actual_length']} items"
    return f"found {what}{' as a key' if fault.of_key else ''}, must be {expected}"


def _hint(fault: _Fault, model: type[BaseModel]) -> str:
    context = fault.details.get("ctx", {})
    if fault.kind == "extra_forbidden":
        keys = _keys_beside(fault, model)
        return _did_you_mean(fault.path[-1], keys) or (
            f"allowed here: {', '.join(keys)}" if 0 < len(keys) <= _LISTED_KEYS else ""
        )
    if fault.kind in _CHOICES:
        return _did_you_mean(fault.details["input"], _quoted(context["expected"]))
    if fault.kind == "union_tag_invalid":
        return _did_you_mean(context["tag"], _quoted(context["expected_tags"]))
    return ""


def _quoted(choices: str) -> list[str]:
    return re.findall(r"'([^']*)'", choices)


def _did_you_mean(written: object, allowed: Sequence[str]) -> str:
    if not isinstance(written, str):
        return ""
    spelt = {_plain(name): name for name in allowed}
    close = difflib.get_close_matches(_plain(written[:100]), spelt, n=1)
    return f"did you mean {spelt[close[0]]}?" if close else ""


def _plain(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")


def _keys_beside(fault: _Fault, model: type[BaseModel]) -> list[str]:
    """The keys allowed in the mapping that holds the fault's key; of a union, those of its branch."""
    place = fault.path[:-1]
    start: list[Any] = [model]
    models = _models(reduce(_inside, place, start))
    tags = {tag for union, tag in fault.branches if union == place}
    models = [one for one in models if tags & _tags(one)] or models
    return list(dict.fromkeys(_key(name, field) for one in models for name, field in one.model_fields.items()))


def _tags(model: type[BaseModel]) -> set[str]:
    """How a union calls this branch: by class name, or by a value of its discriminator."""
    values = (get_args(field.annotation) for field in model.model_fields.values())
    return {model.__name__, *(str(value) for choices in values for value in choices)}


def _key(name: str, field: FieldInfo) -> str:
    return field.validation_alias if isinstance(field.validation_alias, str) else name


def _models(annotations: list[Any]) -> list[type[BaseModel]]:
    return [one for one in _members(annotations) if isinstance(one, type) and issubclass(one, BaseModel)]


def _inside(annotations: list[Any], step: str | int) -> list[Any]:
    """The annotations one step further in: of a model's field, a mapping's values or a list's items."""
    deeper: list[Any] = []
    for one in _members(annotations):
        if isinstance(one, type) and issubclass(one, BaseModel):
            fields = one.model_fields.items()
            deeper += [field.annotation for name, field in fields if step in {name, _key(name, field)}]
        elif _is_mapping(one):
            deeper += get_args(one)[1:]
        elif isinstance(step, int) and isinstance(get_origin(one), type):
            deeper += get_args(one)
    return deeper


def _is_mapping(annotation: Any) -> bool:
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _members(annotations: list[Any]) -> Iterator[Any]:
    """Looks through Optional, unions, Annotated and type aliases."""
    for one in annotations:
        if get_origin(one) is Annotated:
            yield from _members([get_args(one)[0]])
        elif get_origin(one) in {Union, UnionType}:
            yield from _members(list(get_args(one)))
        elif hasattr(one, "__value__"):
            yield from _members([one.__value__])
        else:
            yield one
