"""What a calendar says about a visit."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ektp_sched.domain import Plan, Problem, School, Team, Visit
from ektp_sched.io.calendars import Entry, EntryStatus
from ektp_sched.language import Language
from ektp_sched.report.sentences import sentence
from ektp_sched.report.visit_words import classes_of, clock_words, stay_times, team_names
from ektp_sched.report.vocabulary import word
from ektp_sched.rulebook.words import names

AGREED = frozenset({"confirmed", "done"})


def entries_of(
    problem: Problem, plan: Plan, *, language: Language, changed: datetime
) -> list[Entry]:
    """An entry for each visit, new and without a UID yet; of whoever stands in, the real team's."""
    schools = {school.id: school for school in problem.schools}
    teams, real = {team.id: team for team in problem.teams}, problem.real_teams
    called = (names(problem.schools), team_names(problem, language))
    zone = ZoneInfo(problem.time_zone)
    return [
        _entry(
            visit,
            schools[visit.school].model_copy(update={"name": called[0][visit.school]}),
            teams[visit.team].model_copy(
                update={"id": real[visit.team].id, "name": called[1][visit.team]}
            ),
            language=language,
            zone=zone,
            changed=changed,
        )
        for visit in plan.visits
    ]


def _entry(
    visit: Visit,
    school: School,
    team: Team,
    *,
    language: Language,
    zone: ZoneInfo,
    changed: datetime,
) -> Entry:
    agreed = visit.status in AGREED
    status: EntryStatus = "CONFIRMED" if agreed else "TENTATIVE"
    summary = sentence("entry", language, school=school.name, team=team.name)
    lines = _description(visit, school, team, language)
    return Entry(
        uid="",
        sequence=0,
        changed=changed,
        status=status,
        school=school.id,
        team=team.id,
        start=datetime.combine(visit.date, visit.start, zone),
        end=datetime.combine(visit.date, visit.end, zone),
        summary=summary if agreed else f"{summary} – {word(visit.status, language).lower()}",
        description="\n".join(lines),
        location=sentence("place", language, school=school.name, district=school.district),
        # Some 10 m; numbers of more digits may print with an exponent, which RFC 5545 has not.
        position=(round(school.location.lat, 4), round(school.location.lon, 4)),
    )


def _description(visit: Visit, school: School, team: Team, language: Language) -> Sequence[str]:
    times = stay_times(visit, school)
    classes = "; ".join(f"{name}: {count}" for name, count in classes_of(visit, school))
    clocks = {
        part: clock_words(getattr(times, part), language)
        for part in ("arrive", "record_from", "record_until", "leave")
    }
    return [
        sentence("entry pupils", language, pupils=visit.recorded, classes=classes),
        sentence("entry times", language, **clocks),
        sentence("entry team", language, team=team.name, kits=team.kits),
        sentence("entry status", language, status=word(visit.status, language).lower()),
    ]
