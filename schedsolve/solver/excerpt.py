"""Excerpts of a model: a model of some of its variables, the others left out or held at a solution's values.

A part of a long plan is solved on a model of its own size: presolve, whose cost the deterministic budget hardly counts,
then sees a day and not four weeks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from ortools.sat import cp_model_pb2
from ortools.sat.python import cp_model

Kind = Literal["linear", "at_most_one", "exactly_one", "bool_or", "bool_and", "interval", "no_overlap", "cumulative"]
KINDS: tuple[Kind, ...] = (
    "linear",
    "at_most_one",
    "bool_and",
    "bool_or",
    "exactly_one",
    "interval",
    "no_overlap",
    "cumulative",
)
UNBOUNDED = 2**62
"""Domain ends from here on mean infinity."""


@dataclass(frozen=True)
class Constraint:
    """A constraint in plain data.

    `literals` are variables for linear rows, literals for Boolean constraints (-v-1 negates v), places of intervals for
    `no_overlap` and `cumulative`. An interval starts at `literals[0]` plus `offset` and lasts `size`; a cumulative
    constraint has demands of one and the capacity `size`.
    """

    kind: Kind
    literals: tuple[int, ...]
    enforcement: tuple[int, ...] = ()
    coefficients: tuple[int, ...] = ()
    domain: tuple[int, ...] = ()
    offset: int = 0
    size: int = 0

    def variables(self) -> Iterator[int]:
        """The variables it speaks of; none for `no_overlap` and `cumulative`, which speak of intervals."""
        if self.kind not in ("no_overlap", "cumulative"):
            for literal in (*self.literals, *self.enforcement):
                yield variable_of(literal)


def variable_of(literal: int) -> int:
    """The variable of a literal."""
    return literal if literal >= 0 else -literal - 1


def plain(model: cp_model.CpModel) -> cp_model_pb2.CpModelProto:
    """The model as a protocol buffer; going through a file takes an eighth of the time of reading it piece by piece."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "model.pb")
        if not model.export_to_file(str(file)):
            raise OSError(f"the model cannot be written to {file}: is there room in the folder for temporary files?")
        proto: cp_model_pb2.CpModelProto = cp_model_pb2.CpModelProto.FromString(file.read_bytes())
    return proto


def constraints_of(model: cp_model_pb2.CpModelProto) -> tuple[Constraint, ...]:
    """All constraints of a model.

    Raises
    ------
    ValueError
        For a kind that no rule of ours posts.
    """
    return tuple(map(_read, model.constraints))


def _read(proto: cp_model_pb2.ConstraintProto) -> Constraint:
    kind = proto.WhichOneof("constraint")
    enforcement = tuple(proto.enforcement_literal)
    if kind == "linear":
        row = proto.linear
        return Constraint("linear", tuple(row.vars), enforcement, tuple(row.coeffs), tuple(row.domain))
    if kind == "interval":
        start = proto.interval.start
        if any(factor != 1 for factor in start.coeffs) or len(proto.interval.size.vars):
            raise ValueError("an interval whose size is no constant, or whose start is a multiple of a variable")
        return Constraint("interval", tuple(start.vars), enforcement, (), (), start.offset, proto.interval.size.offset)
    if kind == "no_overlap":
        return Constraint("no_overlap", tuple(proto.no_overlap.intervals))
    if kind == "cumulative":
        if any(demand.offset != 1 or len(demand.vars) for demand in proto.cumulative.demands):
            raise ValueError("a cumulative constraint with demands other than one")
        return Constraint("cumulative", tuple(proto.cumulative.intervals), size=proto.cumulative.capacity.offset)
    if kind not in KINDS or (enforcement and kind in ("at_most_one", "exactly_one")):
        raise ValueError(f"a constraint of a kind that excerpts do not know: {kind}")
    return Constraint(kind, tuple(getattr(proto, kind).literals), enforcement)


@dataclass(frozen=True)
class Excerpt:
    """A smaller model and, for each of its variables, the variable of the whole model that it stands for."""

    model: cp_model.CpModel
    variables: tuple[int, ...]

    def merged(self, solution: Sequence[int], part: Sequence[int]) -> tuple[int, ...]:
        """A solution of the whole with this part's values put in."""
        whole = list(solution)
        for variable, value in zip(self.variables, part, strict=True):
            whole[variable] = value
        return tuple(whole)

    def narrowed(self, solution: Sequence[int]) -> tuple[int, ...]:
        """The values of this part's variables in a solution of the whole."""
        return tuple(solution[variable] for variable in self.variables)


class Whole:
    """A model read once, from which excerpts are made.

    The first `lean` constraints are enough to say which plans there are and what they earn; those after them are
    implied and stand in relaxations alone.
    """

    def __init__(self, model: cp_model.CpModel, lean: int | None = None) -> None:
        proto = plain(model)
        self.constraints = constraints_of(proto)
        self._lean = len(self.constraints) if lean is None else lean
        self.domains = tuple(tuple(variable.domain) for variable in proto.variables)
        self.constants = {place: row[0] for place, row in enumerate(self.domains) if row[0] == row[-1]}
        objective = proto.objective
        self.worth = {v: -k for v, k in zip(objective.vars, objective.coeffs, strict=True)}  # the proto minimises
        self.base = -round(objective.offset)
        self._touching: dict[int, list[int]] = {}
        intervals: dict[int, list[int]] = {}
        for place, constraint in enumerate(self.constraints):
            for literal in constraint.literals if constraint.kind in ("no_overlap", "cumulative") else ():
                intervals.setdefault(literal, []).append(place)
            for variable in constraint.variables():
                self._touching.setdefault(variable, []).append(place)
        for interval, users in intervals.items():
            for variable in self.constraints[interval].variables():
                self._touching[variable].extend(users)

    def within(self, variables: Collection[int], worth: Mapping[int, int]) -> Excerpt:
        """These variables with an objective of their own and what the constraints ask of them alone: a relaxation."""
        return self._excerpt(variables, self.constants, worth, 0, len(self.constraints))

    def around(self, free: Collection[int], solution: Sequence[int]) -> Excerpt:
        """The lean constraints on these variables, every other variable held at the solution's value."""
        inside = set(free)
        earned = self.base + sum(units * solution[v] for v, units in self.worth.items() if v not in inside)
        return self._excerpt(free, solution, self.worth, earned, self._lean)

    def _excerpt(
        self,
        variables: Collection[int],
        known: Mapping[int, int] | Sequence[int],
        worth: Mapping[int, int],
        base: int,
        end: int,
    ) -> Excerpt:
        """An excerpt with what the constraints before `end` ask."""
        order = tuple(sorted(variables))
        writer = _Writer(self, order, known)
        for place in sorted({place for variable in order for place in self._touching.get(variable, ()) if place < end}):
            writer.copy(place)
        terms = [(variable, worth[variable]) for variable in order if worth.get(variable)]
        writer.model.maximize(
            cp_model.LinearExpr.weighted_sum(
                [writer.model.get_int_var_from_proto_index(writer.place[variable]) for variable, _ in terms],
                [units for _, units in terms],
            )
            + base
        )
        return Excerpt(writer.model, order)


@dataclass
class _Literals:
    """Literals of a new model, the truth of those outside that are known, and how many are not."""

    inside: list[int]
    outside: list[bool]
    unknown: int


class _Writer:
    """Copies constraints into a new model; where a variable is neither inside nor known, it is loosened.

    A linear row then asks what the best values of the unknown leave to ask.
    """

    def __init__(self, whole: Whole, order: Sequence[int], known: Mapping[int, int] | Sequence[int]) -> None:
        self.model = cp_model.CpModel()
        self.place = {variable: place for place, variable in enumerate(order)}
        self._whole = whole
        self._known = known
        self._intervals: dict[int, int | None] = {}
        for variable in order:
            self.model.proto.variables.add().domain.extend(whole.domains[variable])

    def copy(self, place: int) -> None:
        """Write one constraint, simplified by what is known."""
        constraint = self._whole.constraints[place]
        if constraint.kind == "interval":
            self._interval(place)
            return
        if constraint.kind in ("no_overlap", "cumulative"):
            self._packing(constraint)
            return
        enforcement = self._split(constraint.enforcement)
        if enforcement.unknown or False in enforcement.outside:
            return
        if constraint.kind == "linear":
            self._linear(constraint, enforcement.inside)
        else:
            self._boolean(constraint, enforcement.inside)

    def _value(self, variable: int) -> int | None:
        if isinstance(self._known, Mapping):
            return self._known.get(variable)
        return self._known[variable]

    def _split(self, literals: Sequence[int]) -> _Literals:
        found = _Literals([], [], 0)
        for literal in literals:
            variable = variable_of(literal)
            if variable in self.place:
                place = self.place[variable]
                found.inside.append(place if literal >= 0 else -place - 1)
            elif (value := self._value(variable)) is None:
                found.unknown += 1
            else:
                found.outside.append(bool(value) == (literal >= 0))
        return found

    def _add(self, enforcement: Sequence[int] = ()) -> Any:
        constraint = self.model.proto.constraints.add()
        constraint.enforcement_literal.extend(enforcement)
        return constraint

    def _never(self, enforcement: Sequence[int]) -> None:
        """The enforcement literals cannot all be true."""
        self._add().bool_or.literals.extend(-literal - 1 for literal in enforcement)

    def _linear(self, constraint: Constraint, enforcement: list[int]) -> None:
        inside: list[int] = []
        coefficients: list[int] = []
        least = most = 0
        for variable, coefficient in zip(constraint.literals, constraint.coefficients, strict=True):
            if variable in self.place:
                inside.append(self.place[variable])
                coefficients.append(coefficient)
                continue
            value = self._value(variable)
            row = self._whole.domains[variable] if value is None else (value, value)
            low, high = sorted((coefficient * row[0], coefficient * row[-1]))
            least, most = least + low, most + high
        ends = constraint.domain if least == most else (constraint.domain[0], constraint.domain[-1])
        domain = [end if abs(end) >= UNBOUNDED else end - (least if at % 2 else most) for at, end in enumerate(ends)]
        if inside:
            row = self._add(enforcement).linear
            row.vars.extend(inside)
            row.coeffs.extend(coefficients)
            row.domain.extend(domain)
        elif not any(low <= 0 <= high for low, high in zip(domain[::2], domain[1::2], strict=True)):
            self._never(enforcement)

    def _boolean(self, constraint: Constraint, enforcement: list[int]) -> None:
        found, kind = self._split(constraint.literals), constraint.kind
        inside, outside = found.inside, found.outside
        if found.unknown:
            if kind == "bool_or":
                return
            kind = "at_most_one" if kind == "exactly_one" else kind
        if kind == "bool_and":
            if False in outside:
                self._never(enforcement)
            elif inside:
                self._add(enforcement).bool_and.literals.extend(inside)
        elif kind == "bool_or":
            if True not in outside:
                self._add(enforcement).bool_or.literals.extend(inside)
        elif True in outside:
            if inside:
                self._add(enforcement).bool_and.literals.extend(-literal - 1 for literal in inside)
        elif inside:
            getattr(self._add(enforcement), kind).literals.extend(inside)

    def _interval(self, place: int) -> int | None:
        """This model's interval for one of the whole; None when it is absent or unknown."""
        if place not in self._intervals:
            self._intervals[place] = self._new_interval(self._whole.constraints[place])
        return self._intervals[place]

    def _new_interval(self, interval: Constraint) -> int | None:
        presence = self._split(interval.enforcement)
        if presence.unknown or False in presence.outside:
            return None
        moved, variables = interval.offset, []
        for variable in interval.literals:
            if variable in self.place:
                variables.append(self.place[variable])
            else:
                value = self._value(variable)
                if value is None:
                    return None
                moved += value
        written = self._add(presence.inside).interval
        for end, offset in ((written.start, moved), (written.end, moved + interval.size)):
            end.vars.extend(variables)
            end.coeffs.extend([1] * len(variables))
            end.offset = offset
        written.size.offset = interval.size
        return len(self.model.proto.constraints) - 1

    def _packing(self, constraint: Constraint) -> None:
        """What of a no-overlap or a cumulative constraint lies inside or is known."""
        intervals = [place for literal in constraint.literals if (place := self._interval(literal)) is not None]
        if constraint.kind == "no_overlap":
            self._add().no_overlap.intervals.extend(intervals)
            return
        cumulative = self._add().cumulative
        cumulative.intervals.extend(intervals)
        for _ in intervals:
            cumulative.demands.add().offset = 1
        cumulative.capacity.offset = constraint.size
