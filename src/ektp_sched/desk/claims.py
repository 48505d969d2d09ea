"""What changes say, so that two that cannot both be true are found."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ektp_sched.desk.change_stock import DeliveryArrived, DeliveryLate, DeliveryPartial
from ektp_sched.desk.change_visits import VisitDone, visit_of
from ektp_sched.desk.changes import (
    Change,
    HolidayAdded,
    HolidayMoved,
    HolidayRemoved,
    PupilsCounted,
    SchoolAdded,
    SchoolAsks,
    SchoolClosed,
    TeamOff,
)
from ektp_sched.desk.stand_ins import crew_of
from ektp_sched.domain import Problem


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
