"""Rule `style-back-to-back`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..model.catalog import GUARDED_STYLES
from ..model.notch import Notch
from ..model.timetable import Timetable
from ..model.week import Week
from .draft import Draft, IntVar
from .rule import Rule, Violation
from .wording import day_words, sent


@dataclass(frozen=True)
class StyleBackToBack(Rule):
    """Two neighbours in the pay-per-view sequence are not both winner and not both bundle.

    The sequence begins with the last pay-per-view send of history; when its style is unknown, the border does
    not bind.
    """

    id = "style-back-to-back"
    severity = "high"
    needs = ("styles",)

    def post(self, draft: Draft) -> None:
        """One literal per slot and guarded style carries whether the last pay-per-view send had it."""
        fixed = {key: row.fixed_style for key, row in draft.week.types.items()}
        past = [send.style for send in draft.week.past if send.send_type.ppv]
        for style in GUARDED_STYLES:
            last: IntVar | int = int(bool(past) and past[-1] is style)
            for slot in draft.slots:
                here = sum(slot.style(style, fixed))
                sends = sum(slot.kinds[key] for key, row in draft.week.types.items() if row.ppv and key in slot.kinds)
                subject = f"{day_words(draft.week, slot.day)} {style}"
                carried = draft.literal(f"last {style}", slot.day, chained=True)
                draft.add(self.id, subject, last + here <= 1)
                draft.add(self.id, subject, carried >= here)
                draft.add(self.id, subject, carried >= last - sends)
                last = carried

    def notches(self, week: Week) -> Iterator[Notch]:  # noqa: ARG002
        """Guarded styles may follow themselves."""
        yield self.switched_off()

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Neighbours of one guarded style."""
        past = [send for send in plan.past if send.send_type is not None and send.send_type.ppv]
        for earlier, later in pairwise((*past[-1:], *plan.ppv)):
            if later.style in GUARDED_STYLES and later.style == earlier.style:
                before = f"the pay-per-view send before it, {earlier.id}"
                yield self.broken(
                    later.id,
                    1,
                    f"{sent(plan.week, later)} is {later.style} like {before}",
                )
