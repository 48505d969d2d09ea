"""VROOM: a job for each school with a time window for each open date, a vehicle for each team-day.

VROOM first collects priorities, which are whole numbers from 0 to 100: a school's is its pupils
on that scale, at least 1. Its search ends by itself, long before the time is up, and knows no
seeds: so it runs again and again with jobs and vehicles in another order, and the best run counts.
"""

import random
import time
from collections.abc import Sequence
from datetime import timedelta

import vroom

from benchmarks.peers.statement import Route, Statement
from benchmarks.record import Job

EXPLORATION = 5  # the most thorough
A_DAY = 24 * 60 * 60  # seconds
TOP = 100


def answer(statement: Statement, job: Job) -> tuple[list[Route], str]:
    """Routes of the best of as many runs as there is time for, with all workers as threads."""
    rng = random.Random(job.seed)
    vehicles, jobs = _vehicles(statement), _jobs(statement)
    end = time.monotonic() + job.seconds
    best: list[Route] = []
    most, runs = -1, 0
    while (left := end - time.monotonic()) > 0:
        routes = _run(statement, vehicles, jobs, timedelta(seconds=left), job.workers)
        pupils = statement.pupils_of(routes)
        if pupils > most:
            best, most = routes, pupils
        runs += 1
        rng.shuffle(vehicles)
        rng.shuffle(jobs)
    return best, f"best of {runs} runs, {job.workers} threads; pupils as priorities 1 to {TOP}"


def _midnights(statement: Statement) -> list[int]:
    """Seconds from the horizon's first midnight to that of each team-day."""
    return [(day.date - statement.problem.start).days * A_DAY for day in statement.team_days]


def _vehicles(statement: Statement) -> list[vroom.Vehicle]:
    step = 60 * statement.problem.time_step
    midnights = _midnights(statement)
    return [
        vroom.Vehicle(
            number,
            start=day.base,
            end=day.base,
            time_window=vroom.TimeWindow(midnight + day.start * step, midnight + day.end * step),
        )
        for number, (day, midnight) in enumerate(zip(statement.team_days, midnights, strict=True))
    ]


def _jobs(statement: Statement) -> list[vroom.Job]:
    step = 60 * statement.problem.time_step
    midnights = _midnights(statement)
    weekdays = {m: day.weekday for day, m in zip(statement.team_days, midnights, strict=True)}
    most = max(statement.pupils)
    jobs = []
    for school, starts in enumerate(statement.starts):
        windows = [
            vroom.TimeWindow(*(midnight + start * step for start in starts[weekday]))
            for midnight, weekday in weekdays.items()
            if weekday in starts
        ]
        if windows:
            visit = vroom.Job(
                school,
                location=statement.bases + school,
                default_service=statement.stays[school] * step,
                priority=max(1, round(TOP * statement.pupils[school] / most)),
                time_windows=windows,
            )
            jobs.append(visit)
    return jobs


def _run(
    statement: Statement,
    vehicles: Sequence[vroom.Vehicle],
    jobs: Sequence[vroom.Job],
    limit: timedelta,
    threads: int,
) -> list[Route]:
    step, midnights = 60 * statement.problem.time_step, _midnights(statement)
    model = vroom.Input()
    model.set_durations_matrix("car", statement.travel * step)
    model.add_vehicle(vehicles)
    model.add_job(jobs)
    solution = model.solve(EXPLORATION, nb_threads=threads, timeout=limit)
    found = []
    for route in solution.to_dict()["routes"]:
        number = route["vehicle"]
        stops = [
            (stop["id"], (stop["arrival"] + stop["waiting_time"] - midnights[number]) // step)
            for stop in route["steps"]
            if stop["type"] == "job"
        ]
        found.append((number, stops))
    return found
