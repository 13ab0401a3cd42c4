"""The price of each rule: the week is solved again with the rule one notch looser, under the same wishes.

The loosened week is valued by the base week's yardstick, so that both optima are counted from one zero point and no
wish is drawn anew. With v <= optimum <= b for each of the two, the gain lies between v' - b and b' - v; and as every
plan of the base week is one of the loosened week, it is at least 0, v' is at least v, and b at most b'.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...constraints import rules_of
from ...constraints.preferences.balanced_week import BalancedWeek
from ...constraints.preferences.full_quota import FullQuota
from ...constraints.preferences.strategy_choice import StrategyChoice
from ...errors import InfeasibleError, NoPlanError, ScenarioError
from ...model.notch import Notch
from ...model.price import Gain, Price, PriceList, Unpriced
from ...model.ranged import Ranged
from ...model.rule_settings import Rules
from ...model.scenario import Scenario
from ...model.week import Week
from ...solver.compose import compose
from ...solver.draft import WeekDraft
from ...solver.progress import Cancellation, Progress
from ...solver.search import Effort
from ..fingerprint import stamp
from ..laddering import laddered
from ..prepare import prepare
from ..scoring import points
from ..timetables import timetable_of
from .pressure import presses
from .valuation import Data, Solved, Valuation, solved, valued

RULE_IDS = tuple(str(field.alias) for field in Rules.model_fields.values())
"""Every rule that may be named."""
NO_EFFECT = "leaves this week's model as it is: worth exactly nothing"
RANGES = tuple(kind.rule for kind in Ranged)
STEERING = (FullQuota.id, BalancedWeek.id, *RANGES)
"""Preferences whose weights decide what comes first and say nothing of worth."""
_A_DATE = re.compile(r"\d\d [A-Z][a-z]{2}")
NARROWS_LATE = ("active-window", "round-minute", "followup-window")
"""Rules that, loosened, leave fewer followups for the next morning: a later minute of the evening then fits."""


@dataclass(frozen=True)
class _Trial:
    """A loosened week that was solved; `widens` tells that every plan of the base week is one of it."""

    notch: Notch
    week: Week
    solved: Solved
    widens: bool


def price(
    scenario: Scenario,
    *,
    effort: Effort = "quick",
    rules: Sequence[str] = (),
    everything: bool = False,
    progress: Callable[[Progress], None] | None = None,
    cancellation: Cancellation | None = None,
) -> PriceList:
    """What the optimum would gain if each rule were one notch looser or gone.

    Parameters
    ----------
    scenario
        The week.
    effort
        Of each solve; the more, the narrower the intervals.
    rules
        Price only these, with every notch that they have.
    everything
        Also price further steps, single days, locks and blackouts, and rules that the plan keeps with room to spare.
    progress
        Called with a `Progress` whose phase says which notch is tried.
    cancellation
        Ends after the solves so far; what is left is listed without a price.

    Raises
    ------
    ScenarioError
        When the scenario contradicts itself.
    ValueError
        When a rule is unknown.
    InfeasibleError
        When the week has no plan, and so nothing has a price.
    NoPlanError
        When no plan was found within the effort.
    """
    unknown = [rule for rule in rules if rule not in RULE_IDS]
    if unknown:
        raise ValueError(f"unknown rule {', '.join(unknown)}; the rules are {', '.join(RULE_IDS)}")
    cancellation = cancellation or Cancellation()
    teller = _Teller(progress)
    week, _ = laddered(prepare(scenario), cancellation)
    draft = compose(week)
    base = solved(draft, effort, cancellation, teller.now("the week itself"))
    if base is None:
        raise InfeasibleError(["no plan can hold all the rules, so that none has a price"])
    return _Pricing(week, draft, base, effort, cancellation).told(
        dict.fromkeys(rules or RULE_IDS), bool(rules) or everything, bool(rules), teller
    )


class _Teller:
    """Passes the events of a search on, under the name of what is solved."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        self._progress = progress
        self._begun = time.monotonic()

    def now(self, phase: str) -> Callable[[Progress], None]:
        """The callback for one solve, which is told at once."""

        def report(event: Progress) -> None:
            if self._progress is not None:
                self._progress(replace(event, phase=phase, seconds=time.monotonic() - self._begun))

        report(Progress(phase, None, None, None, 0.0))
        return report


class _Pricing:
    """One week, solved, and the notches that are tried on it."""

    def __init__(self, week: Week, draft: WeekDraft, base: Solved, effort: Effort, cancellation: Cancellation) -> None:
        self._week = week
        self._base = base
        self._effort = effort
        self._cancellation = cancellation
        self._model, self._constants = str(draft.model.proto), dict(draft.constants)
        self._unpriced: list[Unpriced] = []

    def told(self, rules: Mapping[str, None], every_step: bool, named: bool, teller: _Teller) -> PriceList:
        """The prices of these rules' notches."""
        notches = list(self._worth_trying(rules, every_step, named))
        trials = []
        for number, notch in enumerate(notches, start=1):
            trial = None if self._cancellation.cancelled else self._tried(notch, f"{number} of {len(notches)}", teller)
            if self._cancellation.cancelled:
                self._leave(notch, "interrupted")
            elif trial is not None:
                trials.append(trial)
        return self._listed(trials)

    def _leave(self, notch: Notch, reason: str) -> None:
        self._unpriced.append(Unpriced(rule=notch.rule, notch=notch, reason=reason))

    def _worth_trying(self, rules: Mapping[str, None], every_step: bool, named: bool) -> Iterator[Notch]:
        """The notches that get a solve; why others get none is noted."""
        on = {rule.id: rule for rule in rules_of(self._week)}
        plan = timetable_of(self._week, self._base.plan)
        for rule in rules:
            notches = list(on[rule].notches(self._week)) if rule in on else []
            if named and not notches:
                reason = "nothing to loosen in this week" if rule in on else "switched off in the scenario"
                self._unpriced.append(Unpriced(rule=rule, notch=None, reason=reason))
            begun: set[str] = set()
            for notch in notches:
                further = notch.subject in begun and (notch.after != "off" or notch.subject != "")
                begun.add(notch.subject)
                if every_step:
                    yield notch
                elif _A_DATE.search(notch.subject):
                    self._leave(notch, "a single day, lock or blackout")
                elif further:
                    self._leave(notch, "a further step")
                elif not presses(plan, notch):
                    self._leave(notch, "kept with room to spare")
                else:
                    yield notch

    def _tried(self, notch: Notch, count: str, teller: _Teller) -> _Trial | None:
        """The loosened week, solved; None, with the reason noted, when that tells nothing."""
        report = teller.now(f"{count}: {notch.text}")
        try:
            changed = notch.applied(self._week.scenario)
            if changed is None:
                raise ScenarioError("scenario", [])
            loosened, _ = laddered(prepare(changed), self._cancellation)
            week = replace(loosened, yardstick=self._week)
            draft = compose(week)
        except ScenarioError as error:
            self._leave(notch, "; ".join(problem.message for problem in error.problems) or "no valid scenario")
            return None
        if str(draft.model.proto) == self._model and draft.constants == self._constants:
            self._leave(notch, NO_EFFECT)
            return None
        widens = not (week.late_policy == "next_morning" and notch.rule in NARROWS_LATE)
        if not self._comparable(week, widens):
            self._leave(notch, "no mere loosening: the plan at hand would count otherwise")
            return None
        try:
            found = solved(draft, self._effort, self._cancellation, report)
        except NoPlanError:
            found = None
        if found is None:
            self._leave(notch, "no plan was found within the effort")
            return None
        return _Trial(notch, week, found, widens)

    def _comparable(self, week: Week, widens: bool) -> bool:
        """Whether the base plan is one of the loosened week's, and worth the same but for its balance and ranges."""
        before, after = self._base.valuation, valued(week, self._base.plan)
        if after is None:
            return not widens
        told = (BalancedWeek.id, *RANGES)
        return all(after.units[name] == units for name, units in before.units.items() if name not in told)

    def _listed(self, trials: Sequence[_Trial]) -> PriceList:
        """Prices from all plans together: a plan found for one week counts in every week whose rules it keeps."""
        plan, valuation = self._best(self._week, [self._base, *(trial.solved for trial in trials)])
        ceilings = [trial.solved.bound for trial in trials if trial.widens]
        bound = min([self._base.bound, *ceilings])
        prices = [self._priced(trial, trials, plan, valuation, max(valuation.value, bound)) for trial in trials]
        scenario = self._week.scenario
        solves = [self._base, *(trial.solved for trial in trials)]
        return PriceList(
            scenario=stamp(scenario),
            seed=scenario.seed,
            effort=self._effort,
            value=points(valuation.value),
            bound=points(max(valuation.value, bound)),
            earned=points(_earned(valuation)),
            missing=valuation.missing,
            prices=tuple(sorted(prices, key=lambda found: found.draw - found.total.best)),
            unpriced=tuple(self._unpriced),
            reproducible=not self._cancellation.cancelled and all(solve.reproducible for solve in solves),
        )

    def _best(self, week: Week, solves: Sequence[Solved]) -> tuple[Data, Valuation]:
        """The best of some plans in a week; the first keeps its rules."""
        best: tuple[Data, Valuation] | None = None
        for solve in solves:
            valuation = valued(week, solve.plan)
            if valuation is not None and (best is None or valuation.value > best[1].value):
                best = solve.plan, valuation
        assert best is not None
        return best

    def _priced(self, trial: _Trial, trials: Sequence[_Trial], plan: Data, before: Valuation, bound: int) -> Price:
        """The gain of one trial over the base week, whose best plan and bound are given."""
        kin = [other for other in trials if (other.notch.rule, other.notch.subject) == _chain(trial)]
        tighter, looser = kin[: kin.index(trial)], kin[kin.index(trial) + 1 :]
        _, after = self._best(trial.week, [trial.solved, *(other.solved for other in tighter)])
        shared = valued(trial.week, plan)
        if shared is not None and shared.value > after.value:
            after = shared
        ceiling = (
            min([trial.solved.bound, *(other.solved.bound for other in looser)])
            if trial.widens
            else (trial.solved.bound)
        )
        ceiling = max(ceiling, after.value)
        floor = max(after.value - bound, 0) if trial.widens else after.value - bound
        total = _gain(after.value - before.value, floor, ceiling - before.value)
        unbound = replace(trial.week, yardstick=None)
        draw = StrategyChoice.of(unbound).zero - StrategyChoice.of(self._week).zero
        apart = draw + _steered(before, after)
        gained = _gain(*(amount - apart for amount in (after.value - before.value, floor, ceiling - before.value)))
        earned = _earned(before)
        return Price(
            notch=trial.notch,
            sends=before.missing - after.missing,
            points=gained,
            percent=round(100 * gained.best / abs(points(earned)), 4) if earned else None,
            total=total,
            draw=points(draw),
            value=points(after.value),
            bound=points(ceiling),
        )


def _chain(trial: _Trial) -> tuple[str, str]:
    return trial.notch.rule, trial.notch.subject


def _gain(best: int, at_least: int, at_most: int) -> Gain:
    return Gain(best=points(best), at_least=points(at_least), at_most=points(at_most))


def _steered(before: Valuation, after: Valuation) -> int:
    """Units of a gain that sends and balance account for; which day a send is missing on is worth what it is worth."""
    weeks = sum(after.units.get(name, 0) - before.units.get(name, 0) for name in (BalancedWeek.id, *RANGES))
    sends = after.units[FullQuota.id] - before.units[FullQuota.id]
    return weeks + (sends if after.missing != before.missing else 0)


def _earned(valuation: Valuation) -> int:
    """The value without what only steers."""
    return valuation.value - sum(valuation.units.get(name, 0) for name in STEERING)
