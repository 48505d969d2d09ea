"""Dates to propose to a school on the telephone, with what each of them costs the whole plan."""

from collections.abc import Iterator

from ektp_sched.budget import CancelToken
from ektp_sched.desk.allowed import mark_of, require_allowed
from ektp_sched.desk.effects import Effect, effects
from ektp_sched.desk.promises import committed_to, promised
from ektp_sched.desk.searching import budget_of
from ektp_sched.desk.slots import Question, Replanning
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.domain.plan import visits_table
from ektp_sched.domain.scalars import AtLeastOne, Flag, Text, Value
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.language import _, ngettext, number
from ektp_sched.rulebook import Score

MOST_OFFERS = 20
# Openings that are worked out: what one costs is known only once the plan is filled up around it.
LEAST_TRIES, TRIES_PER_OFFER = 15, 3


class Offer(Value):
    """A slot to propose to a school, and a plan that holds it.

    `score` is that of `plan`, in which the slot is a confirmed visit. `estimated`: the plan is
    one with this slot, not proven to be the best; the slot costs at most what it says.
    `effects` are what `plan` changes in the plan that was asked about. `mark` tells the problem and
    the plan that the offer was made for.
    """

    number: AtLeastOne
    visit: Visit
    score: Score
    effects: tuple[Effect, ...]
    estimated: Flag
    plan: Plan
    mark: Text


class Offers(Shown):
    """Offers for one school, the one that costs least first, and the score without any of them.

    A cost is the difference of an offer's score to `score`: that of the plan asked about or, where
    exact offers were asked for, of the best plan found without any.
    """

    school: Text
    score: Score
    offers: tuple[Offer, ...]

    def _shown(self) -> Iterator[str | Table]:
        found = ngettext("{n} slot", "{n} slots", len(self.offers))
        yield _("{slots} for {school}", slots=found, school=self.school)
        slots = visits_table(one.visit for one in self.offers)
        yield Table(
            (
                ("", "count"),
                *slots.columns,
                (_("Pupils in all"), "count"),
                (_("That is"), "word"),
            ),
            [
                (
                    number(one.number),
                    *row,
                    number(one.score.students - self.score.students, "+,"),
                    _("estimated") if one.estimated else _("proven"),
                )
                for one, row in zip(self.offers, slots.rows, strict=True)
            ],
        )


def offer(
    problem: Problem,
    plan: Plan,
    school: str,
    k: int = 5,
    *,
    exact: bool = False,
    time_limit: float = 60,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    cancel: CancelToken | None = None,
) -> Offers:
    """Find the `k` best different slots to propose to a school.

    Every slot goes with all that is confirmed or done, and with the stock of blanks. Slots are
    different where the date, the half of the day (before noon or from noon on) or the team is
    another one. They are ordered by what they cost in the policy's tiers, and among equals by their
    pupils; what a slot saves in tiers after the one of pupils makes it no better than free.

    Without `exact`, costs are estimated: the slot is put into the plan as it is, visits that are in
    its way move or fall, the smallest first, and the time and the blanks left over are filled up
    again. The plan that comes of it exists and keeps all rules, so that a slot costs at most that.

    Parameters
    ----------
    plan
        It breaks no rule. Its contingent visits are left aside.
    exact
        Plan anew for every slot. Where the exact model takes the problem, it chooses the slot's
        times and pupils too, and the first offer is the best there is. In a larger one the `k`
        slots that are best by estimate are each confirmed and planned around; what is not
        proven within the time stays labelled as estimated.
    time_limit, seed, workers, deterministic, cancel
        As in solve(), for all exact offers together.

    Raises
    ------
    RequestError
        There is no such school, the plan breaks rules, or `k` is not from 1 to 20.
    PlanError
        The plan names what the problem does not know.
    SettingsError
        A number for the solver is out of range.
    """
    if not 1 <= k <= MOST_OFFERS:
        what, remedy = (
            _("{count} offers cannot be made", count=k),
            _("Ask for 1 to {most}.", most=MOST_OFFERS),
        )
        raise RequestError([Complaint("k", what, remedy)])
    school = problem.school(school).id
    budget = budget_of(
        time_limit, seed=seed, workers=workers, deterministic=deterministic, cancel=cancel
    )
    score = require_allowed(problem, plan).score
    question = Question(committed_to(problem, promised(problem, plan)), plan, school)
    slots = question.estimated(most=max(LEAST_TRIES, TRIES_PER_OFFER * k))
    if exact:
        score, slots = Replanning(question, budget).found(slots, k)
    mark = mark_of(problem, plan)
    offers = tuple(
        Offer(
            number=number,
            visit=slot.placed.visit,
            score=slot.placed.report.score,
            effects=effects(plan, slot.placed.plan),
            estimated=not slot.proven,
            plan=slot.placed.plan,
            mark=mark,
        )
        for number, slot in enumerate(slots[:k], start=1)
    )
    return Offers(school=school, score=score, offers=offers)
