"""Terms and tiers in the words of a planner."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ektp_sched.domain import TERMS, Problem, Term
from ektp_sched.rulebook import Score

if TYPE_CHECKING:
    from ektp_sched.solve import TierResult


@dataclass(frozen=True, slots=True)
class Wording:
    """How a term is said: its value with a unit, `scale` parts of the value making one unit."""

    value: str
    unit: str
    verb: str = ""
    scale: int = 1

    def number(self, value: int) -> str:
        """A value in units, with no more decimals than it needs."""
        text = f"{value / self.scale:,.2f}" if self.scale > 1 else f"{value:,}"
        return text.rstrip("0").rstrip(".") if "." in text else text


_WORDINGS: dict[Term, Wording] = {
    "students": Wording("pupils recorded", "pupils", "record"),
    "shortfall": Wording("pupils short of the floors", "pupils"),
    "schools": Wording("schools visited", "schools", "visit"),
    "lessons": Wording("pupil-minutes of lessons missed", "pupil-minutes", scale=100),
    "travel": Wording("minutes driven", "minutes"),
    "team_days": Wording("team-days used", "team-days"),
    "wait": Wording("days waited by all pupils together", "days"),
    "changes": Wording("visits of the former plan changed", "visits"),
}
_WEIGHED_STUDENTS = Wording("points for pupils (their priority each)", "points", "reach")


def wording_of(term: Term, problem: Problem) -> Wording:
    """The words for a term; pupils of unlike priorities are points."""
    alike = all(cohort.priority == 1 for school in problem.schools for cohort in school.cohorts)
    return _WORDINGS[term] if alike or term != "students" else _WEIGHED_STUDENTS


def terms_in_words(score: Score, problem: Problem) -> list[tuple[Term, str]]:
    """Each term with its value in words; there is no former plan to count changes from."""
    wordings = [(term, wording_of(term, problem)) for term in TERMS if term != "changes"]
    return [(term, f"{w.number(score.value(term))} {w.value}") for term, w in wordings]


def tiers_in_words(tiers: Sequence["TierResult"], problem: Problem) -> list[str]:
    """For each tier a sentence: what the plan reaches, and what no plan can pass."""
    return [_sentence(tier, problem) for tier in tiers]


def _sentence(tier: "TierResult", problem: Problem) -> str:
    term = next((term for term in TERMS if term == tier.term), None)
    if term is None:  # a weighted sum of several
        wording = Wording(f"= {tier.term}", "more", "reach")
    else:
        wording = wording_of(term, problem)
    return f"{wording.number(tier.value)} {wording.value}: {_limit(tier, wording)}"


def _limit(tier: "TierResult", wording: Wording) -> str:
    if tier.bound is None or tier.gap is None:
        return "how much better a plan could be is not known"
    room = abs(tier.bound - tier.value)
    if not room:
        return "proven, no plan can do better"
    amount = f"{wording.number(room)} {wording.unit}"
    if tier.sense == "max":
        return f"no plan can {wording.verb} more than {amount} more (gap {tier.gap:.2%})"
    return f"no plan can be better by more than {amount} (gap {tier.gap:.2%})"
