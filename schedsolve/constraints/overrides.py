"""Edits of what a scenario may state in other words: a send type under a retired name, quotas by level or fans."""

from __future__ import annotations

from ..model.catalog import DEPRECATED, Category
from ..model.notch import Edit
from ..model.week import Week


def override(week: Week, key: str, field: str, value: int) -> Edit:
    """The edit that gives a send type's field another value.

    Of several entries that mean the type, the last that states the field counts: that one is changed, else the last.
    """
    entries = week.scenario.send_types
    meant = [stated for stated in entries if DEPRECATED.get(stated, stated) == key]
    if not meant:
        return Edit(op="add", path=f"/send_types/{key}", value={field: value})
    stating = [stated for stated in meant if getattr(entries[stated], field) is not None]
    return Edit(op="replace", path=f"/send_types/{(stating or meant)[-1]}/{field}", value=value)


def quota_edit(week: Week, day: int, **wanted: int) -> Edit:
    """The edit that gives one day other quotas, by category; all days are then stated as they are."""
    stated = [{category.value: quota.of(category) for category in Category} for quota in week.quotas]
    stated[day] |= wanted
    return Edit(op="replace", path="/volume/quotas", value=stated)
