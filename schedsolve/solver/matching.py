"""Which text goes where in a week: one exact matching whose rewards fall when a kind repeats within a day.

Openings (sends without a text) take a kind each, and candidates of that kind are taken as often as openings take it.
Openings of one `demand` see the same candidates and judge them alike, so it need not be decided which of them gets
which: that keeps the model small and free of symmetry.

    minimise    openings left without, then the sum of levels, then minus the sum of merits;
    maximise    the sum of values, with ties to the candidates that come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from .runner import SEED

Pool = tuple[int, str]
"""A demand and a kind."""


@dataclass(frozen=True)
class Opening:
    """A place to fill.

    Attributes
    ----------
    day, order
        Places of one day are counted together, in this order.
    demand
        Which candidates it sees.
    fits
        Value of each kind that it may take.
    variety
        Value by the number of earlier places of the day that take the same kind; falls in equal or smaller steps, the
        last entry holds for all greater numbers.
    """

    day: str
    order: int
    demand: int
    fits: Mapping[str, int]
    variety: tuple[int, ...]


@dataclass(frozen=True)
class Candidate:
    """What an opening may take.

    `merit` counts as it is, or where there is a `bucket` one point while that has room. Of candidates that are equal
    otherwise those of lower `rank` are taken.
    """

    key: int
    rank: int
    level: int
    value: int
    merit: int = 0
    bucket: int | None = None


@dataclass(frozen=True)
class Matching:
    """The kind of every opening (None: left without), and the candidates taken from each pool, best first."""

    kinds: tuple[str | None, ...]
    taken: Mapping[Pool, tuple[int, ...]]
    proven: bool


@dataclass(frozen=True)
class Occasion:
    """A place that is filled already and counts for variety."""

    day: str
    order: int
    kind: str


def match(
    openings: Sequence[Opening],
    pools: Mapping[Pool, Sequence[Candidate]],
    occasions: Sequence[Occasion],
    buckets: Mapping[int, int],
    budget: float,
) -> Matching:
    """The best matching that two solves of `budget` deterministic time find; no candidate key is taken twice.

    `buckets` say how many candidates of each have merit. `taken` follows the order of the pools.
    """
    model = _Model(openings, pools, occasions, buckets)
    first, first_status = model.solve(model.shortage(), budget)
    if first_status == cp_model.UNKNOWN:
        return Matching((None,) * len(openings), {}, False)
    for part in (model.left, model.level, model.merit):
        model.cp.add(part == first.value(part))
    best, best_status = model.solve(-model.worth(), budget)
    found = first if best_status == cp_model.UNKNOWN else best
    return model.read(found, first_status == best_status == cp_model.OPTIMAL)


class _Model:
    """Variables, the network between them, and the parts of the objective."""

    def __init__(
        self,
        openings: Sequence[Opening],
        pools: Mapping[Pool, Sequence[Candidate]],
        occasions: Sequence[Occasion],
        buckets: Mapping[int, int],
    ) -> None:
        self.cp = cp_model.CpModel()
        self.openings, self.pools = openings, pools
        self.takes: list[dict[str, cp_model.LinearExpr]] = [{} for _ in openings]
        self.picks = {
            pool: [self.cp.new_bool_var("") for _ in candidates] for pool, candidates in sorted(pools.items())
        }
        self.pairs = [
            (candidate, pick)
            for pool, row in self.picks.items()
            for candidate, pick in zip(pools[pool], row, strict=True)
        ]
        self.rewards: list[cp_model.LinearExprT] = []
        self._place(occasions)
        self._supply()
        lacking = [1 - sum(takes.values()) for takes in self.takes]
        self.left = cp_model.LinearExpr.sum(lacking)
        self.level = cp_model.LinearExpr.sum([candidate.level * pick for candidate, pick in self.pairs])
        self.merit = cp_model.LinearExpr.sum(
            [candidate.merit * pick for candidate, pick in self.pairs if candidate.bucket is None]
            + self._bucketed(buckets)
        )

    def _place(self, occasions: Sequence[Occasion]) -> None:
        """A literal for each opening, kind and number of earlier places of that kind on the day."""
        groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for index, opening in enumerate(self.openings):
            for kind in opening.fits:
                if (opening.demand, kind) in self.pools:
                    groups[opening.day, kind].append(index)
        for (day, kind), members in groups.items():
            filled = [place.order for place in occasions if (place.day, place.kind) == (day, kind)]
            self._group(kind, sorted(members, key=lambda index: self.openings[index].order), filled)
        for takes in self.takes:
            if takes:
                self.cp.add(sum(takes.values()) <= 1)

    def _group(self, kind: str, members: Sequence[int], filled: Sequence[int]) -> None:
        """The openings of a day that may take a kind, in order.

        Where all weigh variety alike and nothing is filled, it is enough that no two have the same number: the sum is
        that of the true numbers. Else each number is at least the true one.
        """
        alike = len({self.openings[index].variety for index in members}) == 1 and not filled
        by_number: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
        before: list[cp_model.LinearExprT] = []
        for position, index in enumerate(members):
            opening = self.openings[index]
            most = len(opening.variety) - 1
            settled = sum(order < opening.order for order in filled)
            literals = []
            for number in range(min(settled, most), min(settled + position, most) + 1):
                literal = self.cp.new_bool_var("")
                literals.append(literal)
                if number < most:
                    by_number[number].append(literal)
                    if not alike:
                        self.cp.add(settled + sum(before) <= number).only_enforce_if(literal)
                self.rewards.append((opening.fits[kind] + opening.variety[number]) * literal)
            self.takes[index][kind] = cp_model.LinearExpr.sum(literals)
            before.append(self.takes[index][kind])
        for literals in by_number.values():
            self.cp.add_at_most_one(literals)

    def _supply(self) -> None:
        """Of each pool as many are picked as openings take, and no key twice."""
        wanted: defaultdict[Pool, list[cp_model.LinearExprT]] = defaultdict(list)
        for opening, takes in zip(self.openings, self.takes, strict=True):
            for kind, take in takes.items():
                wanted[opening.demand, kind].append(take)
        by_key: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
        for pool, row in self.picks.items():
            self.cp.add(sum(row) == sum(wanted[pool]))
        for candidate, pick in self.pairs:
            by_key[candidate.key].append(pick)
        for row in by_key.values():
            if len(row) > 1:
                self.cp.add_at_most_one(row)

    def _bucketed(self, buckets: Mapping[int, int]) -> list[cp_model.LinearExprT]:
        """How many of each bucket count."""
        counted: list[cp_model.LinearExprT] = []
        for bucket, room in sorted(buckets.items()):
            inside = [pick for candidate, pick in self.pairs if candidate.bucket == bucket]
            count = self.cp.new_int_var(0, room, "")
            self.cp.add(count <= sum(inside))
            counted.append(count)
        return counted

    def shortage(self) -> cp_model.LinearExpr:
        """Openings left, levels and merits, each weighing more than all of the next."""
        size = len(self.openings)
        merits = size * max([1, *(candidate.merit for candidate, _ in self.pairs)]) + 1
        levels = merits * (size * max([0, *(candidate.level for candidate, _ in self.pairs)]) + 1)
        return levels * self.left + merits * self.level - self.merit

    def worth(self) -> cp_model.LinearExpr:
        """Values, and ranks where values are equal."""
        scale = len(self.openings) * max([0, *(candidate.rank for candidate, _ in self.pairs)]) + 1
        values = [(scale * candidate.value - candidate.rank) * pick for candidate, pick in self.pairs]
        return cp_model.LinearExpr.sum(values) + scale * cp_model.LinearExpr.sum(self.rewards)

    def solve(self, cost: cp_model.LinearExpr, budget: float) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """The cheapest, by one worker: the same on every machine."""
        self.cp.minimize(cost)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        solver.parameters.catch_sigint_signal = False
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = budget
        return solver, solver.solve(self.cp)

    def read(self, solver: cp_model.CpSolver, proven: bool) -> Matching:
        """The matching that a solve found."""
        return Matching(
            tuple(next((kind for kind, take in takes.items() if solver.value(take)), None) for takes in self.takes),
            {
                pool: tuple(
                    candidate.key
                    for candidate, pick in zip(self.pools[pool], row, strict=True)
                    if solver.boolean_value(pick)
                )
                for pool, row in self.picks.items()
            },
            proven,
        )
