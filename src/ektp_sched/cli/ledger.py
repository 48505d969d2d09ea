"""The blank cards in a few sentences."""

from ektp_sched.domain import Problem
from ektp_sched.language import _
from ektp_sched.rulebook import Ledger
from ektp_sched.rulebook.words import day_in_words


def ledger_in_words(ledger: Ledger, problem: Problem) -> list[str]:
    """Start, end and low point of the stock, and where the counters alone use too much."""
    first, last = ledger.rows[0], ledger.rows[-1]
    low = min(ledger.rows, key=lambda row: row.closing)
    lines = [
        _(
            "Blank cards: {first} at the start, {last} at the end; lowest with {low} "
            "on {day}; {reserve} are the reserve.",
            first=first.opening,
            last=last.closing,
            low=low.closing,
            day=day_in_words(low.date),
            reserve=ledger.reserve,
        )
    ]
    if problem.stock.cards == "none":
        lines.append(_("Recording uses no blank cards here; only the counters do."))
    if ledger.backlog:
        lines.append(_("Recorded but not printed by the end: {cards} cards.", cards=ledger.backlog))
    short = [row for row in ledger.rows if row.short]
    if short:
        worst = max(short, key=lambda row: row.short)
        lines.append(
            _(
                "The counters alone break the reserve from {first} on: {cards} cards "
                "short on {worst}.",
                first=day_in_words(short[0].date),
                cards=worst.short,
                worst=day_in_words(worst.date),
            )
        )
    return lines
