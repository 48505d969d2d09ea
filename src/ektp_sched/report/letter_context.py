"""What letters can say of a school or a team: the values of the placeholders.

Every value is text, ready to be read in the letter's language, except `visits` and `classes`, which
are lists, and `proposed` and `contingent`, which are true or false.
"""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from ektp_sched.domain import Plan, Problem, School, Team
from ektp_sched.extras import extra
from ektp_sched.language import Language
from ektp_sched.report.sentences import sentence
from ektp_sched.report.trips import Trip, coming_trips
from ektp_sched.report.visit_words import (
    classes_of,
    clock_words,
    stay_times,
    team_names,
    zone_words,
)
from ektp_sched.report.vocabulary import word

with extra("letters"):
    from babel.dates import format_date
    from babel.numbers import format_decimal

Context = dict[str, Any]


class LetterWriter:
    """Contexts of the letters of one plan; visits that are done are in none."""

    def __init__(self, problem: Problem, plan: Plan, language: Language) -> None:
        self._problem, self._language = problem, language
        self._schools = {school.id: school for school in problem.schools}
        self._teams = {team.id: team for team in problem.teams}
        self._real_teams = problem.real_teams
        self._team_names = team_names(problem, language)
        self._bases = {base.id: base.name for base in problem.bases}
        self._trips = coming_trips(problem, plan)

    def notice(self, school: School) -> Context | None:
        """The context of a notice to a school; None where no visit is to come."""
        trips = [trip for trip in self._trips if trip.visit.school == school.id]
        if not trips:
            return None
        return self._common(trips) | {
            "school": school.name,
            "npsn": school.id,
            "kind": school.kind,
            "district": school.district,
        }

    def assignment(self, team: Team) -> Context | None:
        """The context of a team's assignment letter; None where no visit is to come.

        Whoever stands in for the team is meant too.
        """
        real = self._real_teams
        team = real[team.id]
        trips = [trip for trip in self._trips if real[trip.visit.team] is team]
        if not trips:
            return None
        schools = {trip.visit.school for trip in trips}
        return self._common(trips) | {"team": team.name, "schools": self._count(len(schools))}

    def _common(self, trips: Sequence[Trip]) -> Context:
        visits = [trip.visit for trip in trips]
        teams = [self._teams[visit.team] for visit in visits]
        statuses = {visit.status for visit in visits}
        first, last = visits[0].date, visits[-1].date
        return {
            "office": ", ".join(sorted({self._bases[team.base] for team in teams})),
            "period": self._period(first, last),
            "time_zone": zone_words(self._problem.time_zone, first),
            "kits": self._count(max(team.kits for team in teams)),
            "pupils": self._count(sum(visit.recorded for visit in visits)),
            "proposed": "proposed" in statuses,
            "contingent": "contingent" in statuses,
            "visits": [self._visit(n, trip) for n, trip in enumerate(trips, start=1)],
        }

    def _visit(self, number: int, trip: Trip) -> Context:
        visit = trip.visit
        school, team = self._schools[visit.school], self._teams[visit.team]
        times = stay_times(visit, school)
        classes = [
            {"name": name, "pupils": self._count(count)}
            for name, count in classes_of(visit, school)
        ]
        lines = [f"{one['name']}:\N{NO-BREAK SPACE}{one['pupils']}" for one in classes]
        return {
            "number": str(number),
            "date": self._date(visit.date, "EEEE, d MMMM y"),
            "start": self._clock(times.arrive),
            "end": self._clock(times.leave),
            "record_from": self._clock(times.record_from),
            "record_until": self._clock(times.record_until),
            "leave": self._clock(trip.leave),
            "back": "" if trip.back is None else self._clock(trip.back),
            "school": school.name,
            "npsn": school.id,
            "district": school.district,
            "needs": ", ".join(sorted(school.needs)),
            "team": self._team_names[team.id],
            "kits": self._count(team.kits),
            "part": self._part(team),
            "pupils": self._count(visit.recorded),
            "classes": classes,
            "classes_text": "; ".join(lines),
            "classes_lines": "\n".join(lines),
            "status": word(visit.status, self._language).lower(),
        }

    def _part(self, team: Team) -> str:
        """The kits of a team that is not whole on that date; "" where it is."""
        if team.stands_in_for is None:
            return ""
        return sentence("kits of a part", self._language, kits=self._count(team.kits))

    def _clock(self, clock: time) -> str:
        return clock_words(clock, self._language)

    def _count(self, number: int) -> str:
        return format_decimal(number, locale=self._language)

    def _date(self, day: date, pattern: str) -> str:
        return format_date(day, pattern, locale=self._language)

    def _period(self, first: date, last: date) -> str:
        start, end = (self._date(day, "d MMMM y") for day in (first, last))
        name = "on one day" if first == last else "from day to day"
        return sentence(name, self._language, first=start, last=end)
