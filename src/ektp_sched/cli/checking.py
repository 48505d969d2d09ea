"""``ektp-sched check``: read, check, print."""

from pathlib import Path

from ektp_sched.cli.ledger import ledger_in_words
from ektp_sched.cli.streams import say, say_text
from ektp_sched.cli.tables import terms_table, violations_table
from ektp_sched.domain import Problem
from ektp_sched.io import load_plan, load_problem
from ektp_sched.language import _, ngettext
from ektp_sched.rulebook import Report, check

BROKEN = 1


def check_plan(problem_file: Path, plan_file: Path, *, as_json: bool) -> int:
    """Print what the checker says; tell by the exit code whether a rule is broken."""
    problem = load_problem(problem_file)
    report = check(problem, load_plan(plan_file, problem))
    if as_json:
        say_text(report.model_dump_json(indent=2) + "\n")
    else:
        _print(report, problem)
    return 0 if report.ok else BROKEN


def _print(report: Report, problem: Problem) -> None:
    if report.ok:
        say(_("No rule is broken."))
    else:
        breaks = ngettext(
            "The plan breaks rules, once:",
            "The plan breaks rules, {n} times:",
            len(report.violations),
        )
        say(breaks, "")
        say(violations_table(report.violations))
    say("", terms_table(report, problem), "", *ledger_in_words(report.ledger, problem))
