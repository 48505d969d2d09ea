"""What schools bring for the time they take: pupils for an hour of stay and drives."""

from collections.abc import Iterable

from ektp_sched.desk.explaining.case import Case
from ektp_sched.domain import Team, Visit, minute_of
from ektp_sched.rulebook.reach import shortest_stay


def pupils_per_hour(case: Case, visits: Iterable[Visit]) -> float:
    """What visits record for an hour, each with the drives there and back; 0 for none."""
    pupils = minutes = 0
    for visit in visits:
        pupils += visit.recorded
        minutes += minute_of(visit.end) - minute_of(visit.start)
        minutes += round_trip(case, case.index.teams[visit.team], visit.school)
    return 60 * pupils / minutes if minutes else 0.0


def pupils_per_hour_here(case: Case) -> float:
    """The same for a visit to the school that records all who are left, by its best team."""
    pupils, step = sum(case.left.values()), case.problem.time_step
    teams = {team.id: team for _, team in case.chances}
    hours = [
        (
            shortest_stay(case.school, team, pupils, step=step)
            + round_trip(case, team, case.school.id)
        )
        / 60
        for team in teams.values()
    ]
    return pupils / min(hours) if hours else 0.0


def round_trip(case: Case, team: Team, school: str) -> int:
    """Minutes from the team's base to a school and back."""
    travel = case.index.travel
    return travel.minutes(team.base, school) + travel.minutes(school, team.base)
