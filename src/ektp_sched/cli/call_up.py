"""``ektp-sched call-up``: which class comes when, as lists to read out or to send on."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ektp_sched.cli.streams import say_text
from ektp_sched.desk.call_up import CallUp, call_up
from ektp_sched.domain import Problem
from ektp_sched.io import load_plan, load_problem
from ektp_sched.language import N_, _
from ektp_sched.rulebook.words import amount, day_in_words, names

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
