"""The rule book as code: the oracle that judges every plan, written from the rules alone.

`rules.py` has a function for each rule, `terms.py` one for each term; `checker.py` runs them over
the facts of a plan (`facts.py`) and the ledger of blanks. It shares no code with what it judges:
nothing of engine/ may be imported here, nor this package there. Begin with `checker.py`.
"""

from ektp_sched.rulebook.advice import review
from ektp_sched.rulebook.checker import check, score_of
from ektp_sched.rulebook.reach import obstacle, visitable_days
from ektp_sched.rulebook.report import Advice, Ledger, LedgerRow, Printing, Report, Score, Violation

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
