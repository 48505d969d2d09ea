"""What offer, accept and refuse share: offers read out, and the files of what was agreed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import write
from ektp_sched.cli.streams import say
from ektp_sched.cli.tables import pupils_of
from ektp_sched.desk.agree import Agreed
from ektp_sched.desk.differences import Effect, recorded
from ektp_sched.desk.offer import Offer, Offers
from ektp_sched.desk.promises import in_order
from ektp_sched.domain import Plan, Problem, Term, Visit
from ektp_sched.domain.words import amount, day_in_words, names, status_in_words
from ektp_sched.files.json_files import PLAN_FILE, PROBLEM_FILE, json_of
from ektp_sched.files.outputs import Outputs
from ektp_sched.report.aims import wording_of
from ektp_sched.rulebook import Score
from ektp_sched.texts.language import N_, _, all_of, spoken_language

_MORE_OR_FEWER = (N_("{amount} more"), N_("{amount} fewer"))
# How more and less of a term is said.
_MORE_AND_LESS: dict[Term, tuple[str, str]] = {
    "students": _MORE_OR_FEWER,
    "shortfall": (N_("{amount} more below the floors"), N_("{amount} fewer below the floors")),
    "schools": _MORE_OR_FEWER,
    "lessons": (N_("{amount} of lessons more"), N_("{amount} of lessons less")),
    "travel": (N_("{amount} more on the road"), N_("{amount} less on the road")),
    "team_days": _MORE_OR_FEWER,
    "wait": (N_("{amount} of waiting more"), N_("{amount} of waiting less")),
    "changes": (N_("{amount} of the plan changed"), N_("{amount} fewer of the plan changed")),
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
            yield f"  {status_in_words(visit).capitalize()}: {self.visit(visit)}"
        yield ""
        if not offers.offers:
            yield _(
                "No slot can be offered: none goes with the rules, the promises and the blanks."
            )
            return
        yield _("Slots to propose, the one that costs the whole plan least first.")
        if any(offer.estimated for offer in offers.offers):
            yield _(
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
        return ", ".join(told)

    def _offer(self, offers: Offers, offer: Offer) -> Iterator[str]:
        yield f"{offer.number}. {self.visit(offer.visit)}"
        how = _("estimated") if offer.estimated else _("proven")
        if not offer.effects:
            same = _("This is the plan as it is.")
            yield f"   {same}"
        cost = self.cost(offers.score, offer.score)
        if offer.effects or cost:
            changes = _(
                "Changes in the whole plan ({how}): {cost}.", how=how, cost=cost or _("nothing")
            )
            yield f"   {changes}"
        for effect in offer.effects:
            if effect.school != offers.school:
                yield f"   - {self._effect(effect)}"
            elif effect.before:
                instead = _("Instead of {visits}.", visits=self._several(effect.before))
                yield f"   {instead}"
        beside = sorted((v for v in offer.plan.visits if _beside(v, offer)), key=in_order)
        if beside:
            besides = _("Besides {visits}.", visits=self._several(beside))
            yield f"   {besides}"

    def _effect(self, effect: Effect) -> str:
        name = names(self.problem.schools)[effect.school]
        before, after = self._several(effect.before), self._several(effect.after)
        if effect.kind == "falls":
            return _("{school} loses {visits}", school=name, visits=before)
        if effect.kind == "new":
            return _("{school} gains {visits}", school=name, visits=after)
        if effect.kind == "moves":
            return _("{school} has {new} instead of {old}", school=name, new=after, old=before)
        values = {"school": name, "day": day_in_words(effect.after[0].date)}
        if effect.kind == "regroups":
            return _("{school} on {day}: other pupils", **values)
        values["pupils"] = amount(recorded(effect.after), "pupils")
        return _(
            "{school} on {day}: {pupils} instead of {old}", **values, old=recorded(effect.before)
        )

    def _several(self, visits: Sequence[Visit]) -> str:
        return all_of(
            _(
                "{day} at {start} ({pupils})",
                day=day_in_words(v.date),
                start=v.start,
                pupils=amount(v.recorded, "pupils"),
            )
            for v in visits
        )

    def _change(self, term: Term, more: int) -> str:
        language = spoken_language()
        change = wording_of(term, self.problem, language).amount(abs(more), language)
        return _(_MORE_AND_LESS[term][more < 0], amount=change)


def _beside(visit: Visit, offer: Offer) -> bool:
    """Whether a visit is another one of the offer's school, still to come."""
    return (
        visit.school == offer.visit.school
        and visit.status != "done"
        and (visit.team, visit.date) != (offer.visit.team, offer.visit.date)
    )


NAMES = (PROBLEM_FILE, PLAN_FILE)


def finish(telling: Telling, agreed: Agreed, told: str, *, folder: Path, outputs: Outputs) -> int:
    """Write what was agreed, and tell of it and of the visits that fall."""
    problem_file, plan_file = (folder / name for name in NAMES)
    contents = {problem_file: json_of(agreed.problem), plan_file: json_of(agreed.plan)}
    write(outputs, contents, documents=[*contents])
    schools = {school.id: school.name for school in telling.problem.schools}
    say(told)
    if agreed.fallen:
        say(_("No longer in the plan:"))
        say(
            *(
                f"  {schools[v.school]}, {telling.visit(v)} ({status_in_words(v)})"
                for v in agreed.fallen
            )
        )
    say(_("Written: {files}", files=f"{problem_file}, {plan_file}"))
    return 0


School = Annotated[str, typer.Argument(help="The school's NPSN, or a part of its name.")]


Folder = Annotated[
    Path,
    typer.Option("--output", "-o", help="Folder for the new problem.json and plan.json."),
]
