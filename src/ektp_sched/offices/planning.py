"""plan_offices(): independent offices, each planned in a process of its own."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from ektp_sched.desk.replan.standing import still_allowed
from ektp_sched.domain import Delivery, Plan, Problem
from ektp_sched.engine.budget import CancelToken
from ektp_sched.errors import EktpSchedError, FileError, InputError
from ektp_sched.files import load_plan, load_problem, load_result, make_folder, result_json
from ektp_sched.files.file_names import file_stems
from ektp_sched.files.json_files import json_of, read_plan
from ektp_sched.files.outputs import Outputs, finish_writing
from ektp_sched.offices.crew import Turns, hands_of
from ektp_sched.offices.pool import Shipment, deliveries_of
from ektp_sched.rulebook import check
from ektp_sched.solve import Result, solve
from ektp_sched.solve.settings import Settings, available_cores
from ektp_sched.texts.language import N_, Language, _, speaking, spoken_language

NOT_FOUND = N_("no plan was found; `ektp-sched plan` tells more")
# By the name of the exception: those of Dask are there only where it is installed.
_WORDS = {
    "BrokenProcessPool": N_("the process that planned it died"),
    "CancelledError": N_("the cluster gave it up or was lost"),
    "KilledWorker": N_("every process of the cluster that tried to plan it died"),
    "MemoryError": N_("it needs more memory than there is"),
}


def reason_of(error: Exception) -> str:
    """What to tell of an error; where it is none of ours, with its name and message."""
    if isinstance(error, EktpSchedError):
        return str(error)
    name = type(error).__name__
    said = f"{name}: {error}" if str(error) else name
    known = next(
        (_WORDS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in _WORDS), None
    )
    return said if known is None else f"{_(known)} ({said})"


PLAN, RESULT, MARK = "plan.json", "result.json", "problem.sha256"

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OfficePlan:
    """What became of an office.

    Parameters
    ----------
    result
        None where the office failed; `failure` then says why.
    resumed
        The result was in the folder already.
    copies
        Dated copies of files of the folder that were replaced.
    standing
        The plan in the folder, where a person made or changed what stands there, so that it was not
        planned anew; `failure` then tells what stands in the way.
    """

    office: str
    result: Result | None
    failure: str = ""
    resumed: bool = False
    copies: tuple[Path, ...] = ()
    standing: Plan | None = None


def plan_offices(
    offices: Mapping[str, Problem | Path],
    *,
    time_limit: float,
    executor: Executor | None = None,
    workers: int | None = None,
    folder: Path | None = None,
    gap: float = 0.001,
    seed: int = 0,
    deterministic: bool = False,
    shipments: Iterable[Shipment] = (),
    warm_starts: Mapping[str, Plan] | None = None,
    replace: bool = False,
    cancel: CancelToken | None = None,
) -> Generator[OfficePlan, None, None]:
    """Plan offices that have nothing in common, the largest first; yield each as it is done.

    What fails in one office is told in its place and stops no other. Closing the generator begins
    no more offices; processes of its own end their work first.

    Parameters
    ----------
    offices
        Problems, or the files they are in (.json or .xlsx), by the name of the office.
    time_limit
        Seconds for all, shared out by the number of schools (and a fixed part for each office);
        what an office does not use is there for those after it. In a deterministic run: units of
        work, all shared out beforehand.
    executor
        Does the work; by default processes on this machine. Problems travel to it, no files.
    workers
        Offices at once; all cores by default.
    folder
        Keeps each office's plan.json and result.json in a folder of its name. An office whose
        problem is as it was when they were written is not planned again, unless its plan was
        cancelled. A plan that is there is where the next one begins; a deterministic run takes only
        one that was cancelled.
    gap, seed, deterministic
        As in solve().
    shipments
        Blank cards sent to the offices (see share_out()), beside the deliveries of their own.
    warm_starts
        Plans to start from, by office.
    replace
        Replace plans in the folder also where a person made or changed them; dated copies are kept.
        Otherwise such an office fails, before any is planned.
    cancel
        Begins no more offices once it is cancelled; those in work are yielded when they are done.

    Raises
    ------
    SettingsError
        A number is out of range.
    FileError
        The folder cannot be written.
    """
    crew = available_cores() if workers is None else workers
    settings = Settings(time_limit, gap, seed, crew, deterministic)
    sent = deliveries_of(shipments)
    starts, token = warm_starts or {}, cancel or CancelToken()
    run = _Run(offices, settings, folder, sent, starts, replace, token)
    with hands_of(executor, crew) as hands:
        yield from run.plans(hands)


@dataclass(slots=True)
class _Run:
    """One call of plan_offices()."""

    offices: Mapping[str, Problem | Path]
    settings: Settings
    folder: Path | None
    sent: Mapping[str, Sequence[Delivery]]
    warm_starts: Mapping[str, Plan]
    replace: bool
    cancel: CancelToken
    stems: Mapping[str, str] = field(init=False)  # names of the offices' folders
    fingerprints: dict[str, str] = field(default_factory=dict)  # of offices in work

    def __post_init__(self) -> None:
        self.stems = file_stems(dict.fromkeys(self.offices, ""))

    def plans(self, executor: Executor) -> Iterator[OfficePlan]:
        """What became of each office."""
        sizes: dict[str, int] = {}
        if self.folder is not None:
            make_folder(self.folder)
        turns = Turns(sizes, self.settings, partial(self._submit, executor), self.cancel)
        yield from self._without_work(sizes)
        for office, outcome in turns.outcomes():
            yield self._kept(office, outcome)

    def _read(self, office: str) -> Problem:
        """An office's problem with the blanks that it is sent."""
        source = self.offices[office]
        problem = source if isinstance(source, Problem) else load_problem(source)
        return with_deliveries(problem, self.sent.get(office, ()))

    def _without_work(self, sizes: dict[str, int]) -> Iterator[OfficePlan]:
        """Offices that cannot be read or are in the folder; the sizes of the others, which wait."""
        for office in self.offices:
            try:
                problem = self._read(office)
            except InputError as error:
                yield OfficePlan(office, None, str(error))
                continue
            known = self._known(office, problem)
            if known is not None:
                yield OfficePlan(office, known, resumed=True)
            elif told := self._in_the_way(office):
                yield OfficePlan(office, None, told, standing=self._standing(office, problem))
            else:
                sizes[office] = len(problem.schools)

    def _submit(self, executor: Executor, office: str, share: float) -> Future[Result]:
        problem = self._read(office)
        start = self.warm_starts.get(office) or self._former(office, problem)
        self.fingerprints[office] = problem.fingerprint
        told = spoken_language()
        return executor.submit(in_language, told, _plan, problem, share, self.settings, start)

    def _kept(self, office: str, outcome: Result | Exception) -> OfficePlan:
        """An office's outcome, once its plan is in the folder."""
        if isinstance(outcome, Exception):
            return OfficePlan(office, None, reason_of(outcome))
        if self.folder is None or outcome.plan is None:
            return OfficePlan(office, outcome)
        home, fingerprint = self._home(self.folder, office), self.fingerprints.pop(office)
        finished = outcome.stopped_by != "cancelled"
        files = {
            home / PLAN: json_of(outcome.plan).encode(),
            home / RESULT: result_json(outcome).encode(),
            home / MARK: f"{fingerprint}\n".encode() if finished else None,
        }
        receipt = self._outputs(home, new_folders=True).write(files, rescue=True)
        return OfficePlan(office, outcome, copies=receipt.copies)

    def _outputs(self, home: Path, *, new_folders: bool) -> Outputs:
        paths = [home / name for name in (PLAN, RESULT, MARK)]
        return Outputs(paths, replace=self.replace, new_folders=new_folders)

    def _in_the_way(self, office: str) -> str:
        """What keeps an office's plan from being written, before it is made; "" for nothing."""
        if self.folder is None:
            return ""
        home = self._home(self.folder, office)
        if not os.path.lexists(home):
            return ""
        try:
            self._outputs(home, new_folders=False).check()
        except FileError as error:
            return str(error)
        return ""

    def _standing(self, office: str, problem: Problem) -> Plan | None:
        """The plan in the folder, None where there is none that the problem allows."""
        if self.folder is None:
            return None
        try:
            plan = load_plan(self._home(self.folder, office) / PLAN, problem)
        except InputError:
            return None
        return plan if check(problem, plan).ok else None

    def _known(self, office: str, problem: Problem) -> Result | None:
        """The result in the folder, None where there is none of this very problem."""
        if self.folder is None:
            return None
        home = self._home(self.folder, office)
        finish_writing(home / MARK)
        try:
            if home.is_dir() and self._outputs(home, new_folders=False).is_edited:
                return None
            if (home / MARK).read_bytes().decode().strip() != problem.fingerprint:
                return None
            return load_result(home / RESULT, load_plan(home / PLAN, problem))
        except (OSError, UnicodeDecodeError, InputError):
            return None

    def _former(self, office: str, problem: Problem) -> Plan | None:
        """What a plan in the folder is still good for, None where there is none."""
        if self.folder is None:
            return None
        home = self._home(self.folder, office)
        if self.settings.deterministic and (home / MARK).exists():
            return None
        try:
            return still_allowed(problem, problem.known_part(read_plan(home / PLAN)))
        except InputError:
            return None

    def _home(self, folder: Path, office: str) -> Path:
        return folder / self.stems[office]


def with_deliveries(problem: Problem, more: Sequence[Delivery]) -> Problem:
    """The problem with these deliveries beside its own; those before it are there as it begins."""
    sent = (one.model_copy(update={"date": max(one.date, problem.start)}) for one in more)
    deliveries = (*problem.stock.deliveries, *sent)
    stock = problem.stock.model_copy(update={"deliveries": deliveries})
    return problem.model_copy(update={"stock": stock})


def in_language(language: Language, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do work elsewhere in the language that is spoken here."""
    with speaking(language):
        return work(*args, **kwargs)


def _plan(problem: Problem, share: float, settings: Settings, start: Plan | None) -> Result:
    """The work of an executor."""
    return solve(
        problem,
        time_limit=share,
        gap=settings.gap,
        seed=settings.seed,
        workers=1,
        deterministic=settings.deterministic,
        warm_start=start,
    )
