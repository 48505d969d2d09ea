"""The fewest blanks more, and by when, that record as many of a school as blanks can bring."""

from ektp_sched.desk.explaining.case import Case
from ektp_sched.desk.explaining.serving import Served
from ektp_sched.desk.explaining.values import Remedy
from ektp_sched.desk.explaining.verify import served_with, verified
from ektp_sched.desk.reliefs import MoreBlanks
from ektp_sched.desk.revise import with_stock
from ektp_sched.language import _
from ektp_sched.rulebook import LedgerRow, check
from ektp_sched.rulebook.words import amount, day_in_words


def more_blanks(case: Case) -> Remedy | None:
    """The fewest blanks that do as much as any number of them would.

    A plan without regard to blanks shows the goal, and its ledger how many are lacking from when
    on. Whether fewer would do is asked by bisection, each time of a plan made anew.
    """
    if case.problem.stock.cards != "reserve":
        return None
    plenty = with_stock(case.problem, lambda one: one.model_copy(update={"cards": "none"}))
    goal = case.serving.best(plenty, case.school, case.kept("plan"))
    if goal.recorded <= case.beside_plan.recorded:
        return None
    least = _lacking(case, goal)
    smallest = True
    low, high = 0, least.cards  # low is known, or taken, to be too few
    while low + 1 < high and not case.serving.budget.over:
        # One less is the likely answer: first shown to be too few, then bisected.
        cards = high - 1 if high == least.cards else (low + high) // 2
        fewer = served_with(case, MoreBlanks(date=case.problem.start, cards=cards))
        if fewer.recorded >= goal.recorded:
            least = _lacking(case, fewer)
            high = min(cards, least.cards)
            continue
        smallest = smallest and fewer.most is not None and fewer.most < goal.recorded
        low = cards
    if not least.cards:
        return None
    words = _(
        "{blanks} more by {day}",
        blanks=amount(least.cards, "blanks"),
        day=day_in_words(least.date),
    )
    return verified(case, least, words, smallest=smallest and low + 1 >= high)


def _lacking(case: Case, served: Served) -> MoreBlanks:
    """What a plan's ledger lacks: the most cards on any date, from the first such date on."""
    if served.plan is None:
        return MoreBlanks(date=case.problem.start, cards=0)
    rows = check(case.problem, served.plan).ledger.rows
    short = [row for row in rows if _lacks(row)]
    cards = max((row.reserve - row.closing for row in short), default=0)
    return MoreBlanks(date=short[0].date if short else case.problem.start, cards=cards)


def _lacks(row: LedgerRow) -> bool:
    """Whether visits draw more than there is for schools (R11); what counters lack is apart."""
    return row.closing < row.reserve - row.short
