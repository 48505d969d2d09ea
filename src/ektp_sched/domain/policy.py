"""What makes one allowed plan better than another."""

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from ektp_sched.domain.scalars import Minutes, Percent, Stated, Text, fault, repetition
from ektp_sched.texts.language import _

Term = Literal[
    "students", "shortfall", "schools", "lessons", "travel", "team_days", "wait", "changes"
]
TERMS: tuple[Term, ...] = get_args(Term)
MAXIMISED: frozenset[Term] = frozenset({"students", "schools"})


class WeightedTerm(Stated):
    """A term and its weight inside a tier; terms to be minimised count negatively."""

    term: Term
    weight: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] = 1


class Floor(Stated):
    """At least `percent` of the pupils of a district or kind should be recorded."""

    by: Literal["district", "kind"]
    value: Text
    percent: Percent


Tier = Annotated[tuple[WeightedTerm, ...], Field(min_length=1)]


class Policy(Stated):
    """Tiers of terms, an earlier one infinitely more important than a later one."""

    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)] = (
        (WeightedTerm(term="shortfall"),),
        (WeightedTerm(term="students"),),
        (WeightedTerm(term="lessons"),),
        (WeightedTerm(term="travel"),),
    )
    minutes_away_per_student: Minutes = 15
    floors: tuple[Floor, ...] = ()

    @model_validator(mode="after")
    def _each_term_once(self) -> Self:
        places = [(n, m, item) for n, tier in enumerate(self.tiers) for m, item in enumerate(tier)]
        if again := repetition(item.term for *_, item in places):
            index, term = again
            raise fault(
                "term_twice",
                _("tiers name {term} more than once", term=term),
                _("Keep each term in one tier."),
                at=("tiers", *places[index][:2]),
            )
        return self

    @model_validator(mode="after")
    def _each_floor_once(self) -> Self:
        if again := repetition(f"{floor.by} {floor.value}" for floor in self.floors):
            index, group = again
            raise fault(
                "floor_twice",
                _("floors name {group!r} more than once", group=group),
                _("Keep one floor for each district or kind."),
                at=("floors", index),
            )
        return self
