"""What an explanation says: reasons, remedies and how far both were looked into."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from ektp_sched.desk.interventions import Relief
from ektp_sched.domain import Plan, Visit, service_state
from ektp_sched.domain.scalars import Count, Text, Value
from ektp_sched.domain.showing import Shown
from ektp_sched.texts.language import N_, _

Code = Literal[
    "blanks",
    "closed",
    "commitments",
    "gap",
    "holidays",
    "hours_too_short",
    "max_travel",
    "min_students",
    "no_break",
    "no_open_hours",
    "no_skills",
    "no_visits_left",
    "nobody_due",
    "not_yet_16",
    "out_of_season",
    "outside_shifts",
    "room_left",
    "several",
    "teams_off",
    "teams_per_day",
    "time",
    "too_far",
    "too_many",
    "visits_used_up",
]
Beside = Literal["nothing", "promises", "plan"]
Tag = Literal["proven", "likely"]
Details = Mapping[str, int | str | tuple[str, ...]]


class Reason(Value):
    """Why pupils of a school are left over.

    It keeps at least `pupils` of the school's pupils from being recorded (0 for room_left), beside
    what `beside` says: nothing but the school's own commitments, all that is promised, or all
    other visits of the plan as they are. It is `proven` where the rules alone or a solve to the
    end show that, else `likely`.

    `limits` are those without which a plan was found that records `could` pupils of the school, all
    else the same; of several none can be left out, or `could` would be less. Where there are no
    limits, `could` are the pupils recorded without what `code` says, None where that was not tried.
    """

    code: Code
    tag: Tag
    beside: Beside
    pupils: Count
    sentence: str
    details: Details
    limits: tuple[Code, ...] = ()
    could: Count | None = None


class LeftOver(Value):
    """A school with `left` pupils not recorded, and the likeliest reason in few words."""

    school: Text
    name: Text
    recorded: Count
    left: Count
    code: Code
    tag: Tag
    words: str


class MoveVisit(Value):
    """Another school's visit moved, with all its pupils, to another time, date or team."""

    kind: Literal["move_visit"] = "move_visit"
    visit: Visit
    to: Visit


AnyRelief = Annotated[Relief | MoveVisit, Field(discriminator="kind")]


class Remedy(Value):
    """Something small that serves a school more, mostly one relief, with the plan that shows it.

    In `plan`, which keeps all rules, all visits of other schools are as they were, but for one
    that a MoveVisit moves; so no school records fewer pupils, and what was promised stays.
    Contingent visits are left out. `gain` is how many pupils of the school it records more.
    `smallest` says that a smaller amount of the same kind was proven not to do as much.
    """

    reliefs: Annotated[tuple[AnyRelief, ...], Field(min_length=1)]
    gain: Count
    smallest: bool
    sentence: str
    plan: Plan


class Explanation(Shown):
    """Why a school is not served, or not fully, and what would help.

    `left` are the pupils not recorded by cohort. `most_alone`, `most_beside_promises` and
    `most_beside_plan` are proven most pupils of the school that any plan records beside nothing,
    what is promised, or the plan's other visits; None where none was proven. `not_tried` names
    what there was no time for.
    """

    school: Text
    name: Text
    recorded: Count
    left: Mapping[Text, Count]
    reasons: tuple[Reason, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    most_alone: Count | None = None
    most_beside_promises: Count | None = None
    most_beside_plan: Count | None = None
    not_tried: tuple[str, ...] = ()

    def _shown(self) -> Iterator[str]:
        left = sum(self.left.values())
        state = service_state(self.recorded + left, self.recorded)
        if state == "nobody":
            yield _("{school}: there is nobody to record, no pupils are stated.", school=self.name)
            return
        if state == "served":
            yield _(
                "{school}: all {pupils} pupils are recorded.",
                school=self.name,
                pupils=self.recorded,
            )
            return
        by_cohort = (
            _("{count} of {cohort}", count=count, cohort=name) for name, count in self.left.items()
        )
        yield _(
            "{school}: {recorded} pupils recorded, {left} left ({cohorts}).",
            school=self.name,
            recorded=self.recorded,
            left=left,
            cohorts=", ".join(by_cohort),
        )
        yield ""
        yield from _reasons(self, self.recorded + left)
        yield _(
            "What would help, each shown by a plan in which all other schools keep their pupils:"
        )
        yield from (
            f"  - {remedy.sentence}{_not_least(remedy.smallest)}" for remedy in self.remedies
        )
        if not self.remedies:
            room = any(reason.code == "room_left" for reason in self.reasons)
            yield f"  {_(_BESIDE_ROOM) if room else _(_NOTHING)}"
        if self.not_tried:
            yield ""
            yield _(
                "There was no time to try all of: {names}. Raise --time-limit.",
                names=", ".join(self.not_tried),
            )


_NOTHING = N_("Nothing that was tried.")
_BESIDE_ROOM = N_("Nothing that was tried, beside the room that there is.")
_HEADINGS: dict[Beside, str] = {
    "nothing": N_("Even if no other school were visited"),
    "promises": N_("Beside what is promised to other schools"),
    "plan": N_("Beside the plan's visits to other schools"),
}


def _reasons(found: Explanation, pupils: int) -> Iterator[str]:
    mosts = {
        "nothing": found.most_alone,
        "promises": found.most_beside_promises,
        "plan": found.most_beside_plan,
    }
    for beside, heading in _HEADINGS.items():
        told = [reason for reason in found.reasons if reason.beside == beside]
        if told:
            yield f"{_(heading)}{_at_most(mosts[beside], pupils)}:"
            yield from (f"  - {_hedge(one.tag)}{one.sentence}" for one in told)
            yield ""


def _at_most(most: int | None, pupils: int) -> str:
    if most is None:
        return ""
    if not most:
        return _(", none of its {pupils} pupils can be recorded", pupils=pupils)
    return _(", at most {most} of its {pupils} pupils can be recorded", most=most, pupils=pupils)


def _hedge(tag: str) -> str:
    return _("Likely: ") if tag == "likely" else ""


def _not_least(smallest: bool) -> str:
    return "" if smallest else _(" (less may do)")
