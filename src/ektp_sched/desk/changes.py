"""What happens in a planner's week, as values that apply themselves to a problem.

A problem here carries the whole plan among its commitments: proposed visits promise nothing there,
and so problem and plan change together.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ektp_sched.desk.interventions import LongerHours
from ektp_sched.desk.promises import in_order, with_status
from ektp_sched.desk.revise import refusal, require_in_horizon, with_school, with_stock, with_team
from ektp_sched.desk.stand_ins import crew_of, fewer_kits, is_of_crew
from ektp_sched.domain import (
    Closed,
    Cohort,
    Delivery,
    MatrixTravel,
    Problem,
    School,
    Stock,
    Team,
    TravelOverride,
    Visit,
)
from ektp_sched.domain.scalars import (
    Asked,
    AtLeastOne,
    Clock,
    Count,
    Day,
    Minutes,
    Pupils,
    Small,
    Text,
    fault,
)
from ektp_sched.domain.words import Names, amount, short_dates, short_day
from ektp_sched.texts.language import _, short_date


class _OfDelivery(Asked):
    """`announced` tells apart several deliveries of one date by their number of cards."""

    date: Day
    announced: Count | None = None

    def _exchange(self, problem: Problem, *new: Delivery) -> Problem:
        """The problem with other deliveries in the place of this one."""
        old = self._found(problem)

        def change(stock: Stock) -> Stock:
            others = list(stock.deliveries)
            others.remove(old)
            kept = sorted((*others, *new), key=lambda delivery: delivery.date)
            return stock.model_copy(update={"deliveries": tuple(kept)})

        return with_stock(problem, change)

    def _found(self, problem: Problem) -> Delivery:
        announced = problem.stock.deliveries
        fitting = [
            one
            for one in announced
            if one.date == self.date and self.announced in {None, one.cards}
        ]
        if not fitting:
            known = ", ".join(
                _("{date} ({cards} cards)", date=one.date, cards=one.cards) for one in announced
            )
            raise refusal(
                "date",
                self._nothing_fits(),
                _("Announced are: {known}.", known=known or _("(none)")),
            )
        if len(fitting) > 1:
            what = _(
                "{count} deliveries are announced for {date}", count=len(fitting), date=self.date
            )
            raise refusal("announced", what, _("Say which one by its number of cards."))
        return fitting[0]

    def _nothing_fits(self) -> str:
        if self.announced is None:
            return _("no delivery is announced for {date}", date=self.date)
        return _(
            "no delivery of {cards} cards is announced for {date}",
            cards=self.announced,
            date=self.date,
        )


class DeliveryLate(_OfDelivery):
    """A delivery is expected on another date."""

    kind: Literal["delivery_late"] = "delivery_late"
    new_date: Day

    def apply(self, problem: Problem) -> Problem:
        """The problem with the delivery on that date, as sure as it was."""
        moved = self._found(problem).model_copy(update={"date": self.new_date})
        return self._exchange(problem, moved)

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        return _(
            "delivery of {day} only on {new_day}",
            day=short_day(self.date),
            new_day=short_day(self.new_date),
        )


class DeliveryPartial(_OfDelivery):
    """A delivery brings another number of cards; the rest, if still expected, on `rest_on`."""

    kind: Literal["delivery_partial"] = "delivery_partial"
    cards: Count
    rest_on: Day | None = None

    def apply(self, problem: Problem) -> Problem:
        """The problem with that number; the rest is never confirmed."""
        whole = self._found(problem)
        part = whole.model_copy(update={"cards": self.cards})
        if self.rest_on is None:
            return self._exchange(problem, part)
        if self.cards >= whole.cards:
            what = _("{part} of {whole} cards leave no rest", part=self.cards, whole=whole.cards)
            raise refusal("rest_on", what, _("Leave rest_on out, or correct the cards."))
        rest = Delivery(date=self.rest_on, cards=whole.cards - self.cards, confirmed=False)
        return self._exchange(problem, part, rest)

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        brings = {"day": short_day(self.date), "cards": amount(self.cards, "cards")}
        if self.rest_on is None:
            return _("delivery of {day} brings {cards}", **brings)
        rest_day = short_day(self.rest_on)
        return _(
            "delivery of {day} brings {cards}, the rest on {rest_day}", **brings, rest_day=rest_day
        )


class DeliveryArrived(_OfDelivery):
    """A delivery is there, or certain, on its date; `cards` where they are another number."""

    kind: Literal["delivery_arrived"] = "delivery_arrived"
    cards: Count | None = None

    def apply(self, problem: Problem) -> Problem:
        """The problem with the delivery confirmed."""
        old = self._found(problem)
        cards = old.cards if self.cards is None else self.cards
        return self._exchange(problem, Delivery(date=old.date, cards=cards, confirmed=True))

    def said(self, _names: Names) -> str:
        """The change in a few words."""
        day = short_day(self.date)
        if self.cards is None:
            return _("delivery of {day} arrived", day=day)
        return _(
            "delivery of {day} arrived with {cards}", day=day, cards=amount(self.cards, "cards")
        )


SEVENTEEN_AFTER_SIXTEEN = dt.timedelta(days=365)


class VisitDone(Asked):
    """A planned visit is done. All counts are by cohort.

    `absent` and `failed` (no usable print or photo) remain due. `already` have a card or were
    recorded elsewhere: they are due no longer. `under_16` are due from `sixteen_on` on; where that
    is not given, not before the horizon ends.

    `team` and `start` are needed only where the school has several visits on the date.
    """

    kind: Literal["visit_done"] = "visit_done"
    school: Text
    date: Day
    team: Text | None = None
    start: Clock | None = None
    recorded: Mapping[Text, Pupils]
    absent: Mapping[Text, Pupils] = {}
    already: Mapping[Text, Pupils] = {}
    failed: Mapping[Text, Pupils] = {}
    under_16: Mapping[Text, Pupils] = {}
    sixteen_on: Day | None = None

    def apply(self, problem: Problem) -> Problem:
        """The problem with the visit in its history and the cohorts as they now are."""
        visit = visit_of(problem, self)
        self._require_due(problem)
        done = with_status(visit, "done").model_copy(
            update={"students": {name: n for name, n in self.recorded.items() if n}}
        )
        visits = tuple(done if one == visit else one for one in problem.commitments)
        since = self.sixteen_on or problem.end + dt.timedelta(days=1)
        problem = problem.model_copy(update={"commitments": visits})
        return with_school(problem, self.school, lambda school: self._recounted(school, since))

    def _require_due(self, problem: Problem) -> None:
        """Make sure that no more pupils are told of than were due."""
        told: Counter[str] = Counter()
        for counts in (self.recorded, self.absent, self.already, self.failed, self.under_16):
            told.update(counts)
        due = due_after_history(problem, problem.school(self.school))
        for name, number in told.items():
            if name not in due:
                what = _(
                    "school {school!r} has no cohort {cohort!r}", school=self.school, cohort=name
                )
                raise refusal(
                    "recorded",
                    what,
                    _("Its cohorts are: {known}.", known=", ".join(map(repr, due))),
                )
            if number > due[name]:
                what = _(
                    "{number} pupils of cohort {cohort!r} are told of, but {due} are due",
                    number=number,
                    cohort=name,
                    due=due[name],
                )
                remedy = _("Correct the counts, or say with pupils_counted before it how many are.")
                raise refusal("recorded", what, remedy)

    def _recounted(self, school: School, since: dt.date) -> School:
        """The school without those who have a card, and with those under 16 apart."""
        cohorts = {cohort.name: cohort for cohort in school.cohorts}

        def count(cohort: Cohort, more: int) -> None:
            there = cohorts.get(cohort.name, cohort)
            number = there.students + more
            cohorts[cohort.name] = there.model_copy(update={"students": number})

        for cohort in school.cohorts:
            young = self.under_16.get(cohort.name, 0)
            count(cohort, -young - self.already.get(cohort.name, 0))
            if young:
                count(_later(cohort, since), young)
        return school.model_copy(update={"cohorts": tuple(cohorts.values())})

    def said(self, names: Names) -> str:
        """The change in a few words."""
        count = amount(sum(self.recorded.values()), "pupils")
        school = names.schools[self.school]
        return _(
            "{school} done on {day} with {pupils}",
            school=school,
            day=short_day(self.date),
            pupils=count,
        )


def visit_of(problem: Problem, change: VisitDone) -> Visit:
    """The planned visit that a change says is done.

    Raises
    ------
    RequestError
        There is none, it is done already, or there are several.
    """
    problem.school(change.school)
    fitting = [
        visit
        for visit in problem.commitments
        if (visit.school, visit.date) == (change.school, change.date)
        and (change.team is None or is_of_crew(problem, visit.team, change.team))
        and change.start in {None, visit.start}
    ]
    planned = [visit for visit in fitting if visit.status != "done"]
    if not planned and fitting:
        what = _(
            "the visit of school {school!r} on {date} is done already",
            school=change.school,
            date=change.date,
        )
        raise refusal("date", what, _("Leave the change out, or correct the date."))
    if not planned:
        visits = sorted((v for v in problem.commitments if v.school == change.school), key=in_order)
        real = problem.real_teams
        known = ", ".join(
            _("{date} {start} by {team}", date=v.date, start=v.start, team=real[v.team].id)
            for v in visits
        )
        what = _(
            "no visit of school {school!r} is planned on {date}",
            school=change.school,
            date=change.date,
        )
        raise refusal("date", what, _("Its visits are: {known}.", known=known or _("(none)")))
    if len(planned) > 1:
        what = _(
            "{count} visits of school {school!r} are planned on {date}",
            count=len(planned),
            school=change.school,
            date=change.date,
        )
        raise refusal("team", what, _("Say which one by its team and start."))
    return planned[0]


def due_after_history(problem: Problem, school: School) -> dict[str, int]:
    """Pupils of each cohort whom no done visit recorded."""
    recorded: Counter[str] = Counter()
    for visit in problem.commitments:
        if visit.school == school.id and visit.status == "done":
            recorded.update(visit.students)
    return {one.name: max(0, one.students - recorded[one.name]) for one in school.cohorts}


def _later(cohort: Cohort, since: dt.date) -> Cohort:
    """The cohort, without pupils, of those who are 16 only from that date on."""
    return cohort.model_copy(
        update={
            "name": _("{cohort} (16 on {date})", cohort=cohort.name, date=since),
            "students": 0,
            "record_from": since,
            "card_from": since + SEVENTEEN_AFTER_SIXTEEN,
        }
    )


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
