"""How the calendar calls things: a long and a short name for every send type, strategy names, colours.

Short names have at most seven characters, and five where a style letter follows: then a line such as `20:22 ppv w` fits
the thirteen columns of a day in a terminal a hundred wide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.catalog import CATALOG, Category, Style
from ..model.plan import Shortfall
from ..model.ranged import Ranged


@dataclass(frozen=True)
class Label:
    """Name of a send type: in full, and where room is scarce."""

    long: str
    short: str


TYPE_LABELS: Mapping[str, Label] = {
    "ppv_unlock": Label("ppv", "ppv"),
    "ppv_wall": Label("wall", "wall"),
    "tip_goal": Label("tip goal", "tipgoal"),
    "vip_program": Label("vip", "vip"),
    "game_post": Label("game", "game"),
    "bundle": Label("bundle", "bundle"),
    "flash_bundle": Label("flash bundle", "flash"),
    "snapchat_bundle": Label("snap bundle", "snap"),
    "first_to_tip": Label("first tip", "1st tip"),
    "link_drop": Label("link", "link"),
    "wall_link_drop": Label("wall link", "w.link"),
    "bump_normal": Label("bump", "bump"),
    "bump_descriptive": Label("bump story", "b.story"),
    "bump_text_only": Label("bump text", "b.text"),
    "bump_flyer": Label("bump flyer", "b.flyer"),
    "dm_farm": Label("dm farm", "dm farm"),
    "like_farm": Label("like farm", "likes"),
    "live_promo": Label("live", "live"),
    "renew_on_post": Label("renew post", "r.post"),
    "renew_on_message": Label("renew msg", "r.msg"),
    "ppv_followup": Label("followup", "followup"),
    "expired_winback": Label("winback", "winback"),
}

STYLE_LETTERS: Mapping[Style, str] = {
    Style.SOLO: "s",
    Style.BUNDLE: "b",
    Style.WINNER: "w",
    Style.SEXTAPE: "x",
}

STRATEGY_LABELS: Mapping[str, Label] = {
    "revenue_focus": Label("revenue focus", "revenue focus"),
    "engagement_burst": Label("engagement burst", "engagement"),
    "balanced_standard": Label("balanced", "balanced"),
    "variety_max": Label("variety max", "variety max"),
    "storytelling": Label("storytelling", "storytelling"),
}

CATEGORY_COLOURS: Mapping[Category, str] = {
    Category.REVENUE: "green",
    Category.ENGAGEMENT: "cyan",
    Category.RETENTION: "magenta",
}
FOLLOWUP_COLOUR = "yellow"
CAMPAIGN = "◆"
"""Stands before a send that carries a campaign."""

RANGE_LABELS: Mapping[str, str] = {Ranged.PPV.rule: "ppv", Ranged.BUMP.rule: "bumps"}


CAMPAIGN_TARGET = "campaign-target"
"""The rule whose shortfalls are of the whole plan; they stand under its first day."""


def shortfall_label(short: Shortfall) -> str:
    """What a shortfall is of: a category, the sends that a range counts, or a campaign family."""
    if short.rule == CAMPAIGN_TARGET:
        return family_label(short.campaign_type or "campaigns of all families")
    return RANGE_LABELS.get(short.rule, short.category.value)


def shortfall_day(short: Shortfall) -> str:
    """The date of a shortfall; nothing where it is of the whole plan."""
    return "" if short.rule == CAMPAIGN_TARGET else short.date


def family_label(family: str) -> str:
    """A campaign family in words: `descriptive wall campaign`."""
    return family.replace("_", " ")


def type_label(key: str) -> Label:
    """The label of a send type; a foreign key names itself."""
    return TYPE_LABELS.get(key) or Label(key.replace("_", " "), key)


def strategy_label(key: str) -> Label:
    """The label of a day's strategy; a foreign key names itself."""
    return STRATEGY_LABELS.get(key) or Label(key.replace("_", " "), key)


def shows_style(key: str) -> bool:
    """Whether the style is worth showing: only where the type does not fix it."""
    row = CATALOG.get(key)
    return row is None or row.rotated


def hour_runs(hours: tuple[int, ...]) -> str:
    """Hours as runs: (19, 20, 21, 23) -> `19–21 23`."""
    runs: list[list[int]] = []
    for hour in sorted(set(hours)):
        if runs and hour == runs[-1][-1] + 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    return " ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
