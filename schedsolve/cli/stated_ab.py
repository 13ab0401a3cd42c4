"""The A/B test that a command line asks about: a file, an example, or options; options go before what a test states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .parameters import EXISTING

if TYPE_CHECKING:
    from ..analytics.ab.record import ABTest

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class AskedTest:
    """What is asked about: a record, if there is one, and the sample that it or the options come to.

    `stated` tells that the record names the number itself; effect, confidence, power and cv have no say then.
    """

    test: ABTest | None
    effect: float
    confidence: float
    power: float
    cv: float | None
    per_group: int
    duration_days: int
    stated: bool


def asking_for_a_test(command: F) -> F:
    """Give a command the argument and options from which `stated_ab` makes the test."""
    for option in reversed(
        (
            click.argument("test", type=EXISTING, required=False),
            click.option("--example", metavar="NAME", help="One of the three built-in tests, instead of a file."),
            click.option("--effect", type=float, help="Least effect to find, in standard deviations.  [default: 0.1]"),
            click.option(
                "--cv", type=float, help="Coefficient of variation of the metric: the effect is a relative lift."
            ),
            click.option("--confidence", type=float, help="Confidence of the two-sided test.  [default: 0.95]"),
            click.option("--power", type=float, help="Chance to find the effect if there is one.  [default: 0.8]"),
        )
    ):
        command = option(command)
    return command


def stated_ab(test: str | None, example: str | None, figures: Mapping[str, float | None]) -> AskedTest:
    """The test of a file, an example or neither, with the figures that were given (effect, cv, confidence, power).

    Raises
    ------
    ScenarioError
        When the file cannot be used.
    click.UsageError
        When file and example are both given, the example is unknown, or a figure is out of range.
    """
    from ..analytics.ab.power import sample_size
    from ..analytics.ab.record import CONFIDENCE, DURATION_DAYS, EFFECT, POWER

    record = _record(test, example)
    effect = _first(figures["effect"], record.minimum_detectable_effect if record else None, EFFECT)
    confidence = _first(figures["confidence"], record.confidence_level if record else None, CONFIDENCE)
    power = _first(figures["power"], record.statistical_power if record else None, POWER)
    days = record.duration_days if record else DURATION_DAYS
    cv = figures["cv"]
    stated = record.min_sample_size if record and set(figures.values()) == {None} else 0
    try:
        needed = stated or sample_size(effect, confidence=confidence, power=power, sigma=_first(cv, 1.0))
    except ValueError as error:
        raise click.UsageError(str(error).replace("sigma", "cv")) from None
    return AskedTest(record, effect, confidence, power, cv, needed, days, bool(stated))


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)


def _record(test: str | None, example: str | None) -> ABTest | None:
    from ..analytics.ab.examples import EXAMPLES
    from ..analytics.ab.record import load_ab_test

    if test is not None and example is not None:
        raise click.UsageError("name a file or an --example, not both")
    if example is not None and example not in EXAMPLES:
        raise click.BadParameter(f"{example!r} is none; the examples are {', '.join(EXAMPLES)}", param_hint="--example")
    if example is not None:
        return EXAMPLES[example]
    return None if test is None else load_ab_test(test)
