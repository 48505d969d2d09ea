"""Dates on which nothing new is planned any more: what is past, and what is frozen."""

from collections.abc import Iterable
from datetime import date, timedelta

from ektp_sched.domain import Closed, Problem, School, Team, Visit
from ektp_sched.rulebook.calendar import horizon


def quiet_until(problem: Problem, frozen_until: date | None) -> date:
    """The first date on which new visits can be: none frozen, and after the last visit done."""
    done = (visit.date for visit in problem.commitments if visit.status == "done")
    after = [day + timedelta(days=1) for day in done]
    return max([problem.start, *after, *([frozen_until] if frozen_until else [])])


def quietened(problem: Problem, held: Iterable[Visit], until: date) -> Problem:
    """The problem without room for new visits before a date: all are off but for held visits."""
    busy = {
        (name, visit.date)
        for visit in held
        if visit.status != "done"
        for name in (("team", visit.team), ("school", visit.school))
    }
    quiet = [day for day in horizon(problem) if day < until]

    def idle(kind: str, name: str) -> tuple[Closed, ...]:
        return tuple(Closed(start=d, end=d) for d in quiet if ((kind, name), d) not in busy)

    def rested(team: Team) -> Team:
        return team.model_copy(update={"off": (*team.off, *idle("team", team.id))})

    def closed(school: School) -> School:
        return school.model_copy(update={"closed": (*school.closed, *idle("school", school.id))})

    return problem.model_copy(
        update={
            "teams": tuple(map(rested, problem.teams)),
            "schools": tuple(map(closed, problem.schools)),
        }
    )
