"""Why schools do not get more: asked for the page and the workbook alike."""

from dataclasses import asdict

from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.searching import SearchOptions
from ektp_sched.cli.streams import tell
from ektp_sched.desk.why import why_left_over
from ektp_sched.domain import Plan, Problem
from ektp_sched.errors import RequestError
from ektp_sched.language import _, spoken_language
from ektp_sched.report.reasons import reasons_in_words
from ektp_sched.solve import CancelToken


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
