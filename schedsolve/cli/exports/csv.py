"""A plan as CSV (RFC 4180, UTF-8): one line per item, the variation metadata flattened into columns `vm_*`.

Text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers. `check` reads it back.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from ...model.plan import Item, Plan, VariationMetadata

_METADATA = "variation_metadata"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    *(name for name in Item.model_fields if name != _METADATA),
    *(f"vm_{name}" for name in VariationMetadata.model_fields),
)


def plan_as_csv(plan: Plan) -> bytes:
    """Header and one line per item, in the plan's order."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    for item in plan.items:
        row = item.model_dump(mode="json")
        metadata = row.pop(_METADATA)
        row |= {f"vm_{name}": value for name, value in metadata.items()}
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return buffer.getvalue().encode()


def _cell(value: Any) -> Any:
    """Nothing -> empty, true -> `true`, hours -> `19 20 21`, text made harmless."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return " ".join(map(str, value))
        case str() if value.startswith(_FORMULA):
            return f"'{value}"
    return value
