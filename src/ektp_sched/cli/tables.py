"""Tables on the terminal: visits, schools without a visit, violations, terms."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from ektp_sched.cli.words import terms_in_words
from ektp_sched.domain import Problem, School, Visit, weekday_of
from ektp_sched.rulebook import Report, Violation
from ektp_sched.rulebook.words import day_in_words

if TYPE_CHECKING:
    from ektp_sched.desk.what_if import Outcome


def visits_table(visits: Sequence[Visit], problem: Problem) -> Table:
    """Visits by day and team; their status where it is not "proposed" throughout."""
    teams = {team.id: team.name for team in problem.teams}
    schools = {school.id: school.name for school in problem.schools}
    with_status = any(visit.status != "proposed" for visit in visits)
    table = _table("Date", "Day", "Team", "Time", "School", ">Pupils")
    if with_status:
        table.add_column("Status", no_wrap=True)
    for visit in sorted(visits, key=lambda v: (v.date, teams[v.team], v.team, v.start)):
        row = [
            str(visit.date),
            weekday_of(visit.date).capitalize(),
            teams[visit.team],
            f"{visit.start:%H:%M}-{visit.end:%H:%M}",
            schools[visit.school],
            f"{visit.recorded:,}",
        ]
        table.add_row(*row, *([visit.status] if with_status else []))
    return table


def unserved_table(schools: Iterable[School]) -> Table:
    """Schools without a visit, the largest first."""
    table = _table("School", "NPSN", ">Pupils")
    sizes = ((pupils_of(school), school) for school in schools)
    for pupils, school in sorted(sizes, key=lambda pair: (-pair[0], pair[1].name)):
        table.add_row(school.name, school.id, f"{pupils:,}")
    return table


def violations_table(violations: Iterable[Violation]) -> Table:
    """Broken rules; the message says where and by how much."""
    table = _table("Rule", "What is wrong")
    for fault in violations:
        table.add_row(fault.rule, fault.message)
    return table


def terms_table(report: Report, problem: Problem) -> Table:
    """All terms of the firm plan and, where there are contingent visits, of the plan with them."""
    table = _table("Term", "Value")
    rows = terms_in_words(report.score, problem)
    if report.with_contingent is None:
        for term, words in rows:
            table.add_row(term, words)
        return table
    table.add_column("With contingent visits")
    for (term, words), (_, more) in zip(
        rows, terms_in_words(report.with_contingent, problem), strict=True
    ):
        table.add_row(term, words, more)
    return table


def contingent_table(visits: Sequence[Visit], problem: Problem) -> Table:
    """Contingent visits in the order in which to give them up."""
    teams = {team.id: team.name for team in problem.teams}
    schools = {school.id: school.name for school in problem.schools}
    table = _table(">Order", "Date", "Time", "Team", "School", ">Pupils")
    for number, visit in enumerate(visits, start=1):
        table.add_row(
            str(number),
            day_in_words(visit.date),
            f"{visit.start:%H:%M}-{visit.end:%H:%M}",
            teams[visit.team],
            schools[visit.school],
            f"{visit.recorded:,}",
        )
    return table


def outcomes_table(outcomes: "Iterable[Outcome]") -> Table:
    """What a plan comes to in each scenario of deliveries."""
    table = _table(
        "If it arrives", ">Pupils", ">Printed", ">Backlog", "No blanks from", ">Visits that fall"
    )
    for outcome in outcomes:
        table.add_row(
            outcome.scenario.name,
            f"{outcome.pupils:,}",
            f"{outcome.printed:,}",
            f"{outcome.backlog:,}",
            day_in_words(outcome.runs_out) if outcome.runs_out else "some are left",
            f"{len(outcome.fallen):,}",
        )
    return table


def pupils_of(school: School) -> int:
    """Pupils due at a school, all cohorts together."""
    return sum(cohort.students for cohort in school.cohorts)


def _table(*headings: str) -> Table:
    """An empty table; a heading with ">" is that of a column of numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        short = heading in {"Date", "Day", "Time", "NPSN", "Rule", "Term"} or heading[0] == ">"
        table.add_column(heading.lstrip(">"), no_wrap=short, overflow="fold")
        if heading[0] == ">":
            table.columns[-1].justify = "right"
    return table
