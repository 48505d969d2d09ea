"""``ektp-sched call-up``: which class comes when, as lists to read out or to send on."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ektp_sched.cli.asked import school_asked
from ektp_sched.cli.streams import say_text
from ektp_sched.desk.call_up import CallUp, call_up
from ektp_sched.domain import Problem
from ektp_sched.io import load_plan, load_problem
from ektp_sched.rulebook.words import amount, day_in_words, names

NOBODY = "No visit still to be done, so nobody is called."


def say_call_up(
    problem_file: Path, plan_file: Path, *, school: str | None, size: int, as_json: bool
) -> None:
    """Read, make the lists, print."""
    problem = load_problem(problem_file)
    plan = load_plan(plan_file, problem)
    asked = None if school is None else school_asked(problem, school)
    calls = call_up(problem, plan, school=asked, size=size)
    if as_json:
        rows = [call.model_dump(mode="json") for call in calls]
        say_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    else:
        lists = (_one_visit(list(visit), problem) for _, visit in groupby(calls, _visit_of))
        say_text("\n".join("\n".join(lines) + "\n" for lines in lists) or NOBODY + "\n")


def _visit_of(call: CallUp) -> tuple[object, ...]:
    return call.school, call.team, call.date, call.visit_start


def _one_visit(calls: Sequence[CallUp], problem: Problem) -> Iterator[str]:
    """One visit as plain lines that can be pasted into a message."""
    first = calls[0]
    pupils = sum(call.pupils for call in calls)
    yield names(problem.schools)[first.school]
    yield (
        f"{day_in_words(first.date)}, {names(problem.teams)[first.team]}; the team comes at "
        f"{first.visit_start:%H:%M} and sets up; {amount(pupils, 'pupils')}:"
    )
    for call in calls:
        yield (
            f"  {call.start:%H:%M}  {call.cohort}: {amount(call.pupils, 'pupils')}, "
            f"done by {call.end:%H:%M}{_lessons(call)}"
        )


def _lessons(call: CallUp) -> str:
    lost = call.lesson_minutes
    return "" if lost is None else f", at most {amount(lost, 'minutes')} of lessons missed"
