"""What happens in a planner's week, as values that apply themselves to a problem.

A problem here carries the whole plan among its commitments: proposed visits promise nothing there,
and so problem and plan change together.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ektp_sched.desk.change_stock import DeliveryArrived, DeliveryLate, DeliveryPartial
from ektp_sched.desk.change_visits import VisitDone
from ektp_sched.desk.promises import with_status
from ektp_sched.desk.reliefs import LongerHours
from ektp_sched.desk.revise import (
    refusal,
    require_in_horizon,
    with_school,
    with_team,
)
from ektp_sched.desk.said import Names, short_dates, short_day
from ektp_sched.desk.stand_ins import crew_of, fewer_kits
from ektp_sched.domain import Closed, Cohort, MatrixTravel, Problem, School, Team, TravelOverride
from ektp_sched.domain.scalars import (
    Asked,
    AtLeastOne,
    Clock,
    Day,
    Minutes,
    Pupils,
    Small,
    Text,
    fault,
)
from ektp_sched.language import _, short_date
from ektp_sched.rulebook.words import amount


class SchoolClosed(Asked, Closed):
    """A school cancels, or refuses, the dates from `start` to `end`, both included."""

    kind: Literal["school_closed"] = "school_closed"
    school: Text

    def apply(self, problem: Problem) -> Problem:
        """The problem with the school closed on these dates."""
        dates = Closed(start=self.start, end=self.end, reason=self.reason)

        def change(school: School) -> School:
            return school.model_copy(update={"closed": (*school.closed, dates)})

        return with_school(problem, self.school, change)

    def said(self, names: Names) -> str:
        """The change in a few words."""
        return _(
            "{school} closed {dates}",
            school=names.schools[self.school],
            dates=short_dates(self.start, self.end),
        )


class SchoolAsks(Asked):
    """A school asks for a visit on a date, with [start, end) if it opens then for that sake."""

    kind: Literal["school_asks"] = "school_asks"
    school: Text
    date: Day
    start: Clock | None = None
    end: Clock | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.start is None) != (self.end is None):
            what = _("of start and end only one is given")
            raise fault("half_of_hours", what, _("Give both, or neither for the usual hours."))
        return self

    def apply(self, problem: Problem) -> Problem:
        """The problem with these hours, and a visit that stands on the date confirmed.

        Where none stands there, replan() looks for one.
        """
        require_in_horizon(problem, self.date)
        problem.school(self.school)
        if self.start is not None and self.end is not None:
            hours = LongerHours(school=self.school, date=self.date, start=self.start, end=self.end)
            problem = hours.apply(problem)
        visits = tuple(
            with_status(visit, "confirmed")
            if (visit.school, visit.date, visit.status) == (self.school, self.date, "proposed")
            else visit
            for visit in problem.commitments
        )
        return problem.model_copy(update={"commitments": visits})

    def said(self, names: Names) -> str:
        """The change in a few words."""
        return _(
            "{school} asks for {day}",
            school=names.schools[self.school],
            day=short_day(self.date),
        )


class TeamOff(Asked, Closed):
    """A team is out from `start` to `end`, both included."""

    kind: Literal["team_off"] = "team_off"
    team: Text

    def apply(self, problem: Problem) -> Problem:
        """The problem with the team off, and whoever stands in for it."""
        dates = Closed(start=self.start, end=self.end, reason=self.reason)

        def change(team: Team) -> Team:
            return team.model_copy(update={"off": (*team.off, dates)})

        for team in crew_of(problem, self.team):
            problem = with_team(problem, team.id, change)
        return problem

    def said(self, names: Names) -> str:
        """The change in a few words."""
        return _(
            "{team} out {dates}",
            team=names.teams[self.team],
            dates=short_dates(self.start, self.end),
        )


class KitsOut(Asked, Closed):
    """So many kits of a team are out from `start` to `end`, both included; some are left."""

    kind: Literal["kits_out"] = "kits_out"
    team: Text
    kits: AtLeastOne = 1

    def apply(self, problem: Problem) -> Problem:
        """The problem with a team of fewer kits standing in on these dates."""
        dates = Closed(start=self.start, end=self.end, reason=self.reason)
        return fewer_kits(problem, self.team, dates, out=self.kits)

    def said(self, names: Names) -> str:
        """The change in a few words."""
        kits = _("{kits} of {team}", kits=amount(self.kits, "kits"), team=names.teams[self.team])
        return _("{kits} out {dates}", kits=kits, dates=short_dates(self.start, self.end))


class PupilsCounted(Asked):
    """A cohort has so many pupils in all, those recorded included; a new name is a new cohort.

    What is not given stays as it was.
    """

    kind: Literal["pupils_counted"] = "pupils_counted"
    school: Text
    cohort: Text
    students: Pupils
    record_from: Day | None = None
    card_from: Day | None = None
    priority: Small | None = None

    def apply(self, problem: Problem) -> Problem:
        """The problem with that number."""
        given = self.model_dump(exclude={"kind", "school", "cohort"}, exclude_none=True)

        def change(school: School) -> School:
            cohorts = tuple(
                one.model_copy(update=given) if one.name == self.cohort else one
                for one in school.cohorts
            )
            if all(one.name != self.cohort for one in cohorts):
                new = Cohort(name=self.cohort, students=self.students).model_copy(update=given)
                cohorts = (*cohorts, new)
            return school.model_copy(update={"cohorts": cohorts})

        return with_school(problem, self.school, change)

    def said(self, names: Names) -> str:
        """The change in a few words."""
        school = names.schools[self.school]
        return _(
            "{school} counted {pupils} in {cohort}",
            school=school,
            pupils=amount(self.students, "pupils"),
            cohort=self.cohort,
        )


class HolidayAdded(Asked):
    """A date becomes a holiday."""

    kind: Literal["holiday_added"] = "holiday_added"
    date: Day

    def apply(self, problem: Problem) -> Problem:
        """The problem with that holiday."""
        require_in_horizon(problem, self.date)
        if self.date in problem.holidays:
            what = _("{date} is a holiday already", date=self.date)
            raise refusal("date", what, _("Leave the change out, or correct the date."))
        holidays = tuple(sorted((*problem.holidays, self.date)))
        return problem.model_copy(update={"holidays": holidays})

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        return _("holiday on {day}", day=short_day(self.date))


class HolidayRemoved(Asked):
    """A date is no holiday after all."""

    kind: Literal["holiday_removed"] = "holiday_removed"
    date: Day

    def apply(self, problem: Problem) -> Problem:
        """The problem without that holiday."""
        if self.date not in problem.holidays:
            what, known = (
                _("{date} is no holiday", date=self.date),
                ", ".join(map(short_date, problem.holidays)),
            )
            raise refusal("date", what, _("The holidays are: {known}.", known=known or _("(none)")))
        holidays = tuple(day for day in problem.holidays if day != self.date)
        return problem.model_copy(update={"holidays": holidays})

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        return _("no holiday on {day}", day=short_day(self.date))


class HolidayMoved(Asked):
    """A holiday is on another date."""

    kind: Literal["holiday_moved"] = "holiday_moved"
    date: Day
    new_date: Day

    def apply(self, problem: Problem) -> Problem:
        """The problem with that holiday on its new date."""
        without = HolidayRemoved(date=self.date).apply(problem)
        return HolidayAdded(date=self.new_date).apply(without)

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        return _(
            "holiday of {day} now on {new_day}",
            day=short_day(self.date),
            new_day=short_day(self.new_date),
        )


class SchoolAdded(Asked):
    """A school that was not there before.

    `minutes` are the ways between it and other places, the same in both directions. A travel
    matrix needs them for all places; they override estimates.
    """

    kind: Literal["school_added"] = "school_added"
    school: School
    minutes: Mapping[Text, Minutes] = {}

    def apply(self, problem: Problem) -> Problem:
        """The problem with that school."""
        known = set(problem.place_ids)
        if strange := sorted(set(self.minutes) - known):
            what = _("{place!r} is no base or school", place=strange[0])
            raise refusal("minutes", what, _("Correct the id or remove the entry."))
        travel = problem.travel
        if isinstance(travel, MatrixTravel):
            travel = self._in_matrix(travel)
        else:
            ways = [
                TravelOverride(from_place=a, to_place=b, minutes=minutes)
                for place, minutes in self.minutes.items()
                for a, b in ((self.school.id, place), (place, self.school.id))
            ]
            travel = travel.model_copy(update={"overrides": (*travel.overrides, *ways)})
        schools = (*problem.schools, self.school)
        return problem.model_copy(update={"schools": schools, "travel": travel})

    def _in_matrix(self, travel: MatrixTravel) -> MatrixTravel:
        if missing := [place for place in travel.places if place not in self.minutes]:
            what = _("the way to {place!r} is not given, and travel is a matrix", place=missing[0])
            raise refusal("minutes", what, _("Give the minutes to every base and school."))
        ways = tuple(self.minutes[place] for place in travel.places)
        rows = tuple((*row, way) for row, way in zip(travel.minutes, ways, strict=True))
        places = (*travel.places, self.school.id)
        return travel.model_copy(update={"places": places, "minutes": (*rows, (*ways, 0))})

    def said(self, names: Names) -> str:
        """The change in a few words."""
        return _("{school} added", school=names.schools[self.school.id])


Change = Annotated[
    SchoolClosed
    | SchoolAsks
    | TeamOff
    | KitsOut
    | DeliveryLate
    | DeliveryPartial
    | DeliveryArrived
    | VisitDone
    | PupilsCounted
    | HolidayAdded
    | HolidayRemoved
    | HolidayMoved
    | SchoolAdded,
    Field(discriminator="kind"),
]
"""Any of the changes, told apart by `kind`."""
