"""share_out() with offices that fail, blanks that are not confirmed, and a folder to go on from."""

import pickle
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.generate import Country
from ektp_sched import Delivery, Problem, check, save_problem
from ektp_sched.errors import RequestError
from ektp_sched.offices import (
    Pool,
    Sharing,
    SharingProgress,
    load_sharing,
    plan_offices,
    share_out,
    shared_today,
)
from ektp_sched.offices.planning import with_deliveries

COUNTRY = Country(4, 0)
OFFICES = dict(COUNTRY.offices())
POOL = COUNTRY.pool()


class Idle(Executor):
    """Does no work."""

    def submit(self, *_: object, **__: object) -> Future[object]:  # type: ignore[override]
        raise AssertionError("there was nothing to be done")


def shared(
    pool: Pool, problems: dict[str, Problem | Path], folder: Path | None = None
) -> tuple[Sharing, list[SharingProgress]]:
    told: list[SharingProgress] = []
    with ThreadPoolExecutor(1) as executor:
        sharing = share_out(
            pool,
            problems,
            time_limit=14,
            executor=executor,
            workers=1,
            folder=folder,
            deterministic=True,
            on_progress=told.append,
        )
    return sharing, told


def test_a_country_is_shared_within_all_limits_and_told_as_it_is() -> None:
    sharing, told = shared(POOL, dict(OFFICES))
    assert not sharing.failures
    assert sharing.pupils == sum(one.pupils for one in sharing.offices) <= sharing.bound
    for rule in sharing.rules:
        assert rule.pupils <= min(rule.bound, sharing.pupils)
        assert rule.shipments == shared_today(POOL, due(), rule.rule)
    firm = [one for one in sharing.shipments if one.confirmed]
    by_pupils = shared_today(POOL, due(), "pupils")
    for floor in POOL.floors:
        there = {one.office for one in POOL.offices if one.province == floor.province}
        got, fair = (sum(s.cards for s in one if s.office in there) for one in (firm, by_pupils))
        assert got >= floor.percent * fair / 100
    for day in sorted({one.date for one in firm}):
        arrived = sum(one.cards for one in POOL.confirmed if one.date <= day)
        assert sum(one.cards for one in firm if one.date <= day) <= arrived
    for office, plan in sharing.plans.items():
        sent = [one.delivery for one in sharing.shipments if one.office == office]
        assert check(with_deliveries(OFFICES[office], sent), plan).ok
    assert told[-1].offices_done == told[-1].offices == 4
    assert [one.round for one in told] == sorted(one.round for one in told)


def due() -> dict[str, int]:
    return {
        name: sum(cohort.students for school in problem.schools for cohort in school.cohorts)
        for name, problem in OFFICES.items()
    }


def test_what_is_not_confirmed_is_shared_on_top_and_said_to_be_so() -> None:
    sharing, _ = shared(POOL, dict(OFFICES))
    unsure = [one for one in sharing.shipments if not one.confirmed]
    announced = sum(one.cards for one in POOL.arrivals if not one.confirmed)
    assert 0 < sum(one.cards for one in unsure) <= announced
    firm = POOL.model_copy(update={"arrivals": POOL.confirmed})
    alone, _ = shared(firm, dict(OFFICES))
    assert alone.pupils == sharing.pupils
    assert all(one.confirmed for one in alone.shipments)


def test_an_office_that_fails_is_named_and_gets_no_more_than_it_must(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    name = POOL.offices[0].office
    sharing, _ = shared(POOL, {**OFFICES, name: tmp_path / "bad.json"})
    assert list(sharing.failures) == [name]
    assert "bad.json" in sharing.failures[name]
    assert name not in {one.office for one in sharing.offices}
    assert name not in sharing.plans


class Failing(ThreadPoolExecutor):
    """Fails in one office, and counts how often it is asked to work for it."""

    def __init__(self, office: str) -> None:
        super().__init__(1)
        self.office, self.asked = office, 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        packed = next(one for one in args if isinstance(one, bytes))
        if pickle.loads(packed).name != self.office:
            return super().submit(fn, *args, **kwargs)
        self.asked += 1
        future: Future[object] = Future()
        future.set_exception(MemoryError("no room"))
        return future


def test_an_office_that_fails_is_tried_twice_and_again_in_the_next_run(tmp_path: Path) -> None:
    name = POOL.offices[0].office
    settings = {"time_limit": 14, "workers": 1, "folder": tmp_path, "deterministic": True}
    with Failing(name) as executor:
        sharing = share_out(POOL, OFFICES, executor=executor, **settings)  # type: ignore[arg-type]
        assert executor.asked == 2
    assert sharing.failures == {name: "it needs more memory than there is (MemoryError: no room)"}
    others = sum(one.bound for one in sharing.offices)
    assert sharing.pupils + due()[name] <= sharing.bound <= others + due()[name] * 3
    for rule in sharing.rules:
        assert rule.bound >= rule.pupils + due()[name]
    whole, _ = shared(POOL, dict(OFFICES), tmp_path)
    assert not whole.failures
    assert whole.pupils > sharing.pupils


def test_all_offices_fail(tmp_path: Path) -> None:
    gone = {name: tmp_path / f"{name}.json" for name in OFFICES}
    sharing, told = shared(POOL, dict(gone))
    assert list(sharing.failures) == list(OFFICES)
    assert (sharing.pupils, sharing.bound, sharing.offices) == (0, 0, ())
    assert told[-1].offices_done == 4


def test_pools_that_bring_nothing_in_time() -> None:
    small = min(OFFICES, key=lambda name: len(OFFICES[name].schools))
    offices = tuple(one for one in POOL.offices if one.office == small)
    after = OFFICES[small].end + timedelta(1)
    for arrivals in ((), (Delivery(date=after, cards=5_000, confirmed=True),)):
        pool = Pool(arrivals=arrivals, offices=offices)
        sharing, _ = shared(pool, {small: OFFICES[small]})
        assert {one.pupils for one in sharing.rules} == {sharing.pupils}
        assert sharing.pupils > 0
        assert sharing.shipments == ()
        (share,) = sharing.offices
        assert share.box_worth > 0


def test_a_finished_sharing_is_not_made_again(tmp_path: Path) -> None:
    first, _ = shared(POOL, dict(OFFICES), tmp_path)
    files = {}
    for name, problem in OFFICES.items():
        files[name] = tmp_path / f"{name}.json"
        save_problem(files[name], problem)
    again = share_out(POOL, files, time_limit=5, executor=Idle(), workers=1, folder=tmp_path)
    assert again == first
    assert again.plans == first.plans
    told = load_sharing(tmp_path / "sharing.json")
    assert told == first.model_copy(update={"plans": {}})


def test_what_was_found_out_before_a_stop_is_not_found_out_again(tmp_path: Path) -> None:
    shared(POOL, dict(OFFICES), tmp_path)
    before = sorted(tmp_path.rglob("appraisals/*.json"))
    (tmp_path / "sharing.sha256").unlink()
    _, told = shared(POOL, dict(OFFICES), tmp_path)
    assert all(one.offices_done == one.offices for one in told if one.round <= 3)
    assert set(before) <= set(tmp_path.rglob("appraisals/*.json"))
    # Another pool needs other appraisals, but those of what it sends as before are there.
    more = POOL.model_copy(
        update={"arrivals": (*POOL.arrivals, later(POOL.arrivals[0], days=1, cards=500))}
    )
    sharing, _ = shared(more, dict(OFFICES), tmp_path)
    assert sharing.pupils <= sharing.bound


def later(one: Delivery, *, days: int, cards: int) -> Delivery:
    moved = {"date": one.date + timedelta(days), "cards": cards}
    return one.model_copy(update=moved)


def test_each_office_of_the_pool_needs_a_problem() -> None:
    known = dict(list(OFFICES.items())[1:])
    with pytest.raises(RequestError, match=POOL.offices[0].office):
        share_out(POOL, known, time_limit=1)


def test_plans_of_a_sharing_start_the_planning() -> None:
    sharing, _ = shared(POOL, dict(OFFICES))
    with ThreadPoolExecutor(1) as executor:
        planned = plan_offices(
            OFFICES,
            time_limit=2,
            executor=executor,
            workers=1,
            deterministic=True,
            shipments=sharing.shipments,
            warm_starts=sharing.plans,
        )
        for one in planned:
            assert one.result is not None
            assert one.result.plan is not None
