"""A second team for one day, beside one that is out already."""

from datetime import timedelta
from typing import Literal

from ektp_sched.desk.revise import require_in_horizon
from ektp_sched.domain import Closed, Problem
from ektp_sched.domain.scalars import Asked, Day, Text


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
