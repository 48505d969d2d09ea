"""``ektp-sched report``: read, write the page, say where it is."""

from pathlib import Path

from ektp_sched.cli.files import output_file, tell_of
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.reasons import reasons_of
from ektp_sched.cli.searching import SearchOptions
from ektp_sched.cli.streams import say
from ektp_sched.errors import RequestError
from ektp_sched.io import load_plan, load_problem, load_result
from ektp_sched.language import _, spoken_language
from ektp_sched.report import write_page


def make_page(
    problem_file: Path,
    plan_file: Path,
    page: Path,
    *,
    result_file: Path | None,
    former_file: Path | None,
    options: SearchOptions,
    replace: bool,
    interrupts: Interrupts,
) -> None:
    """Write the page of a plan; none of the files that are read is ever overwritten."""
    inputs = [problem_file, plan_file, result_file, former_file]
    output_file(page, inputs=inputs, replace=replace)
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    result = load_result(result_file, plan) if result_file else None
    former = load_plan(former_file, problem) if former_file else None
    reasons = reasons_of(problem, plan, options, interrupts)
    try:
        copy = write_page(
            problem,
            plan,
            page,
            result=result,
            former=former,
            reasons=reasons,
            language=spoken_language(),
            replace=replace,
        )
    except RequestError as error:
        raise RequestError(error.complaints, source=str(result_file)) from None
    say(_("Written: {files}", files=page))
    tell_of([copy])
