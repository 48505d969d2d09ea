"""What an explanation says: reasons, remedies and how far both were looked into."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from ektp_sched.desk.reliefs import Relief
from ektp_sched.domain import Plan, Visit
from ektp_sched.domain.scalars import Count, Text, Value

Code = Literal[
    "blanks",
    "commitments",
    "gap",
    "hours_too_short",
    "max_travel",
    "no_break",
    "no_open_hours",
    "no_skills",
    "no_visits_left",
    "nobody_due",
    "not_yet_16",
    "outside_shifts",
    "room_left",
    "several",
    "teams_per_day",
    "time",
    "too_far",
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
    """

    code: Code
    tag: Tag
    beside: Beside
    pupils: Count
    sentence: str
    details: Details


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


class Explanation(Value):
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
