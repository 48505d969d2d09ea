"""``ektp-sched call-up``: which class comes when, as lists to read out or to send on."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.options import Json, Lang, PlanFile, ProblemFile
from ektp_sched.cli.streams import say_text
from ektp_sched.desk.call_up import CallUp, call_up
from ektp_sched.domain import Problem
from ektp_sched.domain.words import amount, day_in_words, names
from ektp_sched.files import load_plan, load_problem
from ektp_sched.texts.language import N_, _


def verb(
    problem: ProblemFile,
    plan: PlanFile,
    school: Annotated[
        str | None, typer.Option(help="A school's NPSN or name; all schools by default.")
    ] = None,
    size: Annotated[int, typer.Option(help="Pupils called at once, at most.")] = 10,
    as_json: Json = False,
    _lang: Lang = None,
) -> None:
    """Say which class comes when, for each visit: a list to read out or to send on."""
    say_call_up(problem, plan, school=school, size=size, as_json=as_json)


NOBODY = N_("No visit still to be done, so nobody is called.")


def say_call_up(
    problem_file: Path, plan_file: Path, *, school: str | None, size: int, as_json: bool
) -> None:
    """Read, make the lists, print."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    asked = None if school is None else problem.school(school).id
    calls = call_up(problem, plan, school=asked, size=size)
    if as_json:
        rows = [call.model_dump(mode="json") for call in calls]
        say_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    else:
        lists = (_one_visit(list(visit), problem) for _, visit in groupby(calls, _visit_of))
        say_text("\n".join("\n".join(lines) + "\n" for lines in lists) or _(NOBODY) + "\n")


def _visit_of(call: CallUp) -> tuple[object, ...]:
    return call.school, call.team, call.date, call.visit_start


def _one_visit(calls: Sequence[CallUp], problem: Problem) -> Iterator[str]:
    """One visit as plain lines that can be pasted into a message."""
    first = calls[0]
    pupils = sum(call.pupils for call in calls)
    yield names(problem.schools)[first.school]
    yield _(
        "{day}, {team}; the team comes at {start} and sets up; {pupils}:",
        day=day_in_words(first.date),
        team=names(problem.teams)[first.team],
        start=first.visit_start,
        pupils=amount(pupils, "pupils"),
    )
    for call in calls:
        told = _(
            "{start}  {cohort}: {pupils}, done by {end}",
            start=call.start,
            cohort=call.cohort,
            pupils=amount(call.pupils, "pupils"),
            end=call.end,
        )
        yield f"  {told}{_lessons(call)}"


def _lessons(call: CallUp) -> str:
    lost = call.lesson_minutes
    if lost is None:
        return ""
    return _(", at most {minutes} of lessons missed", minutes=amount(lost, "minutes"))
