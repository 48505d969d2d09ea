"""Problems with one part exchanged; whatever is asked for must be there."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from ektp_sched.domain import Closed, Problem, School, Stock, Team
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.texts.language import _


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
        There is no such school, or several are called so.
    """
    old = problem.school(school)
    schools = tuple(change(one) if one is old else one for one in problem.schools)
    return problem.model_copy(update={"schools": schools})


def with_team(problem: Problem, team: str, change: Callable[[Team], Team]) -> Problem:
    """The problem with one team changed.

    Raises
    ------
    RequestError
        There is no such team.
    """
    old = problem.team(team)
    teams = tuple(change(one) if one is old else one for one in problem.teams)
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


def refusal(where: str, what: str, remedy: str) -> RequestError:
    """The error that says what of a request cannot be met, and what to do about it."""
    return RequestError([Complaint(where, what, remedy)])
