"""Traits of top performers, applied to a scenario: contents they recommend weigh more."""

from __future__ import annotations

from ...analytics.multipliers import combined
from ...analytics.trait_report import TraitReport
from ...model.scenario import Scenario


def favouring(scenario: Scenario, traits: TraitReport) -> Scenario:
    """The scenario with the multipliers of recommended contents beside its own; together at most 1.3 on one."""
    stated = scenario.content.multipliers
    names = sorted({*stated, *traits.multipliers})
    both = {name: combined((stated.get(name, 1.0), traits.multipliers.get(name, 1.0))) for name in names}
    content = scenario.content.model_copy(update={"multipliers": both})
    return scenario.model_copy(update={"content": content})
