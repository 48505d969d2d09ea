"""Letters as DOCX: a notice to each school and an assignment letter for each team."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from ektp_sched.desk.promises import in_order
from ektp_sched.domain import Plan, Problem, School, Team, Visit, minute_of
from ektp_sched.domain.scalars import clock_of
from ektp_sched.errors import Complaint, FileError, RequestError, extra
from ektp_sched.files.file_names import file_stems
from ektp_sched.files.text_files import read_bytes
from ektp_sched.report.docx import LetterTemplate
from ektp_sched.report.letter_templates import built_in_template
from ektp_sched.report.letter_texts import LetterKind
from ektp_sched.report.visit_words import (
    classes_of,
    clock_words,
    sentence,
    stay_times,
    team_names,
    zone_words,
)
from ektp_sched.rulebook.travel import TravelTimes
from ektp_sched.texts.language import Language, _
from ektp_sched.texts.vocabulary import word

_LAST_MINUTE = 24 * 60 - 1


@dataclass(frozen=True, slots=True)
class Trip:
    """A visit with the latest time to leave the place before it.

    `back` is when the team is back at its base; None where it goes on to another school that day.
    """

    visit: Visit
    leave: time
    back: time | None


def coming_trips(problem: Problem, plan: Plan) -> list[Trip]:
    """The visits that are not done, in order of date, start and school."""
    coming = [visit for visit in plan.visits if visit.status != "done"]
    ordered = sorted(coming, key=lambda visit: (visit.team, *in_order(visit)))
    days = groupby(ordered, key=lambda visit: (visit.team, visit.date))
    bases = {team.id: team.base for team in problem.teams}
    travel = TravelTimes(problem)
    trips = (trip for (team, _), visits in days for trip in _day(list(visits), bases[team], travel))
    return sorted(trips, key=lambda trip: in_order(trip.visit))


def _day(visits: list[Visit], base: str, travel: TravelTimes) -> Iterator[Trip]:
    """The trips of one team on one date."""
    place = base
    for number, visit in enumerate(visits, start=1):
        leave = minute_of(visit.start) - travel.minutes(place, visit.school)
        home = minute_of(visit.end) + travel.minutes(visit.school, base)
        yield Trip(visit, _clock(leave), _clock(home) if number == len(visits) else None)
        place = visit.school


def _clock(minute: int) -> time:
    """A time of that day; a plan that breaks rules may ask for one before or after it."""
    return clock_of(min(max(minute, 0), _LAST_MINUTE))


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


KINDS: tuple[LetterKind, ...] = ("notice", "assignment")
_One = TypeVar("_One", School, Team)


def notices(
    problem: Problem,
    plan: Plan,
    *,
    language: Language,
    schools: Sequence[str] | None = None,
    templates: str | Path | None = None,
) -> dict[str, bytes]:
    """A notice to each school that has a visit to come, by file name.

    Parameters
    ----------
    schools
        Ids of the schools to write to; all by default.
    templates
        A folder with the office's own template, called as template_files() does; where there is
        none the built-in one is used.

    Raises
    ------
    RequestError
        A school in `schools` is unknown or has no visit to come.
    FileError
        The template cannot be used.
    """
    chosen = [problem.school(one) for one in schools or ()] or problem.schools
    written = _contexts(chosen, LetterWriter(problem, plan, language).notice, named=bool(schools))
    return _letters("notice", problem.schools, written, language, templates)


def assignments(
    problem: Problem,
    plan: Plan,
    *,
    language: Language,
    teams: Sequence[str] | None = None,
    templates: str | Path | None = None,
) -> dict[str, bytes]:
    """An assignment letter for each team that has a visit to come, as notices() for schools.

    Visits of those who stand in for a team are in its letter.
    """
    real = problem.real_teams
    everyone = [team for team in problem.teams if real[team.id] is team]
    chosen = [real[problem.team(one).id] for one in teams or ()] or everyone
    written = _contexts(chosen, LetterWriter(problem, plan, language).assignment, named=bool(teams))
    return _letters("assignment", everyone, written, language, templates)


def template_files(language: Language) -> dict[str, bytes]:
    """The built-in templates in a language, by the file names that they must keep."""
    return {template_name(kind, language): built_in_template(kind, language) for kind in KINDS}


def template_name(kind: LetterKind, language: Language) -> str:
    """The file name of the template for a kind of letter."""
    return sentence(f"template of {kind}", language)


def _contexts(
    chosen: Iterable[_One], context_of: Callable[[_One], Context | None], *, named: bool
) -> dict[str, Context]:
    """What to write to each of them, by id; one asked for by name must have something to come."""
    contexts = {}
    for one in chosen:
        context = context_of(one)
        if context is not None:
            contexts[one.id] = context
        elif named:
            what = _("{name} has no visit to come in this plan", name=one.name)
            raise RequestError([Complaint("", what, _("Ask for one that has, or for all."))])
    return contexts


def _letters(
    kind: LetterKind,
    everyone: Iterable[School | Team],
    contexts: Mapping[str, Context],
    language: Language,
    templates: str | Path | None,
) -> dict[str, bytes]:
    stems = file_stems({one.id: one.name for one in everyone})
    template = _template(kind, language, templates)
    return {
        sentence(f"file of {kind}", language, stem=stems[id_]): template.fill(context)
        for id_, context in contexts.items()
    }


def _template(kind: LetterKind, language: Language, folder: str | Path | None) -> LetterTemplate:
    name = template_name(kind, language)
    if folder is None:
        return LetterTemplate(built_in_template(kind, language), source=name)
    own = Path(folder) / name
    if own.exists():
        return LetterTemplate(read_bytes(own), source=str(own))
    _require_some_template(Path(folder), language)
    return LetterTemplate(built_in_template(kind, language), source=name)


def _require_some_template(folder: Path, language: Language) -> None:
    """A folder that is given must hold at least one template, or it is the wrong one."""
    known = [template_name(kind, language) for kind in KINDS]
    if not any((folder / name).exists() for name in known):
        what = _(
            "there is neither {notice} nor {letter} in this folder",
            notice=known[0],
            letter=known[1],
        )
        remedy = _("Write the built-in ones into it with ektp-sched letter-templates.")
        raise FileError([Complaint("", what, remedy)], source=str(folder))
