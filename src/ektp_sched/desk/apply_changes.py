"""Changes applied one after the other, and what is wrong with a list of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import combinations
from typing import NamedTuple, TypeVar

from ektp_sched.desk.changes import (
    Change,
    DeliveryArrived,
    DeliveryLate,
    DeliveryPartial,
    HolidayAdded,
    HolidayMoved,
    HolidayRemoved,
    PupilsCounted,
    SchoolAdded,
    SchoolAsks,
    SchoolClosed,
    TeamOff,
    VisitDone,
    visit_of,
)
from ektp_sched.desk.stand_ins import crew_of
from ektp_sched.domain import Problem
from ektp_sched.domain.scalars import Value
from ektp_sched.errors import Complaint, ProblemError, RequestError
from ektp_sched.texts.language import _


class Claim(NamedTuple):
    """What a change says of something on the dates from `first` to `last`.

    Two claims on the same thing and date contradict each other unless both say the same `side`;
    an empty side may be taken once only.
    """

    thing: tuple[str, ...]
    first: date
    last: date
    side: str = ""

    def contradicts(self, other: "Claim") -> bool:
        """Whether both cannot be true."""
        together = self.first <= other.last and other.first <= self.last
        unlike = self.side != other.side or not self.side
        return self.thing == other.thing and together and unlike


def claims_of(change: Change, problem: Problem) -> Iterator[Claim]:
    """What a change says, for finding others that say the contrary.

    Raises
    ------
    RequestError
        It names a visit or a team that is not there.
    """
    match change:
        case SchoolClosed():
            yield Claim(("school", change.school), change.start, change.end, "closed")
        case SchoolAsks():
            yield Claim(("school", change.school), change.date, change.date, "visited")
            yield Claim(("wish of school", change.school), change.date, change.date)
        case TeamOff():
            for one in crew_of(problem, change.team):
                yield Claim(("team", one.id), change.start, change.end, "out")
        case VisitDone():
            team = visit_of(problem, change).team
            yield Claim(("school", change.school), change.date, change.date, "visited")
            yield Claim(("team", team), change.date, change.date, "at work")
            yield Claim(("visit of school", change.school, team), change.date, change.date)
        case PupilsCounted():
            yield Claim(("cohort", change.school, change.cohort), date.min, date.max)
        case DeliveryLate() | DeliveryPartial() | DeliveryArrived():
            yield Claim(("delivery", str(change.announced or "")), change.date, change.date)
        case HolidayAdded() | HolidayRemoved():
            yield Claim(("holiday",), change.date, change.date)
        case HolidayMoved():
            yield Claim(("holiday",), change.date, change.date)
            yield Claim(("holiday",), change.new_date, change.new_date)
        case SchoolAdded():
            yield Claim(("new school", change.school.id), date.min, date.max)


T = TypeVar("T")
AnyChange = TypeVar("AnyChange", bound=Value)


def apply_changes(problem: Problem, changes: Sequence[Change]) -> list[Problem]:
    """The problem after each of the changes; the last one is the problem after all.

    Visits that the changes shall carry along stand among the problem's commitments.

    Raises
    ------
    RequestError
        With one complaint for each change that names what is not there, cannot be, or contradicts
        one before it.
    """
    changes = by_id(problem, changes)
    complaints = _contradictions(problem, changes)
    after: list[Problem] = []
    for number, change in enumerate(changes):
        now = after[-1] if after else problem
        new = _tried(partial(_applied, change, now), number, change, complaints)
        after.append(new or now)
    if complaints:
        raise RequestError(list(dict.fromkeys(complaints)))
    return after


def by_id(problem: Problem, changes: Sequence[AnyChange]) -> list[AnyChange]:
    """Changes that name schools, teams and places by their ids, however they did before.

    What is not there, or fits several, stays as it is: it is complained of when it is applied.
    """
    added = tuple(one.school for one in changes if isinstance(one, SchoolAdded))
    known = problem.model_copy(update={"schools": (*problem.schools, *added)})
    return [_by_id(known, change) for change in changes]


def _by_id(problem: Problem, change: AnyChange) -> AnyChange:
    ids: dict[str, object] = {}
    for key, find in (("school", problem.school), ("team", problem.team)):
        asked = getattr(change, key, None)
        if isinstance(asked, str):
            with suppress(RequestError):
                ids[key] = find(asked).id
    if isinstance(change, SchoolAdded):
        with suppress(RequestError):
            ids["minutes"] = {problem.place(to).id: n for to, n in change.minutes.items()}
    return change.model_copy(update=ids)


def _contradictions(problem: Problem, changes: Sequence[Change]) -> list[Complaint]:
    complaints: list[Complaint] = []
    claims = [
        _tried(partial(_claims, change, problem), number, change, complaints) or []
        for number, change in enumerate(changes)
    ]
    for (n, earlier), (m, later) in combinations(enumerate(claims), 2):
        if any(one.contradicts(other) for one in earlier for other in later):
            what = _("it contradicts {change}", change=place_of_change(n, changes[n]))
            remedy = _("Keep the one that is true.")
            complaints.append(Complaint(place_of_change(m, changes[m]), what, remedy))
    return complaints


def _tried(
    work: Callable[[], T], number: int, change: Change, complaints: list[Complaint]
) -> T | None:
    """What the work gives, or None with complaints that name the change."""
    try:
        return work()
    except RequestError as error:
        place = place_of_change(number, change)
        complaints.extend(
            Complaint(f"{place}.{one.where}", one.what, one.remedy) for one in error.complaints
        )
        return None


def _claims(change: Change, problem: Problem) -> list[Claim]:
    return list(claims_of(change, problem))


def _applied(change: Change, problem: Problem) -> Problem:
    """The problem after a change, asked everything that a problem from a file is asked."""
    try:
        return Problem.model_validate(change.apply(problem).model_dump())
    except ProblemError as error:
        raise RequestError(error.complaints) from None


def place_of_change(number: int, change: Change) -> str:
    """A change of a list as errors and reports call it: ``changes[2] (team_off)``."""
    return f"changes[{number}] ({change.kind})"
