"""``ektp-sched worth``: what one thing more would bring, as text."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich import box
from rich.console import RenderableType
from rich.table import Table

from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.borrowed import BorrowedTeamDay
from ektp_sched.desk.reliefs import LongerHours, MoreBlanks, MoreKits, MoreTeamDay
from ektp_sched.desk.wishes import KIND_OF, WishKind
from ektp_sched.desk.worth import Gain, Worth, worth
from ektp_sched.domain import Problem
from ektp_sched.io import load_plan, load_problem
from ektp_sched.report.aims import wording_of
from ektp_sched.rulebook.words import amount, day_in_words, names
from ektp_sched.solve import CancelToken

MOST_ROWS = 6
_HEADINGS: dict[WishKind, str] = {
    "team_days": "One more team-day",
    "blanks": "More blank cards",
    "kits": "One more kit, on all days of a team",
    "hours": "A school open longer on one day",
}
_SHORT: dict[WishKind, str] = {
    "team_days": "team-days",
    "blanks": "blank cards",
    "kits": "kits",
    "hours": "hours of schools",
}


def say_worth(
    problem_file: Path,
    plan_file: Path,
    *,
    time_limit: float,
    as_json: bool,
    interrupts: Interrupts,
) -> None:
    """Read, ask, print."""
    problem = load_problem(problem_file)
    plan, token = load_plan(plan_file, problem), CancelToken()
    with interrupts.cancelling(token):
        answer = worth(problem, plan, time_limit=time_limit, cancel=token)
    if as_json:
        say_text(answer.model_dump_json(indent=2) + "\n")
    else:
        say(*worth_in_words(answer, problem))


def worth_in_words(answer: Worth, problem: Problem) -> Iterator[RenderableType]:
    """The plan in hand, then a table for each kind of thing."""
    yield from _in_hand(answer, problem)
    yield ""
    yield f"What ONE of these things more would bring, in {_unit(problem)}:"
    yield "- estimate: from prices at the margin, to compare by; a large thing may bring far less."
    yield "- found: planned anew with it, that many more came out; 0 if no more were found in the"
    yield "  time given; - if nobody looked."
    yield "- at most: proven, it cannot bring more than that."
    for kind in _HEADINGS:
        yield ""
        yield from _section(kind, answer, problem)
    yield ""
    yield from _closing(answer)


def _in_hand(answer: Worth, problem: Problem) -> Iterator[str]:
    said = wording_of("students", problem, "en").value
    yield f"The plan in hand: {answer.pupils:,} {said}."
    if answer.improved > 0:
        yield (
            f"That is {amount(answer.improved, _unit(problem))} more than the plan you gave, with "
            "nothing more than the office has: plan again with more time before you ask for more."
        )
    if answer.bound is not None:
        room = answer.bound - answer.pupils
        yield (
            f"With what the office has, no plan can record more than {answer.bound:,}"
            f" ({room:,} more)."
        )


def _section(kind: WishKind, answer: Worth, problem: Problem) -> Iterator[RenderableType]:
    heading = _HEADINGS[kind]
    gains = [gain for gain in answer.gains if KIND_OF[gain.relief.kind] == kind]
    useful = [gain for gain in gains if gain.found or gain.estimate >= 0.5]
    if not useful:
        yield f"{heading}: {_nothing(kind, gains, answer, problem)}"
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(heading, overflow="fold")
    for name in ("estimate", "found", "at most"):
        table.add_column(name, justify="right", no_wrap=True)
    alike: dict[tuple[str, ...], list[Gain]] = {}
    for gain in useful:
        alike.setdefault((_apart_from_date(gain), *_figures(gain)), []).append(gain)
    for (_, *figures), (first, *others) in list(alike.items())[:MOST_ROWS]:
        more = f", or {amount(len(others), 'other dates')} alike" if others else ""
        table.add_row(in_words(first, problem) + more, *figures)
    yield table
    if (left := len(alike) - MOST_ROWS) > 0:
        yield f"and {left} lines more; --json has all."


def _apart_from_date(gain: Gain) -> str:
    """What is wished for, be it verified or not, whatever the date."""
    return str((gain.found is None, gain.relief.model_dump(exclude={"date"})))


def _unit(problem: Problem) -> str:
    return wording_of("students", problem, "en").unit


def _nothing(kind: WishKind, gains: Sequence[Gain], answer: Worth, problem: Problem) -> str:
    if kind == "blanks" and problem.stock.cards != "reserve":
        return "blanks do not limit recording here, so more of them bring no pupil more."
    if kind in answer.not_priced:
        return "there was no time to look at all of them."
    if not gains:
        return "there is nothing of that kind to ask for."
    if not answer.prices_close:
        return "the prices are too rough to tell."
    most = max((gain.at_most for gain in gains if gain.at_most is not None), default=None)
    if most == 0:
        return "none brings a pupil more; that is proven."
    limit = "" if most is None else f" Proven: none brings more than {most:,}."
    return f"by the prices, none brings a pupil more.{limit}"


def _figures(gain: Gain) -> tuple[str, str, str]:
    found = "-" if gain.found is None else f"{gain.found:+,}" if gain.found else "0"
    if gain.fewer_short:
        found += f" and {gain.fewer_short:,} fewer short of the floors"
    at_most = "-" if gain.at_most is None else f"{gain.at_most:,}"
    return f"about {gain.estimate:,.0f}", found, at_most


def in_words(gain: Gain, problem: Problem) -> str:
    """What is wished for, by the names that a planner uses."""
    relief = gain.relief
    teams, schools = names(problem.teams), names(problem.schools)
    match relief:
        case MoreTeamDay():
            times = f"{relief.start:%H:%M}-{relief.end:%H:%M}"
            return f"{teams[relief.team]} out on {day_in_words(relief.date)} too, {times}"
        case BorrowedTeamDay():
            return f"a second team like {teams[relief.team]} on {day_in_words(relief.date)}"
        case MoreBlanks():
            return f"{relief.cards:,} more blanks by {day_in_words(relief.date)}"
        case MoreKits():
            return f"{amount(relief.kits, 'kits')} more for {teams[relief.team]}"
        case LongerHours():
            times = f"{relief.start:%H:%M}-{relief.end:%H:%M}"
            return f"{schools[relief.school]} open {times} too on {day_in_words(relief.date)}"


def _closing(answer: Worth) -> Iterator[str]:
    tried = len(answer.gains) - len(answer.unverified)
    yield (
        f"{amount(tried, 'gains')} of {len(answer.gains):,} were tried out by planning anew; the "
        "others are estimates. Gains do not add up: two things together may bring more or less."
    )
    if not answer.prices_close:
        yield "The prices were not found to the end: estimates are rough."
    if answer.not_priced:
        yield f"No time was left to look at all of: {_listed(answer.not_priced)}."
    if answer.not_tried:
        yield f"No time was left to plan with the best of: {_listed(answer.not_tried)}."
    if answer.not_priced or answer.not_tried or not answer.prices_close:
        yield "Give more --time-limit to know better."


def _listed(kinds: Sequence[WishKind]) -> str:
    return ", ".join(_SHORT[kind] for kind in kinds)
