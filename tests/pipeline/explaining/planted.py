"""Scenarios that contradict themselves in a known way, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from schedsolve.model.scenario import Scenario

DAYS = ("2025-01-20", "2025-01-21", "2025-01-22")
WORDS = ("Mon 20 Jan", "Tue 21 Jan", "Wed 22 Jan")
ENGAGING = ("bump_normal", "bump_descriptive", "bump_text_only", "bump_flyer", "dm_farm", "link_drop", "live_promo")
Raw = dict[str, Any]


@dataclass(frozen=True)
class Planted:
    """A scenario and the rules, with words of their subjects, that must stand together in one of its conflicts."""

    scenario: Scenario
    cause: tuple[tuple[str, str], ...]


def planted(kind: str, seed: int) -> Planted:
    """One scenario of a kind."""
    dice = random.Random(f"{kind} {seed}")
    raw: Raw = {
        "schedsolve": 1,
        "kind": "creator-week",
        "seed": seed,
        "week_start": DAYS[0],
        "days": len(DAYS),
        "creator": {"id": "mia", "page_type": "paid", "timezone": dice.choice(("America/New_York", "Europe/Berlin"))},
        "volume": {"revenue_per_day": 3, "engagement_per_day": 4, "retention_per_day": 1, "confidence_score": 0.9,
                   "weekly_distribution": [8, 8, 8]},
        "rules": {},
    }  # fmt: skip
    cause = KINDS[kind](dice, raw)
    return Planted(Scenario.model_validate(raw), cause)


def _lock(day: int, clock: str, key: str, style: str | None = None) -> Raw:
    return {"at": f"{DAYS[day]}T{clock}", "send_type_key": key, **({"ppv_style": style} if style else {})}


def _in_a_blackout(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day, hour = dice.randrange(3), dice.randrange(9, 20)
    raw["locks"] = [_lock(day, f"{hour + 1:02d}:{dice.choice((7, 22, 41)):02d}", dice.choice(ENGAGING))]
    raw["blackouts"] = [{"from": f"{DAYS[day]}T{hour:02d}:00", "to": f"{DAYS[day]}T{hour + 3:02d}:00"}]
    return (("lock", WORDS[day]), ("blackout", f"{WORDS[day]} {hour:02d}:00-{hour + 3:02d}:00"))


def _at_a_round_minute(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day = dice.randrange(3)
    raw["locks"] = [
        _lock(day, f"{dice.randrange(9, 22):02d}:{dice.choice((0, 15, 30, 45)):02d}", dice.choice(ENGAGING))
    ]
    return (("lock", WORDS[day]), ("round-minute", WORDS[day]))


def _out_of_the_window(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day = dice.randrange(3)
    raw["locks"] = [_lock(day, dice.choice(("07:22", "23:47", "00:08")), dice.choice(ENGAGING))]
    return (("lock", WORDS[day]), ("active-window", WORDS[day]))


def _in_an_avoided_hour(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day = dice.randrange(3)
    raw["rules"] = {"active-window": {"start": "00:00", "end": "23:59"}}
    raw["locks"] = [_lock(day, f"0{dice.randrange(3, 7)}:{dice.randrange(1, 15):02d}", dice.choice(ENGAGING))]
    return (("lock", WORDS[day]), ("avoid-hours", WORDS[day]))


def _too_close(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day, hour = dice.randrange(3), dice.randrange(10, 22)
    one, other = dice.sample(ENGAGING, 2)
    raw["locks"] = [_lock(day, f"{hour}:07", one), _lock(day, f"{hour}:{dice.choice((18, 27, 44))}", other)]
    return (("lock", one), ("lock", other), ("min-spacing", WORDS[day]))


def _of_one_type_too_soon(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day = dice.randrange(3)
    raw["locks"] = [_lock(day, "14:07", "bump_flyer"), _lock(day, dice.choice(("16:08", "17:47")), "bump_flyer")]
    return (("lock", "14:07"), ("same-type-gap", "bump_flyer"))


def _crowded_block(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day, start = dice.randrange(3), dice.choice((12, 16))
    raw["locks"] = [
        _lock(day, f"{start + place}:{7 + place:02d}", key) for place, key in enumerate(dice.sample(ENGAGING, 4))
    ]
    return (("block-limit", f"{WORDS[day]} {start}-{start + 4}"), *(("lock", WORDS[day]) for _ in range(4)))


def _over_the_quota(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day = dice.randrange(3)
    hours = dice.sample((9, 11, 13, 15, 17, 19, 21), 5)
    keys = dice.sample(ENGAGING, 5)
    clocks = [f"{hour:02d}:{7 + place:02d}" for place, hour in enumerate(hours)]
    raw["locks"] = [_lock(day, clock, key) for clock, key in zip(clocks, keys, strict=True)]
    return (("daily-quota", f"{WORDS[day]} engagement"), *(("lock", WORDS[day]) for _ in range(5)))


def _over_the_cap(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    raw["locks"] = [_lock(0, "19:07", "vip_program"), _lock(2, f"{dice.randrange(19, 22)}:22", "vip_program")]
    return (("lock", "vip_program"), ("weekly-cap", "vip_program"))


def _closed_day(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day = dice.randrange(3)
    until = f"{DAYS[day]}T{dice.choice(('23:45', '23:31'))}"
    raw["blackouts"] = [{"from": f"{DAYS[day]}T{dice.choice(('00:00', '07:30'))}", "to": until}]
    return (("blackout", WORDS[day]), ("day-nonempty", WORDS[day]))


def _same_clock(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    clock = f"{dice.randrange(9, 22):02d}:{dice.choice((7, 22, 41)):02d}"
    raw["locks"] = [_lock(day, clock, key) for day, key in enumerate(dice.sample(ENGAGING, 3))]
    return (("clock-repeat", ""), *(("lock", clock) for _ in range(3)))


def _two_bundles_after_noon(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day = dice.randrange(3)
    raw["locks"] = [_lock(day, "13:07", "bundle"), _lock(day, f"{dice.randrange(19, 22)}:22", "flash_bundle")]
    return (("style-am-pm", f"{WORDS[day]} bundle"), ("lock", "flash_bundle"))


def _winner_after_winner(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    day = dice.randrange(3)
    raw["rules"] = {
        "style-am-pm": {"max": 4},
        "same-type-gap": {"enabled": False},
        "no-repeat-type": {"enabled": False},
    }
    raw["locks"] = [_lock(day, "20:07", "ppv_unlock", "winner"), _lock(day, "20:56", "ppv_unlock", "winner")]
    return (("style-back-to-back", f"{WORDS[day]} winner"), ("lock", "20:07"), ("lock", "20:56"))


def _right_after_history(dice: random.Random, raw: Raw) -> tuple[tuple[str, str], ...]:
    raw["rules"] = {"active-window": {"start": "00:00", "end": "23:59"}}
    raw["history"] = {"sends": [{"at": "2025-01-19T23:52", "send_type_key": "bump_normal"}]}
    raw["locks"] = [_lock(0, f"00:{dice.randrange(1, 14):02d}", "dm_farm")]
    return (("lock", "dm_farm"), ("min-spacing", WORDS[0]))


KINDS: dict[str, Callable[[random.Random, Raw], tuple[tuple[str, str], ...]]] = {
    "a lock in a blackout": _in_a_blackout,
    "a lock at a round minute": _at_a_round_minute,
    "a lock out of the window": _out_of_the_window,
    "a lock in an avoided hour": _in_an_avoided_hour,
    "two locks too close": _too_close,
    "two locks of one type too soon": _of_one_type_too_soon,
    "four locks in a block": _crowded_block,
    "five locks over a quota": _over_the_quota,
    "locks over a weekly cap": _over_the_cap,
    "a closed day": _closed_day,
    "one clock time too often": _same_clock,
    "two bundles after noon": _two_bundles_after_noon,
    "a winner after a winner": _winner_after_winner,
    "a lock right after history": _right_after_history,
}
