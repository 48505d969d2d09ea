"""Entries as a table for the terminal."""

from collections.abc import Iterable, Mapping

from rich.markup import escape
from rich.table import Table

from benchmarks.profiling import Spent
from benchmarks.record import Entry, Standing, Target, Tier

WORDS = ("case", "seed", "solver", "status", "tier")
NUMBERS = ("value", "bound", "gap", "first plan", "seconds", "MiB")
TARGET = "to reach"
STANDING = (
    "family",
    "tours",
    "cases",
    "failed",
    "mean gap",
    "equalled",
    "beaten",
    "proved",
    "upper bounds",
)
CAPTION = "Compared with the published value, or with a proved upper bound (≤) where that is lower."


def new_table(title: str, *, targets: bool = False) -> Table:
    """An empty table with a column for each thing measured, and one for what it should reach."""
    table = Table(title=title)
    for name in WORDS:
        table.add_column(name, no_wrap=True)
    for name in (*NUMBERS, TARGET) if targets else NUMBERS:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def add(table: Table, entry: Entry) -> None:
    """Add a row for each tier."""
    job, outcome = entry.job, entry.outcome
    status = f"{outcome.status} ({outcome.stopped_by})" if outcome.stopped_by else outcome.status
    head = (job.case, str(job.seed), job.solver, status)
    tail = (
        _decimals(outcome.first_plan_seconds, 2),
        _decimals(outcome.seconds, 1),
        _decimals(outcome.peak_mib, 0),
        *([_goal(job.target)] if job.target else []),
    )
    tiers = [_cells(tier) for tier in outcome.tiers] or [("", "", "", "")]
    table.add_row(*head, *tiers[0], *tail)
    for cells in tiers[1:]:
        table.add_row(*[""] * len(head), *cells)
    table.add_section()


def profile_table(title: str, spent: Mapping[str, Spent]) -> Table:
    """How often each step of a solve was taken, and its seconds: in all and for a call."""
    table = Table(title=title)
    table.add_column("step")
    for name in ("calls", "seconds", "a call, ms"):
        table.add_column(name, justify="right")
    for name, step in spent.items():
        each = 1_000 * step.seconds / max(1, step.calls)
        table.add_row(name, f"{step.calls:,}", f"{step.seconds:.2f}", f"{each:,.2f}")
    return table


def standing_table(standings: Iterable[Standing]) -> Table:
    """Each family as a whole, then by number of tours."""
    table = Table(title="beside the published values", caption=CAPTION)
    for name in STANDING:
        table.add_column(name, justify="left" if name == "family" else "right", no_wrap=True)
    for one in standings:
        if one.tours is None:
            table.add_section()
        counts = (one.equalled, one.beaten, one.proved, one.upper_bounds)
        table.add_row(
            one.family,
            "all" if one.tours is None else str(one.tours),
            str(one.cases),
            str(one.failed),
            "–" if one.mean_gap is None else f"{one.mean_gap:.2%}",
            *map(str, counts),
        )
    return table


def remarks(entry: Entry) -> list[str]:
    """Faults and notes, one a line."""
    job, outcome = entry.job, entry.outcome
    head = f"{job.case} seed {job.seed} {job.solver}:"
    lines = [f"{head} [red]{escape(fault)}[/red]" for fault in outcome.faults]
    return [*lines, f"{head} {outcome.notes}"] if outcome.notes else lines


def _cells(tier: Tier) -> tuple[str, str, str, str]:
    bound = "–" if tier.bound is None else f"{tier.bound:,}"
    gap = "–" if tier.gap is None else f"{tier.gap:.2%}"
    return tier.term, f"{tier.value:,}", bound, gap


def _goal(target: Target) -> str:
    return f"{'' if target.source == 'published' else '≤'}{target.value:,}"


def _decimals(number: float | None, digits: int) -> str:
    return "–" if number is None else f"{number:,.{digits}f}"
