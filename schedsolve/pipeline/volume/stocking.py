"""Modules 6 to 8: contents and captions for the sends, and the prediction of what they bring."""

from __future__ import annotations

from ...model.volume import Prediction
from ...model.week import Quota
from .caption_pool import CaptionWarning, caption_warnings
from .content_weighting import content_allocations
from .figures import ASSUMED_MEDIA
from .inputs import VolumeInputs
from .prediction import Recorder
from .trail import Trail


def contents(inputs: VolumeInputs, quota: Quota, trail: Trail) -> dict[str, int]:
    """Module 6."""
    content = inputs.content
    if not content.rankings and content.vault is None:
        trail.step("contents", quota, "no contents are known")
        return {}
    if content.vault is None:
        media = ", ".join(ASSUMED_MEDIA)
        trail.warnings.append(f"the vault is not known: it is taken to hold {media}, and contents are not checked")
    found = content_allocations(quota.revenue, content.rankings, content.vault, content.multipliers)
    if not found:
        trail.warnings.append("no ranked content is in the vault and not to be avoided")
    told = ", ".join(f"{name} {count}" for name, count in found.items()) or "none left"
    trail.step("contents", quota, told, *(["content_weighting"] if content.rankings else []))
    return found


def captions(inputs: VolumeInputs, quota: Quota, trail: Trail) -> tuple[CaptionWarning, ...]:
    """Module 7."""
    found = caption_warnings(inputs.pools)
    note = "; ".join(warning.message for warning in found) or "nothing to warn of"
    trail.step("caption pool", quota, note, *(["caption_pool_check"] if found else []))
    return found


def kept(prediction: Prediction | None, quota: Quota, trail: Trail, record: Recorder | None) -> int | None:
    """Module 8: the number under which the prediction is kept; None where none is asked for or it cannot be kept."""
    if prediction is None:
        return None
    number = None
    try:
        number = None if record is None else record(prediction)
    except OSError as error:
        trail.warnings.append(f"the prediction could not be kept: {error}")
    else:
        if number is None:
            trail.warnings.append("the prediction is not kept: nothing to keep it in was given")
    note = f"{prediction.predicted_revenue_per_day:,.2f} a day expected"
    trail.step("prediction", quota, note, *([] if number is None else ["prediction_tracked"]))
    return number
