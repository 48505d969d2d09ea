"""The blank cards in a few sentences."""

from ektp_sched.domain import Problem
from ektp_sched.rulebook import Ledger
from ektp_sched.rulebook.words import day_in_words


def ledger_in_words(ledger: Ledger, problem: Problem) -> list[str]:
    """Start, end and low point of the stock, and where the counters alone use too much."""
    first, last = ledger.rows[0], ledger.rows[-1]
    low = min(ledger.rows, key=lambda row: row.closing)
    lines = [
        f"Blank cards: {first.opening:,} at the start, {last.closing:,} at the end; lowest with "
        f"{low.closing:,} on {day_in_words(low.date)}; {ledger.reserve:,} are the reserve."
    ]
    if problem.stock.cards == "none":
        lines.append("Recording uses no blank cards here; only the counters do.")
    if ledger.backlog:
        lines.append(f"Recorded but not printed by the end: {ledger.backlog:,} cards.")
    short = [row for row in ledger.rows if row.short]
    if short:
        worst = max(short, key=lambda row: row.short)
        lines.append(
            f"The counters alone break the reserve from {day_in_words(short[0].date)} on: "
            f"{worst.short:,} cards short on {day_in_words(worst.date)}."
        )
    return lines
