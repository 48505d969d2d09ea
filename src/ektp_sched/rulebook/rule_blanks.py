"""R11 blanks: there is a card for every pupil recorded."""

from collections.abc import Iterator
from itertools import accumulate, groupby

from ektp_sched.language import _
from ektp_sched.rulebook.calendar import horizon
from ektp_sched.rulebook.facts import Breach, Facts
from ektp_sched.rulebook.ledger import Draw, daily, draws, levels_without_plan, supply
from ektp_sched.rulebook.words import amount


def r11_blanks(facts: Facts) -> Iterator[Breach]:
    """R11: where cards are reserved, the level never falls below the reserve for a visit's sake.

    "On each date d: level(d) = opening + confirmed deliveries up to d − walk-ins on the office's
    working days up to d − cards drawn up to d, and level(d) ≥ reserve must hold for every d of the
    horizon, counters served first." Where counters and history alone break the reserve, the
    "allowance for schools" is 0. Consecutive dates that lack blanks make one breach, as bad as
    the worst of them.
    """
    stock = facts.problem.stock
    if stock.cards != "reserve":
        return
    live = [draw for draw in draws(facts) if not draw.stay.done]
    levels = levels_without_plan(facts, supply(facts))
    drawn = accumulate(daily(facts, live))
    lacking = [d - max(0, level - stock.reserve) for d, level in zip(drawn, levels, strict=True)]
    for is_lacking, group in groupby(enumerate(lacking), lambda item: item[1] > 0):
        if is_lacking:
            yield _lack_of_blanks(facts, list(group), live)


def _lack_of_blanks(facts: Facts, run: list[tuple[int, int]], live: list[Draw]) -> Breach:
    days = horizon(facts.problem)
    by = max(lacking for _day, lacking in run)
    first, last = days[run[0][0]], days[run[-1][0]]
    if first == last:
        where = _("Blank cards on {day}", day=first)
    else:
        where = _("Blank cards from {first} to {last}", first=first, last=last)
    cards = amount(by, "cards")
    if facts.contingent:
        what = _(
            "visits draw up to {cards} more than there are for schools, "
            "with every delivery announced",
            cards=cards,
        )
    else:
        what = _("visits draw up to {cards} more than there are for schools", cards=cards)
    drawing = sorted({draw.stay.number for draw in live if draw.day <= run[-1][0]})
    return Breach(first, where, by, "cards", what, tuple(drawing))
