"""``ektp-sched follow-up``: who was missed, make-up visits, and how many will come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import outputs_in, write
from ektp_sched.cli.options import Json, Lang, PlanFile, ProblemFile, Replace
from ektp_sched.cli.streams import say, say_text
from ektp_sched.desk.apply_changes import by_id
from ektp_sched.desk.changes import VisitDone
from ektp_sched.desk.follow_up import Expected, MakeUp, attendance, expecting, make_up
from ektp_sched.desk.promises import committed_to, in_order, promised
from ektp_sched.domain import Plan, Problem
from ektp_sched.domain.scalars import Value
from ektp_sched.domain.words import amount, names_of, short_day, status_in_words
from ektp_sched.errors import Complaint, RequestError
from ektp_sched.files import load_changes, load_plan, load_problem
from ektp_sched.files.json_files import PROBLEM_FILE, json_of
from ektp_sched.texts.language import _


def verb(
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the new problem.json; made if new.")
    ],
    reports: Annotated[
        list[Path] | None,
        typer.Argument(
            help="What was told of done visits: the files of changes that replan read. "
            "Changes of other kinds in them are passed over."
        ),
    ] = None,
    least: Annotated[
        int, typer.Option(min=1, help="No make-up visit for fewer pupils of a school than this.")
    ] = 1,
    expect: Annotated[
        list[str] | None,
        typer.Option(
            help="So many percent come: 90 for all schools, or SCHOOL=75 for one (its NPSN or a "
            "part of its name). May be given several times."
        ),
    ] = None,
    learn: Annotated[
        bool, typer.Option("--learn", help="Expect of a school what its done visits showed.")
    ] = False,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """After visits: who was missed, a make-up visit where one is lacking, how many will come.

    Run it after replan, with the problem and plan that replan wrote. Every number that is changed
    is told; the files that are read stay as they are.
    """
    asked = Asked(least=least, expect=tuple(expect or ()), learn=learn)
    follow(
        problem,
        plan,
        tuple(reports or ()),
        asked,
        folder=output,
        replace=replace,
        as_json=as_json,
    )


ALL, SOME = PROBLEM_FILE, "expected.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the verb."""

    least: int
    expect: tuple[str, ...]
    learn: bool


class _FollowUp(Value):
    """All that is told; `attendance` are percentages by school."""

    make_up: tuple[MakeUp, ...]
    attendance: Mapping[str, int]
    expected: tuple[Expected, ...]


def follow(
    problem_file: Path,
    plan_file: Path,
    report_files: Sequence[Path],
    asked: Asked,
    *,
    folder: Path,
    replace: bool,
    as_json: bool,
) -> None:
    """Leave problem.json with all pupils and, if fewer are expected, expected.json in `folder`."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    told = (report for file in report_files for report in _reports(file))
    reports = by_id(problem, list(told))
    learnt = attendance(reports)
    percent, otherwise = _percentages(problem, asked, learnt)
    try:
        after, missed = make_up(_as_promised(problem, plan), reports, least=asked.least)
    except RequestError as error:
        source = ", ".join(map(str, report_files))
        raise RequestError(error.complaints, source=source) from None
    fewer, expected = expecting(after, percent, otherwise=otherwise)
    inputs = [problem_file, plan_file, *report_files]
    outputs = outputs_in(folder, (ALL, SOME), inputs=inputs, replace=replace)
    contents = {folder / ALL: json_of(after), folder / SOME: json_of(fewer) if expected else None}
    write(outputs, contents, documents=[*contents])
    files = [file for file, content in contents.items() if content is not None]
    answer = _FollowUp(make_up=missed, attendance=learnt, expected=expected)
    if as_json:
        say_text(answer.model_dump_json(indent=2) + "\n")
    else:
        say(*_in_words(answer, after, plan))
        say(*_what_next(files, plan_file, folder))


def _reports(file: Path) -> Iterator[VisitDone]:
    return (change for change in load_changes(file) if isinstance(change, VisitDone))


def _as_promised(problem: Problem, plan: Plan) -> Problem:
    return committed_to(problem, promised(problem, plan))


def _percentages(
    problem: Problem, asked: Asked, learnt: Mapping[str, int]
) -> tuple[dict[str, int], int]:
    """The percentage of each school, and that of all others; what is given beats what is learnt."""
    by_school, otherwise = dict(learnt) if asked.learn else {}, 100
    for text in asked.expect:
        school, named, number = text.rpartition("=")
        if not number.strip().isdecimal():
            what = _("{text!r} has no percentage", text=text)
            raise RequestError([Complaint("expect", what, _("Write 90, or SCHOOL=90."))])
        if named:
            by_school[problem.school(school.strip()).id] = int(number)
        else:
            otherwise = int(number)
    return by_school, otherwise


def _in_words(told: _FollowUp, problem: Problem, plan: Plan) -> Iterator[str]:
    schools = names_of(problem).schools
    if told.make_up:
        yield _("To make up for:")
        yield from (line for one in told.make_up for line in _missed(one, problem, plan))
    else:
        yield _("Nobody is to be made up for.")
    if told.attendance:
        yield ""
        yield _("Of the pupils called, there came:")
        for school, percent in told.attendance.items():
            came = _("{school}: {percent} percent", school=schools[school], percent=percent)
            yield f"  {came}"
    if told.expected:
        yield ""
        yield _("Expected from now on, of those due and not promised a visit:")
        for one in told.expected:
            expected = _(
                "{school}: {expected} of {pupils} ({percent} percent)",
                school=schools[one.school],
                expected=one.expected,
                pupils=amount(one.due, "pupils"),
                percent=one.percent,
            )
            yield f"  {expected}"
    yield ""


def _missed(one: MakeUp, problem: Problem, plan: Plan) -> Iterator[str]:
    school = next(school for school in problem.schools if school.id == one.school)
    number, due = one.absent + one.failed, sum(one.missed.values())
    values = {
        "school": names_of(problem).schools[one.school],
        "pupils": amount(number, "pupils"),
        "absent": one.absent,
        "failed": one.failed,
    }
    if due == number:
        told = _(
            "{school}: {pupils} ({absent} absent, {failed} without a usable print or photo).",
            **values,
        )
    else:
        told = _(
            "{school}: {pupils} ({absent} absent, {failed} without a usable print or photo); "
            "{due} of them still due.",
            **values,
            due=due,
        )
    yield f"  {told}"
    if one.more_visits:
        changed = _(
            "{visits} allowed and used; changed to {most}, so that they can be visited again.",
            visits=amount(school.max_visits - one.more_visits, "visits"),
            most=school.max_visits,
        )
    else:
        changed = _("Visits are left, nothing is changed.")
    yield f"    {changed}"
    coming = [v for v in plan.visits if v.school == one.school and v.status != "done"]
    for visit in sorted(coming, key=in_order):
        when = f"{short_day(visit.date)} {visit.start:%H:%M}"
        planned = _(
            "Planned already: {when}, {pupils} ({status}).",
            when=when,
            pupils=amount(visit.recorded, "pupils"),
            status=status_in_words(visit),
        )
        yield f"    {planned}"


def _what_next(files: Sequence[Path], plan_file: Path, folder: Path) -> Iterable[str]:
    yield _("Written: {files}", files=", ".join(map(str, files)))
    command = f"ektp-sched replan {files[-1]} {plan_file} -o {folder / 'next'}"
    yield _("To plan with it: {command}", command=command)
    if len(files) > 1:
        yield _(
            "{some} has only the pupils who are expected: make plans with it, and use {all}, "
            "which has all of them, for everything else.",
            some=SOME,
            all=ALL,
        )
