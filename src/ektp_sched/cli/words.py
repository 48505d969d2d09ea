"""Terms and tiers in the words of a planner."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ektp_sched.domain import TERMS, Problem
from ektp_sched.language import spoken_language
from ektp_sched.report import aims
from ektp_sched.rulebook import Score

if TYPE_CHECKING:
    from ektp_sched.solve import TierResult


def terms_in_words(score: Score, problem: Problem) -> list[tuple[str, str]]:
    """Each term's name with its value in words; there is no former plan to count changes from."""
    terms = [term for term in TERMS if term != "changes"]
    language = spoken_language()
    wordings = [(term, aims.wording_of(term, problem, language)) for term in terms]
    return [
        (aims.term_in_words(term), f"{w.number(score.value(term), language)} {w.value}")
        for term, w in wordings
    ]


def tiers_in_words(tiers: Sequence["TierResult"], problem: Problem) -> list[str]:
    """For each tier a sentence: what the plan reaches, and what no plan can pass."""
    return aims.tiers_in_words(tiers, problem, spoken_language())
