"""The rule book as code: the oracle that judges every plan, written from the rules alone."""

from ektp_sched.rulebook.report import Advice, Ledger, LedgerRow, Report, Score, Violation

__all__ = ["Advice", "Ledger", "LedgerRow", "Report", "Score", "Violation"]
