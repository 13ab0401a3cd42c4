"""What a rule is: one frozen dataclass with two halves that share its name and parameters, and nothing else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import ClassVar, Literal, Self

from ..model.notch import Edit, Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft
from .wording import day_words

Severity = Literal["high", "medium", "low"]
A_DAY = 0.5
"""Size of a change on one day, where 1 is the same change on all days."""


@dataclass(frozen=True)
class Violation:
    """One place where a finished plan breaks a rule.

    `subject` names the send, day, category or week; `amount` says by how much, in the rule's own unit (minutes for
    clock rules, sends for counts).
    """

    rule: str
    subject: str
    amount: float
    message: str
    severity: Severity


@dataclass(frozen=True)
class Rule(ABC):
    """A hard rule: subclasses state it in one sentence, hold its parameters as fields, and fill the two halves.

    The solver's half is `narrow` (what never may be) and `post` (what must hold between sends); the audit's half is
    `violations`.

    Class attributes
    ----------------
    id
        The rule's name in scenarios, plans, reports and messages.
    severity
        What a breach means for a schedule made elsewhere: high fails it, medium and low warn.
    monotone
        Whether adding sends to a plan that breaks the rule can never mend it; such rules are also used to find locks
        that contradict each other before anything is solved.
    needs
        What a plan must tell for the rule to be checkable: any of "days", "strategies", "metadata", "pins", "styles",
        "expiry", "campaigns".
    """

    id: ClassVar[str]
    severity: ClassVar[Severity]
    monotone: ClassVar[bool] = False
    needs: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def concerns(cls, week: Week) -> bool:  # noqa: ARG003
        """Whether a week asks for it at all: if not, it is neither posted nor told."""
        return True

    @classmethod
    def of(cls, week: Week) -> Self:
        """The rule with the parameters that the week's scenario gives it."""
        return cls(**week.scenario.rules.of(cls.id).parameters())

    def narrow(self, draft: Draft) -> None:  # noqa: B027 (optional)
        """Close minutes and take types out; called for every rule before the first `post`."""

    def post(self, draft: Draft) -> None:  # noqa: B027 (optional)
        """Write the rule into the model. The default is for rules that hold by construction of every draft."""

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """Changes of the scenario that loosen the rule, the smallest first.

        A notch says how much the operator gives up: a number one step milder, an hour opened, a lock let go, or the
        rule switched off. Whatever keeps the rule keeps the loosened one too, and of two notches with one subject the
        later is the looser. There is none for rules that say what a send or a plan is (form, targets, styles, links,
        expiry, pins, rotation, metadata, two sends at one minute), nor for what cannot matter in the week.
        """
        yield from ()

    def day_notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """Changes that loosen the rule on one day, the smallest first; only for rules that may differ by day."""
        yield from ()

    def exception(self, week: Week, day: int, before: str, after: str, size: float, **parameter: object) -> Notch:
        """The change that gives one day another parameter, instead of an exception that it has."""
        stated = {"date": week.date(day).isoformat(), "rule": self.id, **parameter}
        known = week.exceptions.get((self.id, day))
        place = "-" if known is None else str(week.scenario.exceptions.index(known))
        edit = Edit(op="add" if known is None else "replace", path=f"/exceptions/{place}", value=stated)
        return self.notch(before, after, edit, subject=day_words(week, day), size=size)

    def in_words(self, week: Week, subject: str) -> str:  # noqa: ARG002
        """The rule, its parameters and a subject of its rows, as it is named in a conflict."""
        stated = ", ".join(f"{field.name} {getattr(self, field.name)}" for field in fields(self))
        return " ".join(
            part for part in (self.id, f"({stated})" if stated else "", "on" if subject else "", subject) if part
        )

    @abstractmethod
    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Find where a finished plan breaks the rule, in plain arithmetic on minutes."""

    def notch(self, before: str, after: str, *patch: Edit, subject: str = "", size: float = 1) -> Notch:
        """A change that loosens this rule."""
        return Notch(rule=self.id, subject=subject, before=before, after=after, size=size, patch=patch)

    def setting(self, name: str, value: object) -> Edit:
        """The edit that gives one of this rule's parameters another value."""
        return Edit(op="replace", path=f"/rules/{self.id}/{name}", value=value)

    def switched_off(self, before: str = "on", size: float = 4) -> Notch:
        """The change that leaves nothing of this rule."""
        return self.notch(before, "off", self.setting("enabled", False), size=size)

    def broken(self, subject: str, amount: float, message: str) -> Violation:
        """A violation of this rule."""
        return Violation(self.id, subject, amount, message, self.severity)
