"""What is said about a visit wherever it is shown: its times, classes, team and status."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ektp_sched.domain import Problem, School, Visit, minute_of
from ektp_sched.domain.scalars import clock_of
from ektp_sched.language import Language, speaking
from ektp_sched.rulebook.words import names


@dataclass(frozen=True, slots=True)
class StayTimes:
    """A stay by its parts: set-up, then recording, then packing.

    Where set-up and packing are longer than the stay (which no plan that holds has), recording
    has no time.
    """

    arrive: time
    record_from: time
    record_until: time
    leave: time


def stay_times(visit: Visit, school: School) -> StayTimes:
    """The parts of a visit's stay."""
    start, end = minute_of(visit.start), minute_of(visit.end)
    ready = min(start + school.setup_minutes, end)
    packing = max(end - school.teardown_minutes, ready)
    return StayTimes(visit.start, clock_of(ready), clock_of(packing), visit.end)


def clock_words(clock: time, language: Language) -> str:
    """A clock time as it is written: 08.30 in Indonesian, 08:30 in English."""
    return f"{clock:%H.%M}" if language == "id" else f"{clock:%H:%M}"


def zone_words(time_zone: str, day: date) -> str:
    """The time zone's short name on a date: WIB, WITA, WIT, or what else it is called there."""
    name = datetime.combine(day, time(12), ZoneInfo(time_zone)).tzname()
    return name or time_zone


def team_names(problem: Problem, language: Language) -> dict[str, str]:
    """Names of teams by id; whoever stands in for one goes by its name, with the kits."""
    with speaking(language):
        return names(problem.teams)


def classes_of(visit: Visit, school: School) -> list[tuple[str, int]]:
    """The pupils that a visit records by class, in the school's own order."""
    cohorts = (cohort.name for cohort in school.cohorts)
    return [(name, visit.students[name]) for name in cohorts if name in visit.students]
