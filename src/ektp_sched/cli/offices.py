"""``ektp-sched offices``: share out, plan, write, print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import RenderableType
from rich.table import Table

from ektp_sched.cli.files import outputs_in, tell_of, write
from ektp_sched.cli.interrupts import Interrupts
from ektp_sched.cli.options import Deterministic, Gap, Json, Lang, Replace, Seed
from ektp_sched.cli.progress import watching
from ektp_sched.cli.searching import GapOptions
from ektp_sched.cli.streams import say, say_text, tell
from ektp_sched.domain import Delivery, Plan, Problem
from ektp_sched.engine.budget import CancelToken
from ektp_sched.errors import Complaint, FileError, InputError, RequestError, extra
from ektp_sched.files import load_problem
from ektp_sched.files.file_names import file_stems
from ektp_sched.files.json_files import json_of
from ektp_sched.offices import OfficePlan, Pool, Rule, Sharing, load_pool, plan_offices, share_out
from ektp_sched.offices.planning import NOT_FOUND, PLAN, with_deliveries
from ektp_sched.offices.pool import deliveries_of
from ektp_sched.offices.record import CountryRecord, FloorRecord, OfficeRecord, floors_of, record_of
from ektp_sched.report import write_page
from ektp_sched.report.country import country_page, country_workbook
from ektp_sched.solve import Result
from ektp_sched.texts.language import N_, _, ngettext, number, spoken_language


def verb(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="A folder with the problem of each office: .json or .xlsx.")
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="Folder for plans and summaries; go on in it later."),
    ],
    pool: Annotated[
        Path | None, typer.Option(help="A pool of blank cards (JSON) to share out first.")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(help="Seconds in all; with a pool, half of them to share it out.")
    ] = 600,
    gap: Gap = 0.001,
    seed: Seed = 0,
    deterministic: Deterministic = False,
    workers: Annotated[
        int | None, typer.Option(help="Offices at once on this machine; all cores by default.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Address of a Dask cluster to work on instead (extra `cluster`)."),
    ] = None,
    pages: Annotated[
        bool, typer.Option(help="Write a page of each office, too; about 0.6 MB each.")
    ] = True,
    replace: Replace = False,
    as_json: Json = False,
    _lang: Lang = None,
) -> int:
    """Plan all offices of a folder, with a summary as page and workbook.

    Run it again to go on where it was stopped: what is finished and unchanged is not planned again.
    Needs the extras `excel` and `report`.
    """
    if workers is not None and scheduler is not None:
        message = "Give --workers or --scheduler, not both"
        raise typer.BadParameter(message, ctx=context)
    hands = hands_here(workers)
    if scheduler is not None:
        hands = hands_at(scheduler)
    options = OfficesOptions(
        time_limit=time_limit,
        gap=gap,
        seed=seed,
        workers=workers,
        deterministic=deterministic,
        pages=pages,
        replace=replace,
    )
    return plan_folder(
        folder, output, pool, options, hands, as_json=as_json, interrupts=context.obj
    )


MOST_FAILED = 20
RULE_WORDS: dict[Rule, str] = {
    "pupils": N_("by pupils"),
    "requests": N_("by requests"),
    "first_come": N_("first come, first served"),
}


def country_in_words(country: CountryRecord, *, waiting: int) -> Iterator[RenderableType]:
    """Totals, the sharing if there is one, and offices without a plan.

    Parameters
    ----------
    waiting
        Offices that were not begun.
    """
    planned = len(country.offices) - len(country.failed)
    yield _(
        "{planned} of {offices} offices have a plan.",
        planned=planned,
        offices=len(country.offices) + waiting,
    )
    yield _totals(country)
    if country.sharing is not None:
        yield ""
        yield from _sharing(country.sharing, country.floors)
    if country.failed:
        yield ""
        yield from _failed(_("Without a plan:"), country.failed)
    if country.not_planned:
        yield ""
        yield from _failed(
            _("Not planned anew, their plans stand as a person changed them:"), country.not_planned
        )
    if country.not_shared:
        yield ""
        yield from _failed(_("Without a plan while the pool was shared out:"), country.not_shared)
    if waiting:
        yield ""
        yield ngettext(
            "{n} office was not begun. The same command goes on where this one stopped.",
            "{n} offices were not begun. The same command goes on where this one stopped.",
            waiting,
        )


def _failed(title: str, offices: tuple[OfficeRecord, ...]) -> Iterator[RenderableType]:
    yield title
    for one in offices[:MOST_FAILED]:
        yield f"  {one.office}: {one.failure_in_short}"
    if (more := len(offices) - MOST_FAILED) > 0:
        yield _("  and {more} more", more=more)


def _totals(country: CountryRecord) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    left = country.total("left")
    table.add_row(_("Schools"), number(country.total("schools")))
    table.add_row(_("Pupils due"), number(country.total("pupils")))
    table.add_row(_("Pupils recorded"), number(country.total("recorded")))
    table.add_row(_("Pupils left"), number(left))
    table.add_row(_("Bound on pupils recorded"), number(country.total("bound")))
    table.add_row(_("Gap"), number(country.gap, ".2%"))
    table.add_row(_("Blank cards for schools"), number(country.total("blanks")))
    table.add_row(_("Of these drawn"), number(country.total("drawn")))
    return table


def _sharing(sharing: Sharing, floors: tuple[FloorRecord, ...]) -> Iterator[RenderableType]:
    cards = sum(one.cards for one in sharing.shipments if one.confirmed)
    yield _(
        "The pool: {cards} cards shared out, for {pupils} pupils in all its offices; no sharing "
        "records more than {bound}.",
        cards=cards,
        pupils=sharing.pupils,
        bound=sharing.bound,
    )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(_("As offices do today"))
    for name in (_("Pupils"), _("Fewer"), _("At most")):
        table.add_column(name, justify="right", no_wrap=True)
    for rule in sharing.rules:
        fewer = number(sharing.pupils - rule.pupils)
        table.add_row(_(RULE_WORDS[rule.rule]), number(rule.pupils), fewer, number(rule.bound))
    yield table
    if floors:
        kept = sum(floor.cards >= floor.least for floor in floors)
        yield _("Floors of provinces kept: {kept} of {all}.", kept=kept, all=len(floors))


NO_PLAN = 1
JSON, WORKBOOK, PAGE, OFFICE_PAGE = "offices.json", "offices.xlsx", "offices.html", "report.html"
ENDINGS = frozenset({".json", ".xlsx"})
HEAD_BYTES = 64  # of a page, in which its language stands
SHARING_PART = 0.5  # of the time, where there is a pool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficesOptions(GapOptions):
    """The options of a run over many offices; `workers` are offices at once."""

    pages: bool
    replace: bool


Hands = tuple[Executor | None, int | None]
"""Who does the work (by default processes on this machine), and how many offices at once."""


def hands_here(workers: int | None) -> AbstractContextManager[Hands]:
    """Processes on this machine, so many at once."""
    return nullcontext((None, workers))


def plan_folder(
    folder: Path,
    output: Path,
    pool_file: Path | None,
    options: OfficesOptions,
    hands: AbstractContextManager[Hands],
    *,
    as_json: bool,
    interrupts: Interrupts,
) -> int:
    """Plan all offices of a folder; 1 if one has no plan, or no part in the sharing."""
    pool = load_pool(pool_file) if pool_file else None
    files = _problems(folder, pool_file)
    if output.exists() and output.samefile(folder):
        what = _("plans would be written among the problems")
        raise FileError([Complaint("", what, _("Choose another folder."))], source=str(output))
    inputs = [*files.values(), *([pool_file] if pool_file else [])]
    names = (JSON, WORKBOOK, PAGE)
    outputs = outputs_in(output, names, inputs=inputs, replace=options.replace)
    pages = _pages(output, files)
    with hands as (executor, workers):
        run = _Run(files, output, pages, options, executor, workers, interrupts)
        sharing = None if pool is None else run.share(pool)
        records = tuple(run.plan(pool, sharing))
    country = CountryRecord(
        offices=tuple(sorted(records, key=lambda one: one.office)),
        sharing=sharing,
        floors=() if pool is None or sharing is None else floors_of(pool, sharing),
    )
    told = json_of(country)
    summaries: dict[Path, str | bytes | None] = {
        output / JSON: told,
        output / WORKBOOK: country_workbook(country, spoken_language()),
        output / PAGE: country_page(country, links=_links(country, pages, output)),
    }
    write(outputs, summaries)
    if as_json:
        say_text(told)
    else:
        say(
            *country_in_words(country, waiting=len(files) - len(records)),
            *_written([*summaries][1:]),
        )
    lost = country.failed or country.not_planned or (sharing is not None and sharing.failures)
    return NO_PLAN if lost or len(records) < len(files) else 0


@dataclass(frozen=True, slots=True)
class _OfficePage:
    """The page of an office, in the folder of its plan."""

    home: Path

    @property
    def path(self) -> Path:
        """Its file."""
        return self.home / OFFICE_PAGE

    @property
    def is_fresh(self) -> bool:
        """Whether it is there, not older than the plan, and in the language spoken."""
        try:
            written = self.path.stat().st_mtime_ns
            with self.path.open("rb") as page:
                head = page.read(HEAD_BYTES)
            current = written >= (self.home / PLAN).stat().st_mtime_ns
        except OSError:
            return False
        return current and f'lang="{spoken_language()}"'.encode() in head


@dataclass(frozen=True, slots=True)
class _Run:
    """The work of one command."""

    files: Mapping[str, Path]
    output: Path
    pages: Mapping[str, _OfficePage]
    options: OfficesOptions
    executor: Executor | None
    workers: int | None
    interrupts: Interrupts

    def share(self, pool: Pool) -> Sharing:
        """Share the pool out; Ctrl-C breaks off, what was found out stays in the folder."""
        seconds = self.options.time_limit * SHARING_PART
        with watching(seconds, len(self.files)) as watch:
            return share_out(
                pool,
                self.files,
                time_limit=seconds,
                executor=self.executor,
                workers=self.workers,
                folder=self.output,
                gap=self.options.gap,
                seed=self.options.seed,
                deterministic=self.options.deterministic,
                replace=self.options.replace,
                on_progress=watch.sharing,
            )

    def plan(self, pool: Pool | None, sharing: Sharing | None) -> Iterator[OfficeRecord]:
        """Plan office after office; Ctrl-C waits for those in work and begins no more."""
        part = 1.0 if sharing is None else 1.0 - SHARING_PART
        seconds, token = self.options.time_limit * part, CancelToken()
        provinces = {one.office: one.province for one in (pool.offices if pool else ())}
        shipments = () if sharing is None else sharing.shipments
        sent = deliveries_of(shipments)
        with watching(seconds, len(self.files)) as watch, self.interrupts.cancelling(token):
            for done in plan_offices(
                self.files,
                time_limit=seconds,
                executor=self.executor,
                workers=self.workers,
                folder=self.output,
                gap=self.options.gap,
                seed=self.options.seed,
                deterministic=self.options.deterministic,
                replace=self.options.replace,
                shipments=shipments,
                warm_starts=None if sharing is None else sharing.plans,
                cancel=token,
            ):
                province = provinces.get(done.office, "")
                record = self._record(done, province, sent[done.office])
                watch.planned(record)
                yield record

    def _record(self, done: OfficePlan, province: str, sent: Sequence[Delivery]) -> OfficeRecord:
        """An office's figures; its page is written beside its plan."""
        cards = sum(one.cards for one in sent if one.confirmed)
        try:
            problem = with_deliveries(load_problem(self.files[done.office]), sent)
            record = record_of(problem, done, province=province, sent=cards)
        except InputError as error:  # the file may have been changed meanwhile
            return OfficeRecord(office=done.office, province=province, failure=str(error))
        plan = None if done.result is None else done.result.plan
        if plan is None and done.standing is None:
            return record.model_copy(update={"failure": done.failure or _(NOT_FOUND)})
        tell_of(done.copies)
        page = self.pages[done.office]
        if plan is not None and self.options.pages and not page.is_fresh:
            self._write_page(page.path, problem, plan, done.result)
        return record

    def _write_page(self, path: Path, problem: Problem, plan: Plan, result: Result | None) -> None:
        """Write an office's page; one that a person has changed stays, and is told of."""
        try:
            copy = write_page(
                problem,
                plan,
                path,
                result=result,
                language=spoken_language(),
                replace=self.options.replace,
            )
        except FileError as error:
            for complaint in error.complaints:
                tell(_("warning: {what}", what=complaint))
        else:
            tell_of([copy])


def _problems(folder: Path, pool_file: Path | None) -> dict[str, Path]:
    """The problem files of a folder, by office.

    Raises
    ------
    FileError
        The folder cannot be read, has no problem, or two of one name.
    """
    try:
        found = [one for one in folder.iterdir() if one.suffix.lower() in ENDINGS]
    except OSError as error:
        what = _("cannot read: {reason}", reason=error.strerror)
        remedy = _("Give the folder in which the problems are.")
        raise FileError([Complaint("", what, remedy)], source=str(folder)) from error
    pool = None if pool_file is None else pool_file.resolve()
    # Excel keeps a file ~$NAME beside one that is open.
    files = sorted(
        (one for one in found if not one.name.startswith("~$") and one.resolve() != pool),
        key=lambda one: (one.stem, one.name),
    )
    if not files:
        remedy = _("Put the problem of each office there, as .json or .xlsx.")
        raise FileError([Complaint("", _("no problem is there"), remedy)], source=str(folder))
    for office, (first, *others) in groupby(files, key=lambda one: one.stem):
        if others:
            what = _(
                "{first} and {other} are both of {office}",
                first=first.name,
                other=others[0].name,
                office=office,
            )
            remedy = _("Keep one of them, or rename it.")
            raise FileError([Complaint("", what, remedy)], source=str(folder))
    return {one.stem: one for one in files}


def _pages(output: Path, files: Iterable[str]) -> dict[str, _OfficePage]:
    """The page of each office, in its folder as plan_offices() names it."""
    stems = file_stems(dict.fromkeys(files, ""))
    return {office: _OfficePage(output / stem) for office, stem in stems.items()}


def _links(
    country: CountryRecord, pages: Mapping[str, _OfficePage], output: Path
) -> dict[str, str]:
    """Pages of offices that have a plan, as seen from the summary."""
    planned = [one.office for one in country.offices if not one.failure]
    return {
        office: pages[office].path.relative_to(output).as_posix()
        for office in planned
        if pages[office].is_fresh
    }


def _written(files: Iterable[Path]) -> Iterator[RenderableType]:
    yield ""
    yield _("Written: {files}", files=", ".join(map(str, files)))


with extra("cluster"):
    from distributed import Client

ANSWER_SECONDS = 30


@contextmanager
def hands_at(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of a cluster, and how many offices it takes at once.

    Raises
    ------
    RequestError
        No scheduler answers at that address, or it has no worker.
    """
    with ExitStack() as stack:
        try:
            client = stack.enter_context(Client(address, timeout=ANSWER_SECONDS))
            client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except (OSError, ValueError) as error:  # TimeoutError is an OSError
            what = _("no cluster works at {address}: {reason}", address=address, reason=error)
            remedy = _("Give the address that the scheduler tells as it starts; start workers.")
            raise RequestError([Complaint("", what, remedy)], source="--scheduler") from error
        yield client.get_executor(), sum(client.nthreads().values())
