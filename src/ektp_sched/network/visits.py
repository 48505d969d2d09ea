"""Visits in the planner's words and in indices."""

from collections.abc import Iterable, Mapping

from ektp_sched.domain import Plan, Problem, Visit, minute_of
from ektp_sched.domain.scalars import clock_of
from ektp_sched.network.arrays import FixedVisit, Network


def index_visits(
    problem: Problem, visits: Iterable[Visit], team_day_at: Mapping[tuple[int, int], int]
) -> tuple[FixedVisit, ...]:
    """Turn visits into indices; `team_day_at` gives the team-day of a team and day."""
    schools = {school.id: (s, school) for s, school in enumerate(problem.schools)}
    teams = {team.id: k for k, team in enumerate(problem.teams)}

    def indexed(visit: Visit) -> FixedVisit:
        s, school = schools[visit.school]
        k, d = teams[visit.team], (visit.date - problem.start).days
        return FixedVisit(
            school=s,
            team=k,
            team_day=team_day_at.get((k, d), -1),
            day=d,
            start=minute_of(visit.start),
            end=minute_of(visit.end),
            take=tuple(visit.students.get(cohort.name, 0) for cohort in school.cohorts),
        )

    return tuple(indexed(visit) for visit in visits)


def plan_of(problem: Problem, network: Network, visits: Iterable[FixedVisit]) -> Plan:
    """The plan of these visits and of history, by date, team and start.

    Commitments come back as they were stated; all other visits are proposed.
    """
    kept = [visit for visit in problem.commitments if visit.status in {"confirmed", "done"}]
    confirmed = set(network.confirmed)
    proposed = [visit_of(problem, network, visit) for visit in visits if visit not in confirmed]
    rank = {team: k for k, team in enumerate(network.team_ids)}
    order = sorted(kept + proposed, key=lambda visit: (visit.date, rank[visit.team], visit.start))
    return Plan(visits=tuple(order))


def visit_of(problem: Problem, network: Network, visit: FixedVisit) -> Visit:
    """A visit in the planner's words, proposed."""
    cohorts = problem.schools[visit.school].cohorts
    return Visit(
        school=network.school_ids[visit.school],
        team=network.team_ids[visit.team],
        date=network.day_of(visit.day),
        start=clock_of(visit.start),
        end=clock_of(visit.end),
        students={cohort.name: n for cohort, n in zip(cohorts, visit.take, strict=True) if n},
    )
