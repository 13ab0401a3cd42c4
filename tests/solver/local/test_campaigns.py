"""The best choice of campaign days, against every choice that there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedsolve.constraints.campaign_spacing import CampaignSpacing
from schedsolve.constraints.preferences.full_campaigns import FullCampaigns
from schedsolve.model.campaign_families import GAMES, Family
from schedsolve.model.timetable import Send, Timetable
from schedsolve.model.week import Week
from schedsolve.solver.local.campaign_days import FamilyDays
from schedsolve.solver.local.campaigns import CampaignBook
from schedsolve.solver.local.problem import Problem

from ...constraints.weeks import week
from .states import greedy, named_week

TYPES = ("ppv_wall", "bundle", "game_post")


def free_week(days: int, **changes: Any) -> Week:
    history = [
        {"date": "2025-01-18", "campaign_type": "descriptive_wall_campaign"},
        {"date": "2025-01-14", "campaign_type": "game_other"},
        {"date": "2025-01-12", "campaign_type": "bundle_wall_campaign"},
    ]
    families = {
        "spin_the_wheel_game": {"min_days": 3, "max_days": 3},
        "game_other": {"min_days": 2, "max_days": 4},
        "bundle_wall_campaign": {"min_days": 3, "max_days": 4, "per_month": 9},
    }
    campaigns = {"history": history, "families": families, "per_month": 24}
    return week(page="free", days=days, campaigns=campaigns, **changes)


def book_of(on: Week) -> CampaignBook:
    return CampaignBook(on, {key: place for place, key in enumerate(on.types)})


def kinds(on: Week, names: Sequence[str]) -> list[int]:
    numbers = {key: place for place, key in enumerate(on.types)}
    return [numbers[name] for name in names]


def send(on: Week, day: int, place: int, key: str, family: Family | None) -> Send:
    minute = on.horizon.day_start(day) + 540 + 60 * place
    name = f"{day}.{place}"
    return Send(name, minute, day, minute % 1440, key, on.catalog[key], campaign_type=family)


def labelled(on: Week, held: Sequence[Sequence[str]]) -> Iterator[Timetable]:
    """The plan with every choice of families for its sends, games always with one of theirs."""
    sends = [(day, place, key) for day, names in enumerate(held) for place, key in enumerate(names)]
    plain = {"ppv_wall": Family.DESCRIPTIVE_WALL, "bundle": Family.BUNDLE_WALL}
    choices = [GAMES if key == "game_post" else (None, plain[key]) for _, _, key in sends]
    for families in product(*choices):
        told = zip(sends, families, strict=True)
        yield Timetable(on, tuple(send(on, day, place, key, family) for (day, place, key), family in told))


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(TYPES), max_size=2), min_size=6, max_size=6))
def test_the_verdict_is_the_best_of_every_choice_that_breaks_nothing(held: list[list[str]]) -> None:
    on = free_week(6)
    book, rule, wish = book_of(on), CampaignSpacing.of(on), FullCampaigns.of(on)
    faults, units, _ = book.verdict(tuple(book.shown(kinds(on, names)) for names in held))
    scores = [wish.score(plan) for plan in labelled(on, held) if not any(rule.violations(plan))]
    assert (faults == 0) == bool(scores)
    assert units == max(scores, default=units)


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from([*TYPES, "dm_farm"]), max_size=4), min_size=12, max_size=12))
def test_the_choice_itself_earns_what_the_verdict_says(held: list[list[str]]) -> None:
    on = free_week(12)
    book = book_of(on)
    shown = tuple(book.shown(kinds(on, names)) for names in held)
    faults, units, _ = book.verdict(shown)
    running = list(book.running(shown))
    games = sum(names.count("game_post") for names in held)
    assert sum(family in GAMES for _, family in running) == games
    plan = Timetable(on, tuple(send(on, day, place, "dm_farm", family) for place, (day, family) in enumerate(running)))
    ordered = replace(plan, sends=tuple(sorted(plan.sends, key=lambda one: one.minute)))
    assert FullCampaigns.of(on).score(ordered) == units
    assert any(CampaignSpacing.of(on).violations(ordered)) == (faults > 0)


@given(st.integers(1, 4), st.integers(0, 3), st.sampled_from([None, -1, -2, -9]), st.integers(0, 2**9 - 1))
def test_a_familys_options_are_the_best_of_each_number_of_days(
    nearest: int, more: int, last: int | None, carriers: int
) -> None:
    family = FamilyDays(nearest, nearest + more, last, 0)
    days = [day for day in range(9) if carriers >> day & 1]
    best: dict[int, int] = {}
    for count in range(len(days) + 1):
        for chosen in combinations(days, count):
            row = [*([last] if last is not None else []), *chosen]
            if all(b - a >= nearest for a, b in pairwise(row)):
                units = -sum(family.step(row[at - 1] if at else None, day) for at, day in enumerate(row) if day >= 0)
                best[count] = max(units, best.get(count, units))
    options = family.options(carriers)
    assert {count: units for count, (units, _) in options.items()} == best
    assert all(chosen.bit_count() == count and chosen & ~carriers == 0 for count, (_, chosen) in options.items())


def test_without_spacing_games_need_no_family() -> None:
    on = free_week(3, rules={"campaign-spacing": {"enabled": False}})
    book = book_of(on)
    shown = (book.shown(kinds(on, ["game_post"] * 3)), 0, 0)
    assert book.verdict(shown)[0] == 0
    assert len(list(book.running(shown))) == 2


def test_without_targets_campaigns_are_worth_nothing_and_only_games_run() -> None:
    on = free_week(3, rules={"campaign-target": {"enabled": False}})
    book = book_of(on)
    shown = tuple(book.shown(kinds(on, names)) for names in (["ppv_wall", "game_post"], [], ["bundle"]))
    assert book.verdict(shown)[:2] == (0, 0)
    assert [family in GAMES for _, family in book.running(shown)] == [True]


def test_a_forgotten_verdict_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schedsolve.solver.local.campaigns.REMEMBERED", 3)
    on = free_week(5)
    book, shows = book_of(on), [book_of(on).shown(kinds(on, names)) for names in ([], ["ppv_wall"], ["game_post"])]
    plans = list(product(shows, repeat=5))[:50]
    assert [book.verdict(plan) for plan in plans] == [book_of(on).verdict(plan) for plan in plans]


def test_a_greedy_plan_reaches_every_number_where_there_is_room() -> None:
    state = greedy(named_week("29-campaign-month"), Random(1))
    assert state.faults == 0
    assert state.campaigns is not None
    assert state.campaigns.units > -1000


def test_weeks_without_campaigns_have_no_book() -> None:
    assert Problem(week()).campaigns is None
