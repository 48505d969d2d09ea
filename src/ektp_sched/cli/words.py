"""Terms and tiers in the words of a planner, in English."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ektp_sched.domain import TERMS, Problem, Term
from ektp_sched.report import aims
from ektp_sched.rulebook import Score

if TYPE_CHECKING:
    from ektp_sched.solve import TierResult


def terms_in_words(score: Score, problem: Problem) -> list[tuple[Term, str]]:
    """Each term with its value in words; there is no former plan to count changes from."""
    terms = [term for term in TERMS if term != "changes"]
    wordings = [(term, aims.wording_of(term, problem, "en")) for term in terms]
    return [(term, f"{w.number(score.value(term), 'en')} {w.value}") for term, w in wordings]


def tiers_in_words(tiers: Sequence["TierResult"], problem: Problem) -> list[str]:
    """For each tier a sentence: what the plan reaches, and what no plan can pass."""
    return aims.tiers_in_words(tiers, problem, "en")
