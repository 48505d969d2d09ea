"""Tables on the terminal: visits, schools without a visit, violations, terms."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Column, Table

from ektp_sched.cli.words import terms_in_words
from ektp_sched.domain import Problem, School, Visit
from ektp_sched.language import _, number, short_date, short_weekday
from ektp_sched.rulebook import Report, Violation
from ektp_sched.rulebook.words import day_in_words, names, status_in_words

if TYPE_CHECKING:
    from ektp_sched.desk.what_if import Outcome


def visits_table(visits: Sequence[Visit], problem: Problem) -> Table:
    """Visits by day and team; their status where it is not "proposed" throughout."""
    teams = names(problem.teams)
    schools = {school.id: school.name for school in problem.schools}
    with_status = any(visit.status != "proposed" for visit in visits)
    table = _table(
        _line(_("Date")),
        _line(_("Day")),
        _text(_("Team")),
        _line(_("Time")),
        _text(_("School")),
        _count(_("Pupils")),
    )
    if with_status:
        table.add_column(_("Status"), no_wrap=True)
    for visit in sorted(visits, key=lambda v: (v.date, teams[v.team], v.team, v.start)):
        row = [
            short_date(visit.date),
            short_weekday(visit.date),
            teams[visit.team],
            f"{visit.start:%H:%M}-{visit.end:%H:%M}",
            schools[visit.school],
            number(visit.recorded),
        ]
        table.add_row(*row, *([status_in_words(visit)] if with_status else []))
    return table


def unserved_table(schools: Iterable[School]) -> Table:
    """Schools without a visit, the largest first."""
    table = _table(_text(_("School")), _line("NPSN"), _count(_("Pupils")))
    sizes = ((pupils_of(school), school) for school in schools)
    for pupils, school in sorted(sizes, key=lambda pair: (-pair[0], pair[1].name)):
        table.add_row(school.name, school.id, number(pupils))
    return table


def violations_table(violations: Iterable[Violation]) -> Table:
    """Broken rules; the message says where and by how much."""
    table = _table(_line(_("Rule")), _text(_("What is wrong")))
    for fault in violations:
        table.add_row(fault.rule, fault.message)
    return table


def terms_table(report: Report, problem: Problem) -> Table:
    """All terms of the firm plan and, where there are contingent visits, of the plan with them."""
    table = _table(_line(_("Term")), _text(_("Value")))
    rows = terms_in_words(report.score, problem)
    if report.with_contingent is None:
        for term, words in rows:
            table.add_row(term, words)
        return table
    table.add_column(_("With contingent visits"))
    for (term, words), (_term, more) in zip(
        rows, terms_in_words(report.with_contingent, problem), strict=True
    ):
        table.add_row(term, words, more)
    return table


def contingent_table(visits: Sequence[Visit], problem: Problem) -> Table:
    """Contingent visits in the order in which to give them up."""
    teams = names(problem.teams)
    schools = {school.id: school.name for school in problem.schools}
    table = _table(
        _count(_("Order")),
        _line(_("Date")),
        _line(_("Time")),
        _text(_("Team")),
        _text(_("School")),
        _count(_("Pupils")),
    )
    for order, visit in enumerate(visits, start=1):
        table.add_row(
            str(order),
            day_in_words(visit.date),
            f"{visit.start:%H:%M}-{visit.end:%H:%M}",
            teams[visit.team],
            schools[visit.school],
            number(visit.recorded),
        )
    return table


def outcomes_table(outcomes: "Iterable[Outcome]") -> Table:
    """What a plan comes to in each scenario of deliveries."""
    table = _table(
        _text(_("If it arrives")),
        _count(_("Pupils")),
        _count(_("Printed")),
        _count(_("Backlog")),
        _text(_("No blanks from")),
        _count(_("Visits that fall")),
    )
    for outcome in outcomes:
        table.add_row(
            outcome.scenario.name,
            number(outcome.pupils),
            number(outcome.printed),
            number(outcome.backlog),
            day_in_words(outcome.runs_out) if outcome.runs_out else _("some are left"),
            number(len(outcome.fallen)),
        )
    return table


def pupils_of(school: School) -> int:
    """Pupils due at a school, all cohorts together."""
    return sum(cohort.students for cohort in school.cohorts)


def _table(*columns: Column) -> Table:
    return Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)


def _text(heading: str) -> Column:
    return Column(heading, overflow="fold")


def _line(heading: str) -> Column:
    """A column of short things that are never broken."""
    return Column(heading, no_wrap=True, overflow="fold")


def _count(heading: str) -> Column:
    return Column(heading, no_wrap=True, overflow="fold", justify="right")
