"""share_out(): a pool's blank cards to the offices that record most pupils with them."""

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, get_args

from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.offices.appraisal import Column, Sent, whole
from ektp_sched.offices.crew import hands_of
from ektp_sched.offices.division import Divider
from ektp_sched.offices.pool import (
    OfficeShare,
    Pool,
    Rule,
    RuleShare,
    Sharing,
    SharingProgress,
    Shipment,
)
from ektp_sched.offices.today import floors_in_cards, shared_today
from ektp_sched.offices.trials import Trials
from ektp_sched.solve.settings import Settings, available_cores
from ektp_sched.texts.language import _, ngettext

# Rounds that the time is planned for: today's three rules, and divisions by the cuts of all before.
# Where these take less, more follow as long as there is time.
ROUNDS, MOST_ROUNDS = 7, 60
SPARE_SHARE = 0.05  # of the time: with less left, no round begins
DIVISION_SHARE = 0.02  # of the time, for each program of the master problem
RULES: tuple[Rule, ...] = get_args(Rule)

Listener = Callable[[SharingProgress], None]


def share_out(
    pool: Pool,
    problems: Mapping[str, Problem | Path],
    *,
    time_limit: float,
    executor: Executor | None = None,
    workers: int | None = None,
    folder: Path | None = None,
    gap: float = 0.001,
    seed: int = 0,
    deterministic: bool = False,
    replace: bool = False,
    on_progress: Listener | None = None,
) -> Sharing:
    """Share a pool's blanks so that all its offices together record most pupils.

    Today's three rules are tried first; then, round by round, what the master problem says (see
    Divider), until the best sharing is proven to be within `gap` of any other, or the time is over.

    Parameters
    ----------
    problems
        Those of the pool's offices, or the files they are in; others are left aside.
    time_limit
        Seconds in all, or units of work, as in plan_offices().
    folder
        Keeps what was found out about each office in a folder of its name, and sharing.json. What
        is there of a problem that is as it was is not found out again, and where the pool and all
        problems are as they were, neither is the sharing.
    executor, workers, gap, seed, deterministic, replace
        As in plan_offices(); what `replace` is for is sharing.json.
    on_progress
        Called as each office is appraised.

    Raises
    ------
    RequestError
        An office of the pool has no problem.
    SettingsError
        A number is out of range.
    FileError
        The folder cannot be written.
    """
    crew = available_cores() if workers is None else workers
    settings = Settings(time_limit, gap, seed, crew, deterministic)
    if missing := [one.office for one in pool.offices if one.office not in problems]:
        what = ngettext(
            "of {n} office of the pool there is no problem: {first}",
            "of {n} offices of the pool there is no problem; the first is {first}",
            len(missing),
            first=missing[0],
        )
        remedy = _("Add the problems, or take the offices out of the pool.")
        raise RequestError([Complaint("pool.offices", what, remedy)])
    trials = Trials(pool, problems, settings, folder, replace=replace)
    if (known := trials.finished()) is not None:
        return known
    with hands_of(executor, crew) as hands:
        sharing = _Run(pool, trials, settings, hands, on_progress).sharing()
    trials.finish(sharing)
    return sharing


class _Known(NamedTuple):
    """Boxes by office, and the best plans that are known with them."""

    sent: Mapping[str, Sent]
    columns: Mapping[str, Column]

    @property
    def pupils(self) -> int:
        """Those of all offices."""
        return sum(column.pupils for column in self.columns.values())


@dataclass(slots=True)
class _Run:
    """One call of share_out()."""

    pool: Pool
    trials: Trials
    settings: Settings
    executor: Executor
    listener: Listener | None
    begun: float = field(default_factory=time.monotonic)
    by_rule: dict[Rule, tuple[Shipment, ...]] = field(default_factory=dict)
    given: float = 0.0  # to rounds, in a deterministic run
    bound: int | None = None
    best: _Known = field(default_factory=lambda: _Known({}, {}))

    def sharing(self) -> Sharing:
        """Today's rules, rounds of the master problem, and what came of it."""
        pupils = self.trials.pupils
        self.by_rule = {rule: shared_today(self.pool, pupils, rule) for rule in RULES}
        for number, shipments in enumerate(self.by_rule.values(), start=1):
            sent = self.trials.boxes(shipments)
            self.trials.load(sent)
            self._try(number, sent, self.trials.untried(sent))
        # Keeps all limits, and stands where the master problem should take too long.
        self.best = self._known(self.trials.boxes(self.by_rule["pupils"]))
        divider = self._divider()
        for number in range(len(RULES) + 1, MOST_ROUNDS + 1):
            following = self._divide(divider)
            if following is None or self._is_done:
                break
            self.trials.load(following)
            again = [*self.trials.untried(following), *self.trials.unproven(following)]
            if not again:
                break
            self._try(number, following, dict.fromkeys(again))
        else:
            self._divide(divider)
        return self._told(divider)

    @property
    def _left(self) -> float:
        """Seconds, or units of work, that may still be given out."""
        if self.settings.deterministic:
            return self.settings.time_limit - self.given
        return self.begun + self.settings.time_limit - time.monotonic()

    @property
    def _is_done(self) -> bool:
        least = self.settings.gap * max(1, self.best.pupils)
        if self.bound is not None and self.bound - self.best.pupils <= least:
            return True
        return self._left <= SPARE_SHARE * self.settings.time_limit

    def _try(self, number: int, sent: Mapping[str, Sent], offices: Iterable[str]) -> None:
        """One round: some offices appraised with what they would be sent."""
        seconds = self._left / max(2, ROUNDS - number + 1)
        self.given += seconds
        for done in self.trials.appraise(sent, offices, self.executor, seconds):
            if self.listener is not None:
                self.listener(
                    SharingProgress(
                        round=number,
                        offices_done=done,
                        offices=len(sent),
                        pupils=self.best.pupils,
                        bound=self.bound,
                    )
                )

    def _divide(self, divider: Divider) -> Mapping[str, Sent] | None:
        """Solve the master problem both ways; what to try next."""
        known, most = divider.best_known(), divider.most_recorded()
        if known is not None:
            # Of two as good, the master problem's: it sends nothing that brings nothing.
            self.best = max(self._known(known.sent), self.best, key=lambda one: one.pupils)
        if most is None:
            return None
        self.bound = most.bound if self.bound is None else min(self.bound, most.bound)
        return most.sent

    def _divider(self) -> Divider:
        limit = self.settings.time_limit
        return Divider(
            pool=self.pool,
            offices=self.trials.offices,
            least=floors_in_cards(self.pool, self.by_rule["pupils"]),
            seconds=None if self.settings.deterministic else max(1.0, limit * DIVISION_SHARE),
            seed=self.settings.seed,
        )

    def _told(self, divider: Divider) -> Sharing:
        best, bound = self.best, self.bound
        if bound is None:
            bound = sum(whole(one.ceiling(self.pool.cards)) for one in self.trials.offices)
        offices = tuple(
            OfficeShare(
                office=one.name,
                province=one.office.province,
                cards=sum(best.sent[one.name]) * one.office.lot,
                pupils=best.columns[one.name].pupils if one.name in best.columns else 0,
                bound=whole(one.bound(best.sent[one.name])),
                box_worth=one.box_worth(best.sent[one.name]),
            )
            for one in self.trials.offices
            if one.cuts
        )
        return Sharing(
            shipments=tuple(self.trials.shipments(self._with_unconfirmed(divider, best))),
            offices=offices,
            pupils=best.pupils,
            bound=bound,
            rules=tuple(map(self._ruled, RULES)),
            failures=self.trials.failures,
            plans={
                office: Plan.model_validate_json(column.plan)
                for office, column in best.columns.items()
            },
        )

    def _known(self, sent: Mapping[str, Sent]) -> _Known:
        """The best plans that are known for what is sent."""
        found = {one.name: one.best(sent[one.name]) for one in self.trials.offices}
        columns = {office: column for office, column in found.items() if column is not None}
        return _Known(sent, columns)

    def _with_unconfirmed(self, divider: Divider, best: _Known) -> Mapping[str, Sent]:
        if len(self.pool.confirmed) == len(self.pool.arrivals):
            return best.sent
        more = divider.with_unconfirmed(best.sent)
        return best.sent if more is None else more.sent

    def _ruled(self, rule: Rule) -> RuleShare:
        sent = self.trials.boxes(self.by_rule[rule])
        bounds = (whole(one.bound(sent[one.name])) for one in self.trials.offices)
        return RuleShare(
            rule=rule,
            shipments=self.by_rule[rule],
            pupils=self._known(sent).pupils,
            bound=sum(bounds),
        )
