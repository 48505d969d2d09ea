"""plan_offices(): independent offices, each planned in a process of its own."""

import hashlib
import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from ektp_sched.domain import Delivery, Plan, Problem
from ektp_sched.errors import InputError
from ektp_sched.io import load_plan, load_problem, load_result, save_plan, save_result
from ektp_sched.io.file_names import file_stems
from ektp_sched.io.text_files import write_text_atomically
from ektp_sched.offices.crew import Crew
from ektp_sched.offices.faults import reason_of
from ektp_sched.offices.sharing import Shipment
from ektp_sched.solve import Result, solve
from ektp_sched.solve.settings import Settings, available_cores

# An office takes time as so many schools do, however few it has: one of ten needs a second or so.
FIRST_SCHOOLS = 16
LEAST_SECONDS = 0.2  # for an office whose turn comes when the time is over
LATE_SECONDS = 0.1  # that an office takes beyond its share: to travel, to be built, to be written


@dataclass(frozen=True, slots=True)
class OfficePlan:
    """What became of an office.

    Parameters
    ----------
    result
        None where the office failed; `failure` then says why.
    resumed
        The result was in the folder already.
    """

    office: str
    result: Result | None
    failure: str = ""
    resumed: bool = False


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
) -> Generator[OfficePlan, None, None]:
    """Plan offices that have nothing in common, the largest first; yield each as it is done.

    What fails in one office is told in its place and stops no other. Closing the generator waits
    for the offices in work and begins no more.

    Parameters
    ----------
    offices
        Problems, or the files they are in (.json or .xlsx), by the name of the office.
    time_limit
        Seconds for all, shared out by the number of schools (and FIRST_SCHOOLS for each office);
        what an office does not use is there for those after it. In a deterministic run: units of
        work, all shared out beforehand.
    executor
        Does the work; by default processes on this machine. Problems travel to it, no files.
    workers
        Offices at once; all cores by default.
    folder
        Keeps each office's plan.json and result.json in a folder of its name. An office whose
        problem is as it was when they were written is not planned again.
    gap, seed, deterministic
        As in solve().
    shipments
        Blank cards sent to the offices (see share_out()), beside the deliveries of their own.
    warm_starts
        Plans to start from, by office.

    Raises
    ------
    SettingsError
        A number is out of range.
    FileError
        The folder cannot be written.
    """
    crew = available_cores() if workers is None else workers
    settings = Settings(time_limit, gap, seed, crew, deterministic)
    sent: dict[str, list[Delivery]] = defaultdict(list)
    for shipment in shipments:
        sent[shipment.office].append(shipment.delivery)
    run = _Run(offices, settings, folder, sent, warm_starts or {})
    with Crew(crew) if executor is None else nullcontext(executor) as hands:
        yield from run.plans(hands)


@dataclass(slots=True)
class _Run:
    """One call of plan_offices()."""

    offices: Mapping[str, Problem | Path]
    settings: Settings
    folder: Path | None
    sent: Mapping[str, Sequence[Delivery]]
    warm_starts: Mapping[str, Plan]
    begun: float = field(default_factory=time.monotonic)
    stems: Mapping[str, str] = field(init=False)  # names of the offices' folders
    sizes: dict[str, int] = field(default_factory=dict)  # in schools, of the offices that wait
    ends: dict[str, float] = field(default_factory=dict)  # when offices in work should be done

    def __post_init__(self) -> None:
        self.stems = file_stems(dict.fromkeys(self.offices, ""))

    def plans(self, executor: Executor) -> Iterator[OfficePlan]:
        """What became of each office."""
        yield from self._without_work()
        total = sum(self.sizes.values())
        running: dict[Future[Result], tuple[str, str]] = {}
        try:
            while self.sizes or running:
                while self.sizes and len(running) < self.settings.workers:
                    office = max(self.sizes, key=lambda name: self.sizes[name])
                    share = self._share(office, total)
                    del self.sizes[office]
                    try:
                        problem = self._read(office)
                    except InputError as error:  # changed since it was read first
                        yield OfficePlan(office, None, str(error))
                        continue
                    start = self.warm_starts.get(office)
                    try:
                        done = executor.submit(_plan, problem, share, self.settings, start)
                    except Exception as error:  # an executor that takes no more work
                        yield OfficePlan(office, None, reason_of(error))
                        continue
                    self.ends[office] = time.monotonic() + share
                    running[done] = office, _fingerprint(problem)
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    office, fingerprint = running.pop(done)
                    del self.ends[office]
                    yield self._outcome(office, fingerprint, done)
                    if done.cancelled():
                        yield from self._given_up()
        finally:
            for future in running:
                future.cancel()

    def _read(self, office: str) -> Problem:
        """An office's problem with the blanks that it is sent."""
        source = self.offices[office]
        problem = source if isinstance(source, Problem) else load_problem(source)
        return with_deliveries(problem, self.sent.get(office, ()))

    def _without_work(self) -> Iterator[OfficePlan]:
        """Offices that cannot be read or are in the folder; the others wait from now on."""
        for office in self.offices:
            try:
                problem = self._read(office)
            except InputError as error:
                yield OfficePlan(office, None, str(error))
                continue
            known = self._known(office, problem)
            if known is None:
                self.sizes[office] = FIRST_SCHOOLS + len(problem.schools)
            else:
                yield OfficePlan(office, known, resumed=True)

    def _share(self, office: str, total: int) -> float:
        """Seconds (or units) for an office."""
        limit, workers = self.settings.time_limit, self.settings.workers
        if self.settings.deterministic:
            return limit * workers * self.sizes[office] / total
        now = time.monotonic()
        left = workers * max(0.0, self.begun + limit - now)
        left -= sum(max(0.0, end - now) for end in self.ends.values())
        left -= LATE_SECONDS * len(self.sizes)
        share = left * self.sizes[office] / sum(self.sizes.values())
        return max(LEAST_SECONDS, min(share, self.begun + limit - now))

    def _given_up(self) -> Iterator[OfficePlan]:
        """The offices that wait, after the executor cancelled work: it may never do any again."""
        reason = reason_of(CancelledError())
        while self.sizes:
            yield OfficePlan(self.sizes.popitem()[0], None, reason)

    def _outcome(self, office: str, fingerprint: str, done: Future[Result]) -> OfficePlan:
        try:
            result = done.result()
        except Exception as error:  # ours, a process that died, memory that ran out, a cluster's
            return OfficePlan(office, None, reason_of(error))
        if self.folder is not None and result.plan is not None:
            home = self.folder / self.stems[office]
            home.mkdir(parents=True, exist_ok=True)
            save_plan(home / "plan.json", result.plan)
            save_result(home / "result.json", result)
            # Last: whoever finds it finds the others whole.
            write_text_atomically(home / "problem.sha256", fingerprint + "\n")
        return OfficePlan(office, result)

    def _known(self, office: str, problem: Problem) -> Result | None:
        """The result in the folder, None where there is none of this very problem."""
        if self.folder is None:
            return None
        home = self.folder / self.stems[office]
        mark = home / "problem.sha256"
        if not mark.is_file() or mark.read_text(encoding="utf-8").strip() != _fingerprint(problem):
            return None
        try:
            return load_result(home / "result.json", load_plan(home / "plan.json", problem))
        except InputError:
            return None


def with_deliveries(problem: Problem, more: Sequence[Delivery]) -> Problem:
    """The problem with these deliveries beside its own."""
    deliveries = (*problem.stock.deliveries, *more)
    stock = problem.stock.model_copy(update={"deliveries": deliveries})
    return problem.model_copy(update={"stock": stock})


def _fingerprint(problem: Problem) -> str:
    return hashlib.sha256(problem.model_dump_json().encode()).hexdigest()


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
