"""Problems with one part exchanged; whatever is asked for must be there."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from ektp_sched.domain import Closed, Problem, School, Stock, Team
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.language import _

MOST_NAMED = 8


def school_of(problem: Problem, school: str) -> School:
    """The school of that id.

    Raises
    ------
    RequestError
        There is none.
    """
    for one in problem.schools:
        if one.id == school:
            return one
    what = _("school {school!r} is not in the problem", school=school)
    raise refusal("school", what, _use_one_of(problem.schools))


def team_of(problem: Problem, team: str) -> Team:
    """The team of that id.

    Raises
    ------
    RequestError
        There is none.
    """
    for one in problem.teams:
        if one.id == team:
            return one
    what = _("team {team!r} is not in the problem", team=team)
    raise refusal("team", what, _use_one_of(problem.teams))


def require_in_horizon(problem: Problem, day: date) -> None:
    """Make sure that the problem plans this date.

    Raises
    ------
    RequestError
        It does not.
    """
    if not problem.start <= day <= problem.end:
        what = _("{day} is not planned", day=day)
        raise refusal(
            "date",
            what,
            _("Give a date from {start} to {end}.", start=problem.start, end=problem.end),
        )


def with_school(problem: Problem, school: str, change: Callable[[School], School]) -> Problem:
    """The problem with one school changed.

    Raises
    ------
    RequestError
        There is no such school.
    """
    new = change(school_of(problem, school))
    schools = tuple(new if one.id == school else one for one in problem.schools)
    return problem.model_copy(update={"schools": schools})


def with_team(problem: Problem, team: str, change: Callable[[Team], Team]) -> Problem:
    """The problem with one team changed.

    Raises
    ------
    RequestError
        There is no such team.
    """
    new = change(team_of(problem, team))
    teams = tuple(new if one.id == team else one for one in problem.teams)
    return problem.model_copy(update={"teams": teams})


def with_stock(problem: Problem, change: Callable[[Stock], Stock]) -> Problem:
    """The problem with its stock of blanks changed."""
    return problem.model_copy(update={"stock": change(problem.stock)})


def opened(ranges: Iterable[Closed], day: date) -> tuple[Closed, ...]:
    """Ranges of dates without one date: a range around it falls into two."""
    parts: list[Closed] = []
    for one in ranges:
        if not one.start <= day <= one.end:
            parts.append(one)
            continue
        if one.start < day:
            parts.append(one.model_copy(update={"end": day - timedelta(days=1)}))
        if day < one.end:
            parts.append(one.model_copy(update={"start": day + timedelta(days=1)}))
    return tuple(parts)


def _use_one_of(parts: Iterable[School | Team]) -> str:
    known = sorted(part.id for part in parts)
    return _("Use an id such as {some}.", some=", ".join(known[:MOST_NAMED]))


def refusal(where: str, what: str, remedy: str) -> RequestError:
    """The error that says what of a request cannot be met, and what to do about it."""
    return RequestError([Complaint(where, what, remedy)])
