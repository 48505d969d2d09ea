"""What the oracle gives back: violations, scores, the ledger and advice."""

import datetime as dt
from collections.abc import Iterable, Iterator

from ektp_sched.domain import TERMS, Term
from ektp_sched.domain.scalars import Value
from ektp_sched.domain.showing import Shown, Table
from ektp_sched.texts.language import _, ngettext, number, short_date


class Violation(Value):
    """A rule that a plan breaks: where, by how much, and which visits are concerned.

    `by` counts `unit`s and is at least 1. `visits` are indices into the plan's visits.
    """

    rule: str
    where: str
    by: int
    unit: str
    message: str
    visits: tuple[int, ...] = ()


class Score(Shown):
    """The value of every term, T1 to T8, whatever the policy's tiers use of them."""

    students: int
    shortfall: int
    schools: int
    lessons: int
    travel: int
    team_days: int
    wait: int
    changes: int

    def value(self, term: Term) -> int:
        """The value of one term by its name."""
        amount: int = getattr(self, term)
        return amount

    def _shown(self) -> Iterator[Table]:
        yield _terms_table(self)


class LedgerRow(Value):
    """The blank cards of one date: closing = opening + delivered − counters − schools.

    `short` says how many cards the counters (and done visits) alone are below the reserve at the
    end of the date.
    """

    date: dt.date
    opening: int
    delivered: int
    counters: int
    schools: int
    closing: int
    reserve: int
    short: int


class Printing(Value):
    """Cards of a visit's pupils of one cohort, due on one date and printed on one date.

    `visit` is an index into the plan's visits; `printed` is None for cards in the backlog.
    """

    visit: int
    school: str
    cohort: str
    due: dt.date
    printed: dt.date | None
    cards: int


class Ledger(Shown):
    """The blank cards day by day, and whose cards are printed when.

    `backlog` counts cards due in the horizon that no blank is left for (cards = later).
    """

    rows: tuple[LedgerRow, ...]
    reserve: int
    backlog: int
    printings: tuple[Printing, ...] = ()

    def _shown(self) -> Iterator[str | Table]:
        low = min(self.rows, key=lambda row: row.closing)
        yield _(
            "Blanks: lowest with {cards} on {day}, {reserve} in reserve.",
            cards=low.closing,
            day=low.date,
            reserve=low.reserve,
        )
        figures = ("opening", "delivered", "counters", "schools", "closing", "short")
        yield Table(
            ((_("Date"), "word"), *((name, "count") for name in figures)),
            [
                (short_date(row.date), *(number(getattr(row, name)) for name in figures))
                for row in self.rows
            ],
        )


class Advice(Value):
    """Something allowed but suspicious in a problem.

    `at` leads from the problem to what is suspicious, as in ("schools", 2, "location").
    """

    code: str
    where: str
    message: str
    at: tuple[str | int, ...] = ()


class Report(Shown):
    """All that the oracle has to say about a plan.

    `score` and `ledger` are those of the firm plan, without the contingent visits;
    `with_contingent` is the score with them, None where there are none.
    """

    violations: tuple[Violation, ...]
    score: Score
    with_contingent: Score | None
    ledger: Ledger

    @property
    def ok(self) -> bool:
        """Whether the plan breaks no rule."""
        return not self.violations

    def _shown(self) -> Iterator[str | Table]:
        if self.ok:
            yield _("No rule is broken.")
        else:
            count = len(self.violations)
            yield ngettext(
                "The plan breaks rules, once:", "The plan breaks rules, {n} times:", count
            )
            yield violations_table(self.violations)
        yield _terms_table(self.score)


def _terms_table(score: Score) -> Table:
    rows = [(term, number(score.value(term))) for term in TERMS]
    return Table(((_("Term"), "word"), (_("Value"), "count")), rows)


def violations_table(violations: Iterable[Violation]) -> Table:
    """Broken rules; the message says where and by how much."""
    rows = [(fault.rule, fault.message) for fault in violations]
    return Table(((_("Rule"), "word"), (_("What is wrong"), "text")), rows)
