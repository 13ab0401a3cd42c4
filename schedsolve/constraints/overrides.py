"""Edits of a send type's overrides, which a scenario may state under retired names, in part, or not at all."""

from __future__ import annotations

from ..model.catalog import DEPRECATED
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
