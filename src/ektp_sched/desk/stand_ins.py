"""Teams that stand in for others: fewer kits on some dates, a team borrowed for a day."""

from datetime import date, timedelta
from typing import Literal

from ektp_sched.desk.revise import refusal, require_in_horizon
from ektp_sched.domain import Closed, Problem, Team
from ektp_sched.domain.scalars import Asked, Day, Text
from ektp_sched.domain.words import amount
from ektp_sched.texts.language import _


def crew_of(problem: Problem, team: str) -> list[Team]:
    """The team and all who stand in for it.

    Raises
    ------
    RequestError
        There is no such team.
    """
    head = problem.team(team)
    others = (one for one in problem.teams if one != head)
    return [head, *(one for one in others if _is_of_crew(problem, one, head.id))]


def is_of_crew(problem: Problem, team: str, head: str) -> bool:
    """Whether a team's id is that of `head` or of one who stands in for it."""
    return _is_of_crew(problem, problem.team(team), head)


def _is_of_crew(problem: Problem, team: Team, head: str) -> bool:
    known = {one.id: one for one in problem.teams}
    while team.id != head and team.stands_in_for in known:
        team = known[team.stands_in_for]
    return team.id == head


def works_as_another(problem: Problem, team: Team, day: date) -> bool:
    """Whether on a date the team's crew counts as another team, so that it cannot go out itself."""
    _team, *others = crew_of(problem, team.id)
    return _outside(team, day) or any(not _outside(one, day) for one in others)


def _outside(team: Team, day: date) -> bool:
    """Whether a team only stands in for another, and on other dates."""
    if team.stands_in_for is None:
        return False
    ends = (o for o in team.off if o.start == date.min or o.end == date.max)
    return any(one.start <= day <= one.end for one in ends)


def fewer_kits(problem: Problem, team: str, dates: Closed, *, out: int) -> Problem:
    """The problem with `out` kits of a team missing on some dates.

    Visits of these dates that are not done go over to whoever stands in.

    Raises
    ------
    RequestError
        There is no such team, it does not work on these dates or would have no kit left.
    """
    first, last = max(dates.start, problem.start), min(dates.end, problem.end)
    inside = dates.model_copy(update={"start": first, "end": last})
    working = [one for one in crew_of(problem, team) if _works(one, first, last)]
    if not working:
        what = _(
            "team {team!r} works on no date from {start} to {end}",
            team=team,
            start=dates.start,
            end=dates.end,
        )
        raise refusal("start", what, _("Correct the dates, or leave the change out."))
    for one in working:
        if out >= one.kits:
            what = _(
                "of {kits} of team {team!r}, {out} out leave none",
                kits=amount(one.kits, "kits"),
                team=one.id,
                out=out,
            )
            raise refusal("kits", what, _("Say team_off for these dates instead."))
        problem = _split(problem, one, _stand_in(problem, one, inside, one.kits - out), inside)
    return problem


def _works(team: Team, first: date, last: date) -> bool:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return any(not any(o.start <= day <= o.end for o in team.off) for day in days)


def _stand_in(problem: Problem, team: Team, inside: Closed, kits: int) -> Team:
    known, number = {one.id for one in problem.teams}, 1
    while (id_ := f"{problem.real_teams[team.id].id}/{number}") in known:
        number += 1
    before = Closed(start=date.min, end=inside.start - timedelta(days=1))
    after = Closed(start=inside.end + timedelta(days=1), end=date.max)
    return team.model_copy(
        update={
            "id": id_,
            "kits": kits,
            "stands_in_for": team.id,
            "off": (*team.off, before, after),
        }
    )


def _split(problem: Problem, team: Team, stand_in: Team, inside: Closed) -> Problem:
    """The problem with the stand-in after its team, and the visits of its dates given to it."""
    absent = team.model_copy(update={"off": (*team.off, inside)})
    teams = [
        two for one in problem.teams for two in ((absent, stand_in) if one == team else (one,))
    ]
    visits = tuple(
        visit.model_copy(update={"team": stand_in.id})
        if visit.team == team.id
        and inside.start <= visit.date <= inside.end
        and visit.status != "done"
        else visit
        for visit in problem.commitments
    )
    return problem.model_copy(update={"teams": tuple(teams), "commitments": visits})


class BorrowedTeamDay(Asked):
    """One more team like `team`, with its kits and shift, on one date."""

    kind: Literal["borrowed_team_day"] = "borrowed_team_day"
    team: Text
    date: Day

    def apply(self, problem: Problem) -> Problem:
        """The problem with that team, which is off on all other dates."""
        require_in_horizon(problem, self.date)
        like, known = problem.team(self.team), {team.id for team in problem.teams}
        number = next(n for n in range(2, len(known) + 3) if f"{like.id}-{n}" not in known)
        one = timedelta(days=1)
        ranges = ((problem.start, self.date - one), (self.date + one, problem.end))
        others = tuple(Closed(start=a, end=b) for a, b in ranges if a <= b)
        team = like.model_copy(
            update={
                "id": f"{like.id}-{number}",
                "name": f"{like.name} ({number})",
                "off": (*like.off, *others),
                "stands_in_for": None,
            }
        )
        return problem.model_copy(update={"teams": (*problem.teams, team)})
