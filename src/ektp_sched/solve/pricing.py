"""prices(): what a little more of anything scarce would be worth, in pupils."""

from collections.abc import Iterator
from datetime import date

from ektp_sched import master
from ektp_sched.budget import Budget, CancelToken
from ektp_sched.domain import Plan, Problem
from ektp_sched.domain.scalars import Value
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.language import _
from ektp_sched.network import build_network, plan_of
from ektp_sched.rulebook import check
from ektp_sched.solve.budgeting import budgeted
from ektp_sched.solve.price_book import PriceBook
from ektp_sched.solve.settings import Settings, available_cores


class TeamDayPrice(Value):
    """What one more team-day like this one is worth: the same team's, as if there were two."""

    team: str
    date: date
    pupils: float


class BlankPrice(Value):
    """What one more blank card is worth if it is there by a date."""

    date: date
    pupils: float


class SchoolPrice(Value):
    """What is scarce at a school: one pupil more who is due there, room for one, one visit more.

    `room` is that of the school's best dates.
    """

    school: str
    pupil: float
    room: float
    visit: float


class Prices(Value):
    """The dual prices of the tier that counts pupils.

    They hold at the margin. `bound` is one on the tier in pupils (in what counts as much as one of
    priority 1, where the tier holds other terms, too); with one team-day or blank more, no plan
    passes it by more than the price. `close` says whether the linear program was solved nearly to
    its end; otherwise prices may be far from those that fit the best plan. Where blanks do not
    limit recording, each is worth nothing.
    """

    bound: float
    close: bool
    team_days: tuple[TeamDayPrice, ...]
    blanks: tuple[BlankPrice, ...]
    schools: tuple[SchoolPrice, ...]


def prices(
    problem: Problem,
    *,
    plan: Plan | None = None,
    time_limit: float = 20,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    cancel: CancelToken | None = None,
) -> Prices:
    """Find what one more team-day, blank, pupil, room or visit is worth.

    Parameters
    ----------
    plan
        A plan that breaks no rule: the better it keeps the earlier tiers, the truer the prices. By
        default the quick first plan.
    time_limit, seed, workers, deterministic, cancel
        As in solve().

    Raises
    ------
    RequestError
        The policy counts no pupils, or the plan (or what is promised) breaks rules.
    PlanError
        The plan names things that the problem does not know.
    SettingsError
        A number is out of range.
    """
    threads = available_cores() if workers is None else workers
    settings = Settings(time_limit, 0, seed, threads, deterministic)
    with budgeted(settings, cancel) as budget:
        known = _first_plan(problem, budget) if plan is None else plan
        if broken := check(problem, known).violations:
            remedy = _("Correct the plan, or what is promised, first; ektp-sched check tells more.")
            raise RequestError(
                [Complaint("plan", f"{one.rule}: {one.message}", remedy) for one in broken]
            )
        return prices_of(PriceBook(problem, known, budget, budget.remaining))


def prices_of(book: PriceBook) -> Prices:
    """The prices of all that a problem has, by the book."""
    return Prices(
        bound=book.bound,
        close=book.margin.is_close,
        team_days=tuple(_team_days(book)),
        blanks=tuple(
            BlankPrice(date=book.network.day_of(day), pupils=book.blanks_from(day))
            for day in range(book.network.days)
        ),
        schools=tuple(
            SchoolPrice(
                school=name,
                pupil=book.margin.pupil_of(s) / book.unit,
                room=book.margin.room_of(s) / book.unit,
                visit=book.margin.visit_of(s) / book.unit,
            )
            for s, name in enumerate(book.network.school_ids)
        ),
    )


def _team_days(book: PriceBook) -> Iterator[TeamDayPrice]:
    network = book.network
    for team, day in network.team_day_at:
        worth = book.team_day(network, (team, day))
        yield TeamDayPrice(team=network.team_ids[team], date=network.day_of(day), pupils=worth)


def _first_plan(problem: Problem, budget: Budget) -> Plan:
    network = build_network(problem)
    visits = master.first_plan(network, problem.policy.tiers, budget, keep=network.confirmed)
    return plan_of(problem, network, visits)
