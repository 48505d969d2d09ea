"""What every search of the command line has: its options, its progress, and Ctrl-C."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.progress import progress_line
from ektp_sched.cli.streams import tell
from ektp_sched.desk.explain.overview import why_left_over
from ektp_sched.desk.searching import budget_of
from ektp_sched.domain import Plan, Problem
from ektp_sched.engine.budget import CancelToken
from ektp_sched.errors import RequestError
from ektp_sched.report.visit_words import reasons_in_words
from ektp_sched.texts.language import _, spoken_language

if TYPE_CHECKING:
    from ektp_sched.solve import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """The options that all searches of the command line offer; see solve()."""

    time_limit: float
    seed: int
    workers: int | None
    deterministic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GapOptions(SearchOptions):
    """The same, and when a tier is done."""

    gap: float

    def check(self) -> None:
        """Refuse numbers that are out of range, before anything is said of the search."""
        budget_of(**asdict(self), cancel=None)


@contextmanager
def under_way(options: SearchOptions, interrupts: Interrupts) -> Iterator[dict[str, Any]]:
    """The options as arguments of a search that tells its progress and that Ctrl-C ends."""
    token = CancelToken()
    with progress_line(options.time_limit) as listener, interrupts.cancelling(token):
        yield {**asdict(options), "on_progress": listener, "cancel": token}


def tell_faults(result: "Result") -> None:
    """Tell what the guards of this library found in its own work; the plan holds all the same."""
    for fault in result.faults:
        tell(_("fault of ektp-sched: {what}", what=fault))


def reasons_of(
    problem: Problem, plan: Plan, options: SearchOptions, interrupts: Interrupts
) -> dict[str, list[str]]:
    """Reasons by school, in words; none for a plan that breaks rules, which is said."""
    if options.time_limit:
        seconds = f"{options.time_limit:g}"
        tell(_("looking for reasons, at most {n} seconds", n=seconds))
    token = CancelToken()
    try:
        with interrupts.cancelling(token):
            found = why_left_over(problem, plan, **asdict(options), cancel=token)
    except RequestError:
        tell(_("warning: the plan breaks rules, so no reasons are given; see ektp-sched check"))
        return {}
    return reasons_in_words(found, spoken_language())
