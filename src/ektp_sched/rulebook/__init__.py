"""The rule book as code: the oracle that judges every plan, written from the rules alone."""

from ektp_sched.rulebook.advice import review
from ektp_sched.rulebook.checker import check, score_of
from ektp_sched.rulebook.reach import obstacle, visitable_days
from ektp_sched.rulebook.report import (
    Advice,
    Ledger,
    LedgerRow,
    Printing,
    Report,
    Score,
    Violation,
)

__all__ = [
    "Advice",
    "Ledger",
    "LedgerRow",
    "Printing",
    "Report",
    "Score",
    "Violation",
    "check",
    "obstacle",
    "review",
    "score_of",
    "visitable_days",
]
