"""The command line: parse, call, print."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.live import Live

from benchmarks import harness, machine, profiling, table
from benchmarks.generate import Country
from benchmarks.peers import PEERS
from benchmarks.published.catalogue import DataError
from benchmarks.published.standing import standings
from benchmarks.record import OURS, Entry, Job, Record
from benchmarks.suites import SUITES, Suite
from ektp_sched.domain import Problem

WIDTH = 136  # characters that a row takes

app = typer.Typer(no_args_is_help=True, add_completion=False)

SuiteName = Annotated[str, typer.Option("--suite", help=f"One of: {', '.join(SUITES)}.")]
Size = Annotated[str, typer.Option(help="Schools x teams x days, as in 300x6x20.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="A JSON file to write.")]


@app.command()
def run(
    suite: SuiteName,
    size: Annotated[str, typer.Option(help="Cases, comma-separated; all by default.")] = "",
    time_limit: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds a solve; by default the suite's own.")
    ] = None,
    seed: Annotated[str, typer.Option(help="Seeds, comma-separated.")] = "0",
    workers: Annotated[int | None, typer.Option(min=1, help="All cores by default.")] = None,
    peers: Annotated[str, typer.Option(help=f"Of {', '.join(PEERS)}, comma-separated.")] = "",
    gap: Annotated[
        float | None, typer.Option(min=0, max=1, help="By default the suite's own.")
    ] = None,
    deterministic: Annotated[
        bool, typer.Option("--deterministic", help="Count units of work for seconds.")
    ] = False,
    data: Annotated[
        Path | None, typer.Option(help="Folder of instances, for the suite published.")
    ] = None,
    output: Output = None,
) -> None:
    """Solve cases one after the other, each in a fresh process, and print what was reached."""
    chosen = _with_cases(_suite(suite), data)
    names = _names(size, lambda name: bool(chosen.named(name)), "--size")
    cases = [case for name in names for case in chosen.named(name)] or list(chosen.cases)
    if deterministic and peers:
        raise typer.BadParameter("peers count seconds only.", param_hint="--deterministic")
    solvers = [OURS, *_names(peers, lambda peer: chosen.peers and peer in PEERS, "--peers")]
    jobs = [
        Job(
            suite=suite,
            case=case,
            seed=number,
            solver=solver,
            seconds=time_limit or chosen.seconds(case),
            gap=chosen.gap if gap is None else gap,
            workers=workers or machine.cores(),
            deterministic=deterministic,
            data="" if data is None else str(data.resolve()),
            target=chosen.targets.get(case),
        )
        for case in cases
        for number in _seeds(seed)
        for solver in solvers
    ]
    entries = _measure(suite, jobs)
    if output is not None:
        record = Record(
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            command=" ".join(["python -m benchmarks", *sys.argv[1:]]),
            versions=machine.versions(),
            machine=machine.machine(),
            entries=tuple(entries),
            standings=standings(entries),
        )
        _write(output, record)
    if any(entry.outcome.faults for entry in entries):
        raise typer.Exit(1)


@app.command()
def make(
    suite: SuiteName,
    size: Size,
    output: Annotated[Path, typer.Option("--output", "-o", help="The problem file to write.")],
    seed: Annotated[int, typer.Option(min=0)] = 0,
) -> None:
    """Write the problem of a case, for `ektp-sched plan` or for a look at it."""
    _write(output, _made(suite, size, seed))


@app.command()
def country(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder; made if new.")],
    size: Annotated[int, typer.Option(min=1, help="Offices; 514 are the whole country.")] = 514,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    pool: Annotated[Path | None, typer.Option(help="File for a pool of blank cards.")] = None,
) -> None:
    """Write the problems of a country's offices, one file each."""
    output.mkdir(parents=True, exist_ok=True)
    made = Country(size, seed)
    for name, problem in made.offices():
        _write(output / f"{name}.json", problem)
    if pool is not None:
        _write(pool, made.pool())


@app.command()
def profile(
    suite: SuiteName,
    size: Size,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds of the solve.")] = 30,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    workers: Annotated[int | None, typer.Option(min=1, help="All cores by default.")] = None,
) -> None:
    """Tell where the time of a solve goes."""
    problem = _made(suite, size, seed)
    workers = workers or machine.cores()
    spent = profiling.profile(problem, seconds=time_limit, workers=workers)
    Console().print(table.profile_table(f"{problem.name}, {workers} workers", spent))


def _write(file: Path, value: BaseModel) -> None:
    file.write_text(value.model_dump_json(indent=1) + "\n", encoding="utf-8")


def _made(suite: str, size: str, seed: int) -> Problem:
    make_problem = _suite(suite).make
    if make_problem is None:
        raise typer.BadParameter(f"{suite!r} is no suite of made problems.", param_hint="--suite")
    try:
        return make_problem(size, seed)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--size") from None


def _measure(suite: str, jobs: list[Job]) -> list[Entry]:
    """Do the jobs; the table grows row by row where it is seen by a person."""
    console = Console()
    console.width = max(console.width, WIDTH)
    with console.status("letting numba compile, once for all"):
        harness.warm_up(jobs[0].workers)
    entries: list[Entry] = []
    title = f"suite {suite}, {jobs[0].workers} workers"
    rows = table.new_table(title, targets=jobs[0].target is not None)
    with Live(rows, console=console, vertical_overflow="visible"):
        for entry in harness.run_all(jobs):
            entries.append(entry)
            table.add(rows, entry)
    for line in (line for entry in entries for line in table.remarks(entry)):
        console.print(line, highlight=False)
    if stand := standings(entries):
        console.print(table.standing_table(stand))
    return entries


def _suite(name: str) -> Suite:
    if name not in SUITES:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(SUITES)}.", param_hint="--suite")
    return SUITES[name]


def _with_cases(suite: Suite, data: Path | None) -> Suite:
    """The suite itself or, where its cases are files, that of the files in a folder."""
    if suite.reads is None:
        if data is not None:
            raise typer.BadParameter(f"{suite.name!r} reads no files.", param_hint="--data")
        return suite
    if data is None:
        raise typer.BadParameter(f"{suite.name!r} needs a folder of files.", param_hint="--data")
    try:
        return suite.reads(data)
    except DataError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from None


def _names(text: str, takes: Callable[[str], bool], option: str) -> list[str]:
    """The names in a comma-separated list."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if not takes(name):
            raise typer.BadParameter(f"this suite has no {name!r}.", param_hint=option)
    return names


def _seeds(text: str) -> list[int]:
    numbers = [number.strip() for number in text.split(",")]
    if not all(number.isdecimal() for number in numbers):
        raise typer.BadParameter(f"{text!r} are no whole numbers.", param_hint="--seed")
    return [int(number) for number in numbers]
