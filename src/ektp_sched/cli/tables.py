"""Tables of visits, schools, violations and terms, and blank cards in sentences."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Column, Table

from ektp_sched.domain import TERMS, Problem, School, Visit, plan, showing
from ektp_sched.domain.words import day_in_words, names
from ektp_sched.report import aims
from ektp_sched.rulebook import Ledger, Report, Score, Violation, report
from ektp_sched.texts.language import _, number, spoken_language

if TYPE_CHECKING:
    from ektp_sched.solve import TierResult


def terms_in_words(score: Score, problem: Problem) -> list[tuple[str, str]]:
    """Each term's name with its value in words; there is no former plan to count changes from."""
    terms = [term for term in TERMS if term != "changes"]
    language = spoken_language()
    wordings = [(term, aims.wording_of(term, problem, language)) for term in terms]
    return [
        (aims.term_in_words(term), f"{w.number(score.value(term), language)} {w.value}")
        for term, w in wordings
    ]


def tiers_in_words(tiers: Sequence["TierResult"], problem: Problem) -> list[str]:
    """For each tier a sentence: what the plan reaches, and what no plan can pass."""
    return aims.tiers_in_words(tiers, problem, spoken_language())


if TYPE_CHECKING:
    from ektp_sched.desk.stock import Outcome


def visits_table(visits: Sequence[Visit], problem: Problem) -> Table:
    """Visits by day and team; their status where it is not "proposed" throughout."""
    teams = names(problem.teams)
    schools = {school.id: school.name for school in problem.schools}
    return _drawn(plan.visits_table(visits, schools=schools, teams=teams))


def unserved_table(schools: Iterable[School]) -> Table:
    """Schools without a visit, the largest first."""
    table = _table(_text(_("School")), _line("NPSN"), _count(_("Pupils")))
    sizes = ((pupils_of(school), school) for school in schools)
    for pupils, school in sorted(sizes, key=lambda pair: (-pair[0], pair[1].name)):
        table.add_row(school.name, school.id, number(pupils))
    return table


def violations_table(violations: Iterable[Violation]) -> Table:
    """Broken rules; the message says where and by how much."""
    return _drawn(report.violations_table(violations))


def terms_table(checked: Report, problem: Problem) -> Table:
    """All terms of the firm plan and, where there are contingent visits, of the plan with them."""
    table = _table(_line(_("Term")), _text(_("Value")))
    rows = terms_in_words(checked.score, problem)
    if checked.with_contingent is None:
        for term, words in rows:
            table.add_row(term, words)
        return table
    table.add_column(_("With contingent visits"))
    for (term, words), (_term, more) in zip(
        rows, terms_in_words(checked.with_contingent, problem), strict=True
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


def _drawn(found: showing.Table) -> Table:
    kinds = {"text": _text, "word": _line, "count": _count}
    table = _table(*(kinds[kind](heading) for heading, kind in found.columns))
    for row in found.rows:
        table.add_row(*row)
    return table


def _table(*columns: Column) -> Table:
    return Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)


def _text(heading: str) -> Column:
    return Column(heading, overflow="fold")


def _line(heading: str) -> Column:
    """A column of short things that are never broken."""
    return Column(heading, no_wrap=True, overflow="fold")


def _count(heading: str) -> Column:
    return Column(heading, no_wrap=True, overflow="fold", justify="right")


def ledger_in_words(ledger: Ledger, problem: Problem) -> list[str]:
    """Start, end and low point of the stock, and where the counters alone use too much."""
    first, last = ledger.rows[0], ledger.rows[-1]
    low = min(ledger.rows, key=lambda row: row.closing)
    lines = [
        _(
            "Blank cards: {first} at the start, {last} at the end; lowest with {low} "
            "on {day}; {reserve} are the reserve.",
            first=first.opening,
            last=last.closing,
            low=low.closing,
            day=day_in_words(low.date),
            reserve=ledger.reserve,
        )
    ]
    if problem.stock.cards == "none":
        lines.append(_("Recording uses no blank cards here; only the counters do."))
    if ledger.backlog:
        lines.append(_("Recorded but not printed by the end: {cards} cards.", cards=ledger.backlog))
    short = [row for row in ledger.rows if row.short]
    if short:
        worst = max(short, key=lambda row: row.short)
        lines.append(
            _(
                "The counters alone break the reserve from {first} on: {cards} cards "
                "short on {worst}.",
                first=day_in_words(short[0].date),
                cards=worst.short,
                worst=day_in_words(worst.date),
            )
        )
    return lines
