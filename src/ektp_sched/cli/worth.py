"""``ektp-sched worth``: what one thing more would bring."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from rich import box
from rich.console import RenderableType
from rich.table import Table

from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.options import (
    Deterministic,
    Json,
    Lang,
    PlanFile,
    ProblemFile,
    Seed,
    TimeLimit,
    Workers,
)
from ektp_sched.cli.searching import SearchOptions
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.interventions import LongerHours, MoreBlanks, MoreKits, MoreTeamDay
from ektp_sched.desk.stand_ins import BorrowedTeamDay
from ektp_sched.desk.worth import KIND_OF, Gain, WishKind, Worth, worth
from ektp_sched.domain import Problem
from ektp_sched.domain.words import amount, day_in_words, names
from ektp_sched.files import load_plan, load_problem
from ektp_sched.report.aims import Wording, wording_of
from ektp_sched.solve import CancelToken
from ektp_sched.texts.language import N_, _, ngettext, number, spoken_language


def verb(
    context: typer.Context,
    problem: ProblemFile,
    plan: PlanFile,
    time_limit: TimeLimit = 60,
    seed: Seed = 0,
    workers: Workers = None,
    deterministic: Deterministic = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """Say what one more team-day, 100 blanks, a kit or half an hour at a school would bring.

    Ctrl-C ends early; what was not tried by then is told as an estimate.
    """
    options = SearchOptions(
        time_limit=time_limit, seed=seed, workers=workers, deterministic=deterministic
    )
    say_worth(problem, plan, options, as_json=as_json, interrupts=context.obj)


MOST_ROWS = 6
_HEADINGS: dict[WishKind, str] = {
    "team_days": N_("One more team-day"),
    "blanks": N_("More blank cards"),
    "kits": N_("One more kit, on all days of a team"),
    "hours": N_("A school open longer on one day"),
}
_SHORT: dict[WishKind, str] = {
    "team_days": N_("team-days"),
    "blanks": N_("blank cards"),
    "kits": N_("kits"),
    "hours": N_("hours of schools"),
}


def say_worth(
    problem_file: Path,
    plan_file: Path,
    options: SearchOptions,
    *,
    as_json: bool,
    interrupts: Interrupts,
) -> None:
    """Read, ask, print."""
    problem = load_problem(problem_file)
    plan, token = load_plan(plan_file, problem), CancelToken()
    with interrupts.cancelling(token):
        answer = worth(problem, plan, **asdict(options), cancel=token)
    if as_json:
        say_text(answer.model_dump_json(indent=2) + "\n")
    else:
        say(*worth_in_words(answer, problem))


def worth_in_words(answer: Worth, problem: Problem) -> Iterator[RenderableType]:
    """The plan in hand, then a table for each kind of thing."""
    yield from _in_hand(answer, problem)
    yield ""
    yield _("What ONE of these things more would bring, in {unit}:", unit=_wording(problem).unit)
    yield _(
        "- estimate: from prices at the margin, to compare by; a large thing may bring far less."
    )
    yield _(
        "- found: planned anew with it, that many more came out; 0 if no more were found in the"
    )
    yield _("  time given; - if nobody looked.")
    yield _("- at most: proven, it cannot bring more than that.")
    for kind in _HEADINGS:
        yield ""
        yield from _section(kind, answer, problem)
    yield ""
    yield from _closing(answer)


def _in_hand(answer: Worth, problem: Problem) -> Iterator[str]:
    wording = _wording(problem)
    yield _(
        "Your plan: {count} {recorded}.",
        count=answer.pupils - answer.improved,
        recorded=wording.value,
    )
    if answer.improved > 0:
        yield _(
            "A plan found on the way has {pupils} more, with nothing more than the office has: "
            "plan again with more time before you ask for more. What follows is counted from it.",
            pupils=wording.amount(answer.improved, spoken_language()),
        )
    if answer.bound is not None:
        yield _(
            "With what the office has, no plan can record more than {bound} ({room} more).",
            bound=answer.bound,
            room=answer.bound - answer.pupils,
        )


def _section(kind: WishKind, answer: Worth, problem: Problem) -> Iterator[RenderableType]:
    heading = _(_HEADINGS[kind])
    gains = [gain for gain in answer.gains if KIND_OF[gain.relief.kind] == kind]
    useful = [gain for gain in gains if gain.found or gain.estimate >= 0.5]
    if not useful:
        yield f"{heading}: {_nothing(kind, gains, answer, problem)}"
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(heading, overflow="fold")
    for name in (_("estimate"), _("found"), _("at most")):
        table.add_column(name, justify="right", no_wrap=True)
    alike: dict[tuple[str, ...], list[Gain]] = {}
    for gain in useful:
        alike.setdefault((_apart_from_date(gain), *_figures(gain)), []).append(gain)
    for (_apart, *figures), (first, *others) in list(alike.items())[:MOST_ROWS]:
        told = in_words(first, problem)
        if others:
            told += ngettext(", or {n} other date alike", ", or {n} other dates alike", len(others))
        table.add_row(told, *figures)
    yield table
    if (left := len(alike) - MOST_ROWS) > 0:
        yield _("and {count} lines more; --json has all.", count=left)


def _apart_from_date(gain: Gain) -> str:
    """What is wished for, be it verified or not, whatever the date."""
    return str((gain.found is None, gain.relief.model_dump(exclude={"date"})))


def _wording(problem: Problem) -> Wording:
    return wording_of("students", problem, spoken_language())


def _nothing(kind: WishKind, gains: Sequence[Gain], answer: Worth, problem: Problem) -> str:
    if kind == "blanks" and problem.stock.cards != "reserve":
        return _("blanks do not limit recording here, so more of them bring no pupil more.")
    if kind in answer.not_priced:
        return _("there was no time to look at all of them.")
    return _by_prices(gains, answer) if gains else _("there is nothing of that kind to ask for.")


def _by_prices(gains: Sequence[Gain], answer: Worth) -> str:
    if not answer.prices_close:
        return _("the prices are too rough to tell.")
    most = max((gain.at_most for gain in gains if gain.at_most is not None), default=None)
    if most == 0:
        return _("none brings a pupil more; that is proven.")
    if most is None:
        return _("by the prices, none brings a pupil more.")
    return _(
        "by the prices, none brings a pupil more. Proven: none brings more than {most}.", most=most
    )


def _figures(gain: Gain) -> tuple[str, str, str]:
    found = "-" if gain.found is None else number(gain.found, "+,") if gain.found else "0"
    if gain.fewer_short:
        found += _(" and {count} fewer short of the floors", count=gain.fewer_short)
    at_most = "-" if gain.at_most is None else number(gain.at_most)
    return _("about {estimate:,.0f}", estimate=gain.estimate), found, at_most


def in_words(gain: Gain, problem: Problem) -> str:
    """What is wished for, by the names that a planner uses."""
    relief = gain.relief
    teams, schools = names(problem.teams), names(problem.schools)
    match relief:
        case MoreTeamDay():
            return _(
                "{team} out on {day} too, {start}-{end}",
                team=teams[relief.team],
                day=day_in_words(relief.date),
                start=relief.start,
                end=relief.end,
            )
        case BorrowedTeamDay():
            return _(
                "a second team like {team} on {day}",
                team=teams[relief.team],
                day=day_in_words(relief.date),
            )
        case MoreBlanks():
            return _(
                "{cards} more blanks that arrive on {day}",
                cards=relief.cards,
                day=day_in_words(relief.date),
            )
        case MoreKits():
            return _(
                "{kits} more for {team}",
                kits=amount(relief.kits, "kits"),
                team=teams[relief.team],
            )
        case LongerHours():
            return _(
                "{school} open {start}-{end} too on {day}",
                school=schools[relief.school],
                start=relief.start,
                end=relief.end,
                day=day_in_words(relief.date),
            )


def _closing(answer: Worth) -> Iterator[str]:
    tried = len(answer.gains) - len(answer.unverified)
    yield ngettext(
        "{n} gain of {count} were tried out by planning anew; the others are estimates. Gains do "
        "not add up: two things together may bring more or less.",
        "{n} gains of {count} were tried out by planning anew; the others are estimates. Gains do "
        "not add up: two things together may bring more or less.",
        tried,
        count=len(answer.gains),
    )
    if not answer.prices_close:
        yield _("The prices were not found to the end: estimates are rough.")
    if answer.not_priced:
        yield _("No time was left to look at all of: {kinds}.", kinds=_listed(answer.not_priced))
    if answer.not_tried:
        yield _(
            "No time was left to plan with the best of: {kinds}.", kinds=_listed(answer.not_tried)
        )
    if answer.not_priced or answer.not_tried or not answer.prices_close:
        yield _("Give more --time-limit to know better.")


def _listed(kinds: Sequence[WishKind]) -> str:
    return ", ".join(_(_SHORT[kind]) for kind in kinds)
