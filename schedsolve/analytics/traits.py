"""What the top performers have in common: four traits of captions, each tested against all other records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .identity import id_order
from .significance import Share, p_value
from .trait_candidates import Candidate, Has, candidates
from .trait_record import TraitRecord
from .trait_report import Recommendation, SharedTrait, Trait, TraitReport

TOP_N = 10
SHARED_FROM_PERCENT = 60
ALPHA = 0.05
TESTS = 4
BONFERRONI_ALPHA = ALPHA / TESTS
"""The level of each test, so that all of them together err at most ALPHA of the time."""
HIGH_CONFIDENCE_FROM = 50
"""Records from which figures are reliable."""


def detect_traits(records: Iterable[TraitRecord], top_n: int = TOP_N) -> TraitReport:
    """Compare the `top_n` records that earned most (ties by id) with all others; their order is irrelevant.

    Raises
    ------
    MissingExtraError
        When scipy is not installed.
    """
    if top_n < 1:
        raise ValueError(f"top_n is {top_n}, must be at least 1")
    ranked = sorted(records, key=_rank)
    if len(ranked) < top_n:
        return _report(ranked, [], [], f"{_counted(ranked)}, at least {top_n} are needed")
    top, rest = ranked[:top_n], ranked[top_n:]
    shared: list[SharedTrait] = []
    advice: list[Recommendation] = []
    for candidate in candidates(top):
        has, others = _shares(candidate.has, top, rest)
        if not _is_shared(has):
            continue
        chance = p_value(has, others)
        shared.append(_found(candidate, has, others, chance))
        if candidate.action and all(_supports(*shares) for shares in _readings(candidate, top, rest)):
            advice.append(
                Recommendation(candidate.trait, candidate.value, candidate.action, candidate.multiplier, chance)
            )
    return _report(ranked, shared, advice, "" if advice else _why_none(shared))


def _rank(record: TraitRecord) -> tuple[Any, ...]:
    """Highest earnings first, then by id, then by all that is tested, so that only equals may change places."""
    texts = (record.caption_text or "", record.kind, record.tone, record.stated_tone)
    return (-record.earned, id_order(record.id or ""), texts, record.paid)


def _shares(has: Has, top: Sequence[TraitRecord], rest: Sequence[TraitRecord]) -> tuple[Share, Share]:
    return Share(sum(map(has, top)), len(top)), Share(sum(map(has, rest)), len(rest))


def _is_shared(top: Share) -> bool:
    return 100 * top.count >= SHARED_FROM_PERCENT * top.total


def _readings(
    candidate: Candidate, top: Sequence[TraitRecord], rest: Sequence[TraitRecord]
) -> Iterator[tuple[Share, Share]]:
    """The shares with missing values read as something, and without, where that differs."""
    yield from dict.fromkeys(_shares(has, top, rest) for has in (candidate.has, candidate.stated))


def _supports(top: Share, rest: Share) -> bool:
    """Whether a share is high, higher than among the rest, and not by chance."""
    return _is_shared(top) and top.exceeds(rest) and p_value(top, rest) < BONFERRONI_ALPHA


def _found(candidate: Candidate, top: Share, rest: Share, chance: float) -> SharedTrait:
    return SharedTrait(
        trait=candidate.trait,
        value=candidate.value,
        count=top.count,
        percentage=top.percentage,
        rest_count=rest.count,
        rest_percentage=rest.percentage,
        p_value=chance,
        is_significant=chance < BONFERRONI_ALPHA,
        text=f"{_DESCRIBED[candidate.trait].format(candidate.value)}: {top.count} of the top {top.total}"
        f" ({top.percentage:g}%), {rest.count} of the other {rest.total} ({rest.percentage:g}%)",
    )


_DESCRIBED: Mapping[Trait, str] = {
    "length": "{} characters",
    "content_type": "content type {}",
    "tone": "tone {}",
    "price": "price ${}",
}


def _report(
    ranked: Sequence[TraitRecord], shared: Sequence[SharedTrait], advice: Sequence[Recommendation], reason: str
) -> TraitReport:
    confident = len(ranked) >= HIGH_CONFIDENCE_FROM
    told = f"only {_counted(ranked)}: figures are reliable from {HIGH_CONFIDENCE_FROM} on"
    return TraitReport(
        has_recommendations=bool(advice),
        shared_traits=tuple(shared),
        recommendations=tuple(advice),
        analyzed_count=len(ranked),
        statistical_confidence="HIGH" if confident else "LOW",
        bonferroni_alpha=BONFERRONI_ALPHA,
        multipliers={one.value: one.multiplier for one in advice if one.trait == "content_type"},
        reason=reason,
        warnings=() if confident else (told,),
    )


def _counted(ranked: Sequence[TraitRecord]) -> str:
    return f"{len(ranked)} record{'s' * (len(ranked) != 1)}"


def _why_none(shared: Sequence[SharedTrait]) -> str:
    if not shared:
        return f"no trait is shared by {SHARED_FROM_PERCENT}% of the top"
    return "no shared trait that can be raised is more frequent in the top by more than chance"
