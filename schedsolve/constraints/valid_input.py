"""Rule `valid-input`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.catalog import Category, PageType
from ..model.timetable import Timetable
from .rule import Rule, Violation
from .wording import date_of

LEAST_CONFIDENCE = 0.3
"""Below this the week is refused, unless the scenario accepts low confidence."""
HIGHEST_SCORE = 100


@dataclass(frozen=True)
class ValidInput(Rule):
    """Scores and quotas lie within their bounds, and the volume figures are trusted enough to be planned."""

    id = "valid-input"
    severity = "high"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """What the scenario says that it must not say."""
        yield from self._confidence(plan)
        yield from self._scores(plan)
        yield from self._quotas(plan)

    def _confidence(self, plan: Timetable) -> Iterator[Violation]:
        confidence = plan.week.confidence
        if not 0 <= confidence <= 1:
            yield self.broken("scenario", 1, f"confidence is {confidence:g}; 0 to 1 is allowed")
        elif confidence < LEAST_CONFIDENCE and not plan.week.scenario.volume.accept_low_confidence:
            yield self.broken(
                "scenario",
                LEAST_CONFIDENCE - confidence,
                f"confidence is {confidence:g}; below {LEAST_CONFIDENCE:g} a week is refused "
                "unless volume.accept_low_confidence is true",
            )

    def _scores(self, plan: Timetable) -> Iterator[Violation]:
        performance = plan.week.scenario.performance
        scores = {
            "saturation": performance.saturation,
            "opportunity": performance.opportunity,
            "caption_freshness": performance.caption_freshness,
        }
        for name, score in scores.items():
            if score is not None and not 0 <= score <= HIGHEST_SCORE:
                yield self.broken("scenario", 1, f"{name} is {score:g}; 0 to {HIGHEST_SCORE} is allowed")

    def _quotas(self, plan: Timetable) -> Iterator[Violation]:
        free = plan.week.scenario.creator.page_type is PageType.FREE
        for day, quota in enumerate(plan.week.quotas):
            for category in Category:
                wanted = quota.of(category)
                subject = f"{date_of(plan.week, day)} {category}"
                if wanted < 0:
                    yield self.broken(subject, -wanted, f"the {category} quota of {subject[:10]} is {wanted}")
                elif free and wanted > 0 and category is Category.RETENTION:
                    yield self.broken(
                        subject,
                        wanted,
                        f"the retention quota of {subject[:10]} is {wanted}; free pages have none",
                    )
