"""Small things that an office could give: what a problem looks like with one of them more.

Explanations look for the smallest relief that serves a school, `worth` for the one that records
most.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from ektp_sched.desk.revise import opened, require_in_horizon, with_school, with_stock, with_team
from ektp_sched.domain import (
    Closed,
    Delivery,
    ExtraHours,
    Problem,
    School,
    Shift,
    Stock,
    Team,
    Weekday,
    weekday_of,
)
from ektp_sched.domain.scalars import Asked, AtLeastOne, Clock, Count, Day, Percent, Text
from ektp_sched.rulebook.calendar import horizon


class MoreBlanks(Asked):
    """A confirmed delivery of so many blanks more on a date."""

    kind: Literal["more_blanks"] = "more_blanks"
    date: Day
    cards: Count

    def apply(self, problem: Problem) -> Problem:
        """The problem with that delivery."""
        require_in_horizon(problem, self.date)
        more = Delivery(date=self.date, cards=self.cards, confirmed=True)

        def change(stock: Stock) -> Stock:
            return stock.model_copy(update={"deliveries": (*stock.deliveries, more)})

        return with_stock(problem, change)


class LongerHours(Asked):
    """A school open at [start, end) on one date, besides the hours that it states."""

    kind: Literal["longer_hours"] = "longer_hours"
    school: Text
    date: Day
    start: Clock
    end: Clock
    lesson_percent: Percent = 100

    def apply(self, problem: Problem) -> Problem:
        """The problem with those hours, on that date even where the school was closed."""
        require_in_horizon(problem, self.date)
        more = ExtraHours.model_validate(self.model_dump(exclude={"kind", "school"}))

        def change(school: School) -> School:
            return school.model_copy(
                update={
                    "extra_hours": (*school.extra_hours, more),
                    "closed": opened(school.closed, self.date),
                }
            )

        return with_school(problem, self.school, change)


class MoreTeamDay(Asked):
    """A team at work at [start, end) on a date on which it has no shift or is off."""

    kind: Literal["more_team_day"] = "more_team_day"
    team: Text
    date: Day
    start: Clock
    end: Clock

    def apply(self, problem: Problem) -> Problem:
        """The problem with that team-day and no other one more.

        A shift is for a weekday; where the team has none, it is off on the other dates of it. A
        shift that is there already stays as it is.
        """
        require_in_horizon(problem, self.date)
        day = weekday_of(self.date)

        def change(team: Team) -> Team:
            off = opened(team.off, self.date)
            if any(day in shift.days for shift in team.shifts):
                return team.model_copy(update={"off": off})
            shift = Shift(days=(day,), start=self.start, end=self.end)
            others = (
                Closed(start=other, end=other)
                for other in dates_on(problem, day)
                if other != self.date
            )
            return team.model_copy(update={"shifts": (*team.shifts, shift), "off": (*off, *others)})

        return with_team(problem, self.team, change)


class MoreKits(Asked):
    """So many kits more for a team, on all its days."""

    kind: Literal["more_kits"] = "more_kits"
    team: Text
    kits: AtLeastOne = 1

    def apply(self, problem: Problem) -> Problem:
        """The problem with those kits."""
        return with_team(
            problem,
            self.team,
            lambda team: team.model_copy(update={"kits": team.kits + self.kits}),
        )


class MoreVisits(Asked):
    """So many visits more that a school may have."""

    kind: Literal["more_visits"] = "more_visits"
    school: Text
    visits: AtLeastOne = 1

    def apply(self, problem: Problem) -> Problem:
        """The problem with those visits allowed."""
        return with_school(
            problem,
            self.school,
            lambda one: one.model_copy(update={"max_visits": one.max_visits + self.visits}),
        )


class MoreSkills(Asked):
    """A team that can do more: tags that schools need."""

    kind: Literal["more_skills"] = "more_skills"
    team: Text
    tags: frozenset[Text]

    def apply(self, problem: Problem) -> Problem:
        """The problem with those skills."""
        return with_team(
            problem,
            self.team,
            lambda team: team.model_copy(update={"skills": team.skills | self.tags}),
        )


Relief = Annotated[
    MoreBlanks | LongerHours | MoreTeamDay | MoreKits | MoreVisits | MoreSkills,
    Field(discriminator="kind"),
]


def dates_on(problem: Problem, weekday: Weekday) -> list[date]:
    """The dates of the horizon on a weekday."""
    return [day for day in horizon(problem) if weekday_of(day) == weekday]
