"""Results on file: JSON for programs and Markdown for people, rewritten after every entry, so nothing is ever lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import click

from .machine import load, machine, source_state, versions

Row = Mapping[str, Any]
FOLDER = Path(__file__).parent / "results"


class Report:
    """One study's results: `entries` by key, `alarms` that nobody may overlook, and where all this was measured.

    With `resume` the entries on file are kept, provided that the engine's source is the same as it was.
    """

    def __init__(self, name: str, title: str, settings: Row, folder: Path = FOLDER, resume: bool = False) -> None:
        self.name = name
        self.title = title
        self.settings = settings
        self.entries: dict[str, Any] = {}
        self.alarms: list[str] = []
        self._folder = folder
        self._head: dict[str, Any] = {
            "date": datetime.now(UTC).date().isoformat(),
            "versions": versions(),
            "machine": machine(),
            "source": source_state(),
            "load": {"before": load()},
        }
        if resume:
            self._take_up()

    @property
    def path(self) -> Path:
        """The JSON file; the Markdown lies beside it."""
        return self._folder / f"{self.name}.json"

    def add(self, key: str, entry: Any) -> None:
        """Keep one entry; `save` writes it."""
        self.entries[key] = entry

    def alarm(self, text: str) -> None:
        """Tell now, and in the report, what must not be overlooked."""
        click.secho(f"ALARM: {text}", fg="red", bold=True, err=True)
        if text not in self.alarms:
            self.alarms.append(text)

    def save(self, body: str) -> None:
        """Write both files, each in one go."""
        self._head["load"]["after"] = load()
        self._folder.mkdir(parents=True, exist_ok=True)
        _replace(self.path, self._json())
        _replace(self.path.with_suffix(".md"), self._markdown(body))

    def _take_up(self) -> None:
        if not self.path.exists():
            return
        data = json.loads(self.path.read_text("utf-8"))
        if data["source"] != self._head["source"]:
            click.echo(f"{self.path.name} was measured on another state of the engine: begun anew", err=True)
            return
        self.entries, self.alarms = data["entries"], data["alarms"]
        self._head["load"]["before"] = data["load"]["before"]
        click.echo(f"{self.path.name}: {len(self.entries)} entries taken up", err=True)

    def _json(self) -> str:
        """Entries one a line: readable, and small in a diff."""
        head = {"title": self.title, **self._head, "settings": self.settings, "alarms": self.alarms}
        lines = (f"    {json.dumps(key)}: {json.dumps(entry)}" for key, entry in self.entries.items())
        entries = ",\n".join(lines)
        text = json.dumps(head, indent=2).removesuffix("\n}")
        return f'{text},\n  "entries": {{\n{entries}\n  }}\n}}\n'

    def _markdown(self, body: str) -> str:
        head = self._head
        facts = {
            **head["versions"],
            **head["machine"],
            "source": head["source"],
            "load before": _shown(head["load"]["before"]),
            "load after": _shown(head["load"]["after"]),
            **self.settings,
        }
        told = "; ".join(f"{name} {_shown(value)}" for name, value in facts.items())
        alarms = "".join(f"\n**ALARM: {text}**\n" for text in self.alarms)
        return f"# {self.title}\n\n{head['date']}. {told}.\n{alarms}\n{body.rstrip()}\n"


def table(rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Rows as a Markdown table; None is an empty cell."""
    names = columns or (tuple(rows[0]) if rows else ())
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(_shown(row.get(name)) for name in names)} |" for row in rows]
    return "\n".join(lines)


def section(title: str, *parts: str) -> str:
    """A heading and what stands under it."""
    return "\n\n".join((f"## {title}", *parts)) + "\n\n"


def percent(share: float | None, digits: int = 2) -> float | None:
    """A share as percent."""
    return None if share is None else round(100 * share, digits)


def middle(figures: Iterable[float | None], digits: int = 3) -> float | None:
    """The median of those that are known."""
    known = [figure for figure in figures if figure is not None]
    return round(median(known), digits) if known else None


def reached(figures: Sequence[float | None]) -> float | None:
    """The median time when never counts as later than all: None when less than half of the runs got there."""
    times = sorted(figures, key=lambda figure: float("inf") if figure is None else figure)
    return times[len(times) // 2] if times else None


def spread(figures: Iterable[float | None], digits: int = 3) -> str:
    """Least and greatest of those that are known, where they differ."""
    known = sorted({round(figure, digits) for figure in figures if figure is not None})
    return f"{known[0]:g} to {known[-1]:g}" if len(known) > 1 else ""


def grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    """Rows by key, in the order of first appearance."""
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    return "yes" if value is True else "no" if value is False else str(value)


def _replace(path: Path, text: str) -> None:
    """Write beside the file and move over it, so that an interruption leaves the old or the new one."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, "utf-8", newline="\n")
    beside.replace(path)
