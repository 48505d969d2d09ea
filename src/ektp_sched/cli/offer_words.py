"""Offers as a planner reads them out on the telephone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ektp_sched.cli.tables import pupils_of
from ektp_sched.desk.effects import Effect, recorded
from ektp_sched.desk.offers import Offer, Offers
from ektp_sched.desk.promises import in_order
from ektp_sched.domain import Plan, Problem, Term, Visit
from ektp_sched.report.aims import wording_of
from ektp_sched.rulebook import Score
from ektp_sched.rulebook.words import amount, day_in_words, names

# How more and less of a term is said, after the amount.
_MORE_AND_LESS: dict[Term, tuple[str, str]] = {
    "students": ("more", "fewer"),
    "shortfall": ("more below the floors", "fewer below the floors"),
    "schools": ("more", "fewer"),
    "lessons": ("of lessons more", "of lessons less"),
    "travel": ("more on the road", "less on the road"),
    "team_days": ("more", "fewer"),
    "wait": ("of waiting more", "of waiting less"),
    "changes": ("of the plan changed", "fewer of the plan changed"),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells of visits of a plan of one problem."""

    problem: Problem
    plan: Plan

    def offers(self, offers: Offers) -> Iterator[str]:
        """The school, its visits so far, and each offer with what it costs and who is touched."""
        (school,) = (one for one in self.problem.schools if one.id == offers.school)
        yield f"{school.name} ({school.id}): {amount(pupils_of(school), 'pupils')}."
        visits = [visit for visit in self.plan.visits if visit.school == offers.school]
        for visit in sorted(visits, key=in_order):
            yield f"  {visit.status.capitalize()}: {self.visit(visit)}"
        yield ""
        if not offers.offers:
            yield "No slot can be offered: none goes with the rules, the promises and the blanks."
            return
        yield "Slots to propose, the one that costs the whole plan least first."
        if any(offer.estimated for offer in offers.offers):
            yield (
                "Estimated: there is a plan that keeps all rules and loses only so much. "
                "A better one may lose less."
            )
        for offer in offers.offers:
            yield ""
            yield from self._offer(offers, offer)

    def visit(self, visit: Visit) -> str:
        """When, by whom and how many: "Mon 2024-08-05, 08:00-10:00, Tim 1: 40 pupils"."""
        team = names(self.problem.teams)[visit.team]
        times = f"{visit.start:%H:%M}-{visit.end:%H:%M}"
        pupils = amount(visit.recorded, "pupils")
        return f"{day_in_words(visit.date)}, {times}, {team}: {pupils}"

    def cost(self, without: Score, score: Score) -> str:
        """What the second score changes in the policy's terms, the most important first."""
        terms = [item.term for tier in self.problem.policy.tiers for item in tier]
        changes = ((term, score.value(term) - without.value(term)) for term in terms)
        told = [self._change(term, more) for term, more in changes if more]
        return ", ".join(told) if told else "nothing"

    def _offer(self, offers: Offers, offer: Offer) -> Iterator[str]:
        yield f"{offer.number}. {self.visit(offer.visit)}"
        how = "estimated" if offer.estimated else "proven"
        if not offer.effects:
            yield "   This is the plan as it is."
        cost = self.cost(offers.score, offer.score)
        if offer.effects or cost != "nothing":
            yield f"   Changes in the whole plan ({how}): {cost}."
        for effect in offer.effects:
            if effect.school != offers.school:
                yield f"   - {self._effect(effect)}"
            elif effect.before:
                yield f"   Instead of {self._several(effect.before)}."
        beside = sorted((v for v in offer.plan.visits if _beside(v, offer)), key=in_order)
        if beside:
            yield f"   Besides {self._several(beside)}."

    def _effect(self, effect: Effect) -> str:
        name = names(self.problem.schools)[effect.school]
        before, after = self._several(effect.before), self._several(effect.after)
        if effect.kind == "falls":
            return f"{name} loses {before}"
        if effect.kind == "new":
            return f"{name} gains {after}"
        if effect.kind == "moves":
            return f"{name} has {after} instead of {before}"
        was, now = recorded(effect.before), amount(recorded(effect.after), "pupils")
        instead = "other pupils" if effect.kind == "regroups" else f"{now} instead of {was}"
        return f"{name} on {day_in_words(effect.after[0].date)}: {instead}"

    def _several(self, visits: Sequence[Visit]) -> str:
        return " and ".join(
            f"{day_in_words(v.date)} at {v.start:%H:%M} ({amount(v.recorded, 'pupils')})"
            for v in visits
        )

    def _change(self, term: Term, more: int) -> str:
        wording = wording_of(term, self.problem, "en")
        number = wording.number(abs(more), "en")
        unit = wording.unit.removesuffix("s") if number == "1" else wording.unit
        return f"{number} {unit} {_MORE_AND_LESS[term][more < 0]}"


def _beside(visit: Visit, offer: Offer) -> bool:
    """Whether a visit is another one of the offer's school, still to come."""
    return (
        visit.school == offer.visit.school
        and visit.status != "done"
        and (visit.team, visit.date) != (offer.visit.team, offer.visit.date)
    )
