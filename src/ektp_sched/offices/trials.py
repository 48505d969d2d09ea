"""What a pool's offices would do with one sharing or another, tried out round by round."""

import hashlib
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ektp_sched.domain import Delivery, Plan, Problem
from ektp_sched.errors import InputError
from ektp_sched.files import load_problem
from ektp_sched.files.file_names import file_stems
from ektp_sched.files.json_files import json_of
from ektp_sched.files.outputs import Outputs, finish_writing
from ektp_sched.offices.appraisal import Appraisal, Appraised, Sent, appraise, whole
from ektp_sched.offices.crew import Turns
from ektp_sched.offices.planning import NOT_FOUND, in_language, reason_of
from ektp_sched.offices.pool import Pool, PoolOffice, Sharing, Shipment, load_sharing
from ektp_sched.solve.settings import Settings
from ektp_sched.texts.language import _, spoken_language

SHARING, MARK, PLAN = "sharing.json", "sharing.sha256", "plan.json"
MOST_TRIES = 2  # of an office that fails


@dataclass(frozen=True, slots=True)
class _Case:
    """An office's problem: pickled, so that all of a country stay small."""

    packed: bytes
    fingerprint: str
    schools: int
    pupils: int


class Trials:
    """The offices of a pool and their appraisals.

    Parameters
    ----------
    failures
        Why offices have no appraisal, by name.
    offices
        All offices of the pool, in its order, those that failed without appraisals.
    """

    def __init__(
        self,
        pool: Pool,
        problems: Mapping[str, Problem | Path],
        settings: Settings,
        folder: Path | None,
        *,
        replace: bool = False,
    ) -> None:
        self.pool, self.settings, self.folder = pool, settings, folder
        self._outputs = None if folder is None else _outputs_in(folder, replace=replace)
        self.failures: dict[str, str] = {}
        self.offices: list[Appraised] = []
        self._stems = file_stems(dict.fromkeys(problems, ""))
        self._cases: dict[str, _Case] = {}
        for one in pool.offices:
            self.offices.append(self._read(one, problems[one.office]))
        self._known = {one.name: one for one in self.offices}
        self._failed: Counter[str] = Counter()

    @property
    def pupils(self) -> dict[str, int]:
        """All pupils due, by office."""
        return {
            one.office: self._cases[one.office].pupils if one.office in self._cases else 0
            for one in self.pool.offices
        }

    def untried(self, sent: Mapping[str, Sent]) -> list[str]:
        """Offices that were not tried with what they are sent, unless they fail again and again."""
        return [
            office
            for office, boxes in sent.items()
            if office in self._cases
            and self._failed[office] < MOST_TRIES
            and self._known[office].cards(boxes) not in self._known[office].tried
        ]

    def unproven(self, sent: Mapping[str, Sent]) -> list[str]:
        """Offices that may do better than the plans that are known for what they are sent."""
        found = []
        for office, boxes in sent.items():
            best = self._known[office].best(boxes)
            if best is not None and self._failed[office] < MOST_TRIES:
                lacking = whole(self._known[office].bound(boxes)) - best.pupils
                if lacking > self.settings.gap * max(1, best.pupils):
                    found.append(office)
        return found

    def load(self, sent: Mapping[str, Sent]) -> None:
        """Take what the folder has of these appraisals."""
        for office in self.untried(sent):
            if (found := self._load(office, sent[office])) is not None:
                self._known[office].add(sent[office], found)

    def appraise(
        self, sent: Mapping[str, Sent], offices: Iterable[str], executor: Executor, seconds: float
    ) -> Iterator[int]:
        """Appraise some offices with what they are sent; yields how many are done of all."""
        sizes = {office: self._cases[office].schools for office in offices}
        done = len(sent) - len(sizes)
        yield done

        def submit(office: str, share: float) -> Future[Appraisal | None]:
            known, deliveries = self._known[office], self._deliveries(office, sent[office])
            best = known.best(sent[office])
            start = None if best is None else best.plan
            told, packed = spoken_language(), self._cases[office].packed
            return executor.submit(
                in_language, told, appraise, packed, deliveries, start, share, self.settings
            )

        settings = replace(self.settings, time_limit=max(0.1, seconds))
        for office, outcome in Turns(sizes, settings, submit).outcomes():
            self._take(office, sent[office], outcome)
            done += 1
            yield done

    def finished(self) -> Sharing | None:
        """The sharing in the folder, None where there is none of this very pool and problems."""
        if self.folder is None:
            return None
        finish_writing(self.folder / MARK)
        try:
            mark = (self.folder / MARK).read_text(encoding="utf-8").strip()
            if mark != self._fingerprint():
                return None
            sharing = load_sharing(self.folder / SHARING)
            plans = {
                office: Plan.model_validate_json(path.read_bytes())
                for office in self._cases
                if (path := self._home(self.folder, office) / PLAN).is_file()
            }
        except (OSError, InputError, UnicodeDecodeError):
            return None
        return sharing.model_copy(update={"plans": plans})

    def finish(self, sharing: Sharing) -> None:
        """Keep the sharing and its plans in the folder, if there is one.

        It is not taken for finished where an office that could be read has failed.
        """
        if self.folder is None or self._outputs is None:
            return
        mark, text = self.folder / MARK, json_of(sharing).encode()
        # Away first, there again last: whoever finds it finds the plans whole.
        self._outputs.write({mark: None}, rescue=True)
        for office in self._cases:
            path = self._home(self.folder, office) / PLAN
            plan = sharing.plans.get(office)
            _keep(path, None if plan is None else json_of(plan))
        failed = self._cases.keys() & sharing.failures.keys()
        done = None if failed else f"{self._fingerprint()}\n".encode()
        self._outputs.write({self.folder / SHARING: text, mark: done}, rescue=True)

    def shipments(self, sent: Mapping[str, Sent]) -> Iterator[Shipment]:
        """The boxes as shipments."""
        for office, boxes in sent.items():
            for one in self._deliveries(office, boxes):
                yield Shipment(
                    office=office, date=one.date, cards=one.cards, confirmed=one.confirmed
                )

    def boxes(self, shipments: Iterable[Shipment]) -> dict[str, Sent]:
        """Shipments of confirmed cards as boxes; those delivered together count with the last."""
        cards: dict[tuple[str, date], int] = defaultdict(int)
        for shipment in shipments:
            cards[shipment.office, shipment.date] += shipment.cards
        sent: dict[str, Sent] = {}
        for one in self.pool.offices:
            boxes = [
                cards.pop((one.office, one.first_delivery(arrival.date)), 0) // one.lot
                if arrival.confirmed
                else 0
                for arrival in reversed(self.pool.in_order)
            ]
            sent[one.office] = tuple(reversed(boxes))
        return sent

    def _read(self, office: PoolOffice, source: Problem | Path) -> Appraised:
        """Read an office's problem."""
        try:
            problem = source if isinstance(source, Problem) else load_problem(source)
        except InputError as error:
            self.failures[office.office] = str(error)
            return Appraised(office, (0,) * len(self.pool.arrivals), horizon=0, due=0)
        cohorts = [cohort for school in problem.schools for cohort in school.cohorts]
        self._cases[office.office] = _Case(
            pickle.dumps(problem),
            problem.fingerprint,
            len(problem.schools),
            sum(cohort.students for cohort in cohorts),
        )
        reached = (office.first_delivery(arrival.date) for arrival in self.pool.in_order)
        return Appraised(
            office,
            tuple(max(0, (day - problem.start).days) for day in reached),
            horizon=(problem.end - problem.start).days + 1,
            due=sum(cohort.students * cohort.priority for cohort in cohorts),
        )

    def _deliveries(self, office: str, sent: Sent) -> Sequence[Delivery]:
        one = self._known[office].office
        return [
            Delivery(
                date=one.first_delivery(arrival.date),
                cards=boxes * one.lot,
                confirmed=arrival.confirmed,
            )
            for boxes, arrival in zip(sent, self.pool.in_order, strict=True)
            if boxes
        ]

    def _take(self, office: str, sent: Sent, outcome: Appraisal | Exception | None) -> None:
        known = self._known[office]
        if isinstance(outcome, Appraisal):
            known.add(sent, outcome)
            self.failures.pop(office, None)
            if self.folder is not None:
                path = self._path(self.folder, office, sent)
                _keep(path, outcome.model_dump_json() + "\n")
            return
        self._failed[office] += 1
        if not known.cuts:
            reason = _(NOT_FOUND) if outcome is None else reason_of(outcome)
            self.failures[office] = reason

    def _load(self, office: str, sent: Sent) -> Appraisal | None:
        """What the folder has, None where there is nothing of this very problem."""
        if self.folder is None:
            return None
        try:
            text = self._path(self.folder, office, sent).read_text(encoding="utf-8")
            return Appraisal.model_validate_json(text)
        except (OSError, InputError, UnicodeDecodeError):
            return None

    def _path(self, folder: Path, office: str, sent: Sent) -> Path:
        deliveries = [one.model_dump(mode="json") for one in self._deliveries(office, sent)]
        told = json.dumps([self._cases[office].fingerprint, deliveries])
        mark = hashlib.sha256(told.encode()).hexdigest()[:16]
        return self._home(folder, office) / f"{mark}.json"

    def _home(self, folder: Path, office: str) -> Path:
        return folder / self._stems[office] / "appraisals"

    def _fingerprint(self) -> str:
        """What changes when the pool or any of the problems does."""
        told = {office: case.fingerprint for office, case in self._cases.items()}
        text = json.dumps([self.pool.model_dump(mode="json"), told])
        return hashlib.sha256(text.encode()).hexdigest()


def _outputs_in(folder: Path, *, replace: bool) -> Outputs:
    """The sharing and its mark, looked at before the work."""
    paths = [folder / SHARING, folder / MARK]
    return Outputs(paths, replace=replace, new_folders=True).check()


def _keep(path: Path, text: str | None) -> None:
    """Put what was found out where the next run looks for it; of what a person changed, keep it."""
    if text is not None or path.exists():
        outputs = Outputs([path], replace=True, new_folders=True)
        outputs.write({path: None if text is None else text.encode()}, rescue=True)
