"""The list of rules, against the scenario's settings and the tables of the specification."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields

import pytest

from schedsolve.constraints import RULES, Rule, rules_of
from schedsolve.model.rule_settings import Rules

from .weeks import week

MEDIUM = {
    "target-page",
    "ppv-range",
    "bump-range",
    "weekly-cap",
    "category-balance",
    "no-repeat-type",
    "strategy-variety",
    "strategy-repeat",
    "min-spacing",
    "same-type-gap",
    "block-limit",
    "active-window",
    "avoid-hours",
    "followup-clearance",
    "followup-linked",
    "variation-metadata",
    "pin-limit",
    "pin-duration",
    "pin-type",
    "campaign-spacing",
    "campaign-target",
}
LOW = {"clock-repeat", "followup-daily-limit", "followup-late"}
MONOTONE = {
    "known-type",
    "page-type",
    "weekly-cap",
    "min-spacing",
    "time-conflict",
    "same-type-gap",
    "block-limit",
    "round-minute",
    "clock-repeat",
    "active-window",
    "avoid-hours",
    "blackout",
    "style-fixed",
    "style-am-pm",
}


def test_the_rules_are_those_of_the_settings_in_the_same_order() -> None:
    assert [rule.id for rule in RULES] == [field.alias for field in Rules.model_fields.values()]


WITH_A_SECTION = ("campaign-spacing", "campaign-target")
"""Rules whose parameters stand in a section of the scenario of their own, without which they concern no week."""


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.id not in WITH_A_SECTION], ids=lambda rule: rule.id)
def test_a_rules_parameters_are_its_settings(rule: type[Rule]) -> None:
    assert [field.name for field in fields(rule)] == list(Rules().of(rule.id).parameters())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_the_severity_of_the_specification(rule: type[Rule]) -> None:
    assert rule.severity == ("medium" if rule.id in MEDIUM else "low" if rule.id in LOW else "high")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_whether_more_sends_can_mend_it(rule: type[Rule]) -> None:
    assert rule.monotone == (rule.id in MONOTONE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_stands_in_the_file_of_its_name_and_says_what_it_is(rule: type[Rule]) -> None:
    assert rule.__module__.rpartition(".")[2] == rule.id.replace("-", "_")
    assert (rule.__doc__ or "").partition("\n")[0].endswith(".")


def test_a_week_has_every_rule_with_the_scenarios_parameters() -> None:
    made = {rule.id: rule for rule in rules_of(week(rules={"min-spacing": {"minutes": 30}}))}
    assert list(made) == [rule.id for rule in RULES if rule.id not in WITH_A_SECTION]
    assert [rule.id for rule in rules_of(week(campaigns={}))] == [rule.id for rule in RULES]
    assert getattr(made["min-spacing"], "minutes") == 30  # noqa: B009 - a field of the subclass
    assert getattr(made["pin-limit"], "max") == 5  # noqa: B009


def test_a_rule_that_is_switched_off_is_left_out() -> None:
    made = [rule.id for rule in rules_of(week(rules={"round-minute": {"enabled": False}}))]
    assert made == [rule.id for rule in RULES if rule.id not in ("round-minute", *WITH_A_SECTION)]


def test_the_audit_loads_no_solver() -> None:
    code = "import sys, schedsolve.constraints.audit; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
