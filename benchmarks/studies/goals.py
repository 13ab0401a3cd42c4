"""Our search at each effort over the hard set, against its goals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from ..instances import frozen
from ..methods import EFFORTS, GUARD, METHODS
from ..report import Report, grouped, middle, percent, section, spread, table
from ..trial import Task, Trial, gap
from .bench import Bench, Trials

SUBSET = (
    "01-short-days-low",
    "03-rolling-high",
    "06-gaps-few-types-mid",
    "08-locks-20-high",
    "11-short-followups-high",
    "14-low-trust-ultra",
    "18-two-weeks-closed-mid",
    "22-tight-blocks-high",
    "25-exact-caps-high",
    "30-gaps-x2-free-mid",
    "32-evenings-only-mid",
    "37-all-at-once-high",
)
"""Twelve instances for a short run: every level, both pages, half of them planted, one of two weeks."""


@dataclass(frozen=True)
class Cell:
    """One instance at one effort: medians over seeds. Gaps and `best_gap` (to the best known bound) are shares."""

    instance: str
    effort: str
    weeks: float
    value: float | None
    values: str
    bound: float | None
    gap: float | None
    best_gap: float | None
    first: float | None
    wall: float | None
    memory: float | None
    build: float | None
    work: float | None
    missing: float | None
    violations: int
    cut: int


@dataclass(frozen=True)
class Goal:
    """A wish that a share of the instances must fulfil at an effort."""

    effort: str
    text: str
    share: float
    kept: Callable[[Cell], bool]


def _within(figure: float | None, limit: float) -> bool:
    return figure is not None and figure <= limit


def _goals() -> tuple[Goal, ...]:
    goals = [
        Goal("quick", "<= 3 s and gap <= 3 %", 0.95, lambda c: _within(c.wall, 3) and _within(c.gap, 0.03)),
        Goal("standard", "<= 12 s", 1.0, lambda c: _within(c.wall, 12)),
        Goal("standard", "gap <= 1 %", 0.95, lambda c: _within(c.gap, 0.01)),
        Goal("standard", "gap <= 0.5 %", 0.75, lambda c: _within(c.gap, 0.005)),
        Goal("standard", "gap <= 3 %", 1.0, lambda c: _within(c.gap, 0.03)),
        Goal("thorough", "<= 60 s", 1.0, lambda c: _within(c.wall, 60)),
        Goal("thorough", "gap <= 0.3 %", 0.90, lambda c: _within(c.gap, 0.003)),
        Goal("thorough", "proven optimal", 0.50, lambda c: c.gap == 0),
    ]
    for effort in EFFORTS:
        goals += [
            Goal(effort, "first plan <= 0.7 s", 0.95, lambda c: _within(c.first, 0.7)),
            Goal(effort, "memory <= 600 MB", 1.0, lambda c: _within(c.memory, 600)),
            Goal(effort, "model built in <= 0.3 s a week", 1.0, lambda c: _within(c.build, 0.3 * c.weeks)),
        ]
    return tuple(goals)


GOALS = _goals()
"""In the order of the summary."""
FURTHEST = 3
"""Instances told as furthest from proven."""


def run(
    bench: Bench, efforts: Sequence[str], instances: Sequence[str], seeds: Sequence[int], guard: float = GUARD
) -> list[Trial]:
    """Run and report; instance by instance, so that an interrupted run has whole rows."""
    settings = {"efforts": list(efforts), "instances": len(instances), "seeds": list(seeds)}
    report = Report("hard_set", "The hard set against the goals", settings, bench.results, bench.resume)
    tasks = [
        Task(effort, instance, guard * EFFORTS[effort], seed)
        for instance in instances
        for seed in seeds
        for effort in efforts
    ]
    return bench.trials(report, tasks, lambda trials: page(bench, trials))


def page(bench: Bench, trials: Trials) -> str:
    """Summary, the instances furthest from proven, and every instance."""
    cells = cells_of(bench, trials)
    efforts = list(dict.fromkeys(cell.effort for cell in cells))
    goals = [goal_row(goal, [cell for cell in cells if cell.effort == goal.effort]) for goal in GOALS]
    parts = [section("Goals", table([row for row in goals if row["of"]]))]
    parts.append(section("Gaps in percent", table([gap_row(effort, cells) for effort in efforts])))
    parts.append(section("Furthest from proven", table(furthest(cells))))
    for effort in efforts:
        rows = [cell_row(cell) for cell in cells if cell.effort == effort]
        parts.append(section(METHODS[effort].label, table(rows)))
    return "".join(parts)


def cells_of(bench: Bench, trials: Trials) -> list[Cell]:
    """Trials by effort and instance, seeds folded into medians."""
    best = bench.best
    cells = []
    for (effort, instance), group in grouped(trials, lambda t: (t.task.method, t.task.instance)).items():
        known = best.get(instance)
        lowest = known.bound if known else None
        cells.append(
            Cell(
                instance,
                effort,
                weeks=weeks_of(instance),
                value=middle(t.value for t in group),
                values=spread(t.value for t in group),
                bound=middle(t.bound for t in group),
                gap=middle((t.gap for t in group), 9),
                best_gap=middle((gap(t.value, lowest) for t in group if t.valid), 9),
                first=middle(t.first for t in group),
                wall=middle(t.wall for t in group),
                memory=max((t.memory for t in group if t.memory is not None), default=None),
                build=middle(t.build for t in group),
                work=middle(t.work for t in group),
                missing=middle((t.missing for t in group), 0),
                violations=sum(sum(t.violations.values()) for t in group),
                cut=sum(t.reproducible is False for t in group),
            )
        )
    return cells


@cache
def weeks_of(instance: str) -> int:
    """Weeks of a frozen instance, begun ones included."""
    found = next(one for one in frozen() if one.name == instance)
    return -(-found.load().days // 7)


def goal_row(goal: Goal, cells: Sequence[Cell]) -> dict[str, object]:
    """What share of the instances keeps the goal."""
    kept = sum(map(goal.kept, cells))
    share = kept / len(cells) if cells else 0.0
    return {
        "effort": goal.effort,
        "goal": goal.text,
        "wanted": f"{100 * goal.share:g} %",
        "measured": f"{percent(share, 1):g} %",
        "instances": kept,
        "of": len(cells),
        "kept": share >= goal.share,
    }


def gap_row(effort: str, cells: Sequence[Cell]) -> dict[str, object]:
    """Gaps of one effort over the instances, to its own bound and to the best known one."""
    mine = [cell for cell in cells if cell.effort == effort]
    row: dict[str, object] = {"effort": effort}
    kinds = {"own bound": [c.gap for c in mine], "best known bound": [c.best_gap for c in mine]}
    for kind, gaps in kinds.items():
        known = sorted(gap for gap in gaps if gap is not None)
        row[f"median, {kind}"] = percent(middle(known, 9))
        row[f"95th, {kind}"] = percent(known[max(0, -(-95 * len(known) // 100) - 1)]) if known else None
        row[f"worst, {kind}"] = percent(known[-1]) if known else None
    return row


def furthest(cells: Sequence[Cell]) -> list[dict[str, object]]:
    """The instances with the widest gap at the highest effort that was run."""
    efforts = [effort for effort in EFFORTS if any(cell.effort == effort for cell in cells)]
    last = [cell for cell in cells if efforts and cell.effort == efforts[-1]]
    last.sort(key=lambda cell: float("-inf") if cell.gap is None else -cell.gap)
    return [cell_row(cell) for cell in last[:FURTHEST]]


def cell_row(cell: Cell) -> dict[str, object]:
    """A cell as a row."""
    row: dict[str, object] = {"instance": cell.instance, "value": cell.value}
    if cell.values:
        row["values"] = cell.values
    return row | {
        "bound": cell.bound,
        "gap %": percent(cell.gap),
        "to best bound %": percent(cell.best_gap),
        "first plan s": cell.first,
        "wall s": cell.wall,
        "MB": cell.memory,
        "build s": cell.build,
        "work": cell.work,
        "missing": cell.missing,
        "violations": cell.violations,
        "cut": cell.cut,
    }
