"""Many offices: results stream, one failure stops nobody, a folder resumes, a death costs time."""

import os
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from benchmarks.generate import Country
from ektp_sched import Problem, check, save_problem
from ektp_sched.errors import EktpSchedError, FileError
from ektp_sched.offices import Crew, plan_offices
from ektp_sched.offices.planning import reason_of
from tests.offices.meddling import Meddling, interrupt_in_mid_run

OFFICES = dict(Country(4, 0).offices())
SMALL = dict(sorted(OFFICES.items(), key=lambda item: len(item[1].schools))[:2])


def die_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return "done"


def die() -> None:
    os._exit(9)


def test_processes_and_threads_make_the_same_plans() -> None:
    settings = {"time_limit": 0.5, "workers": 2, "deterministic": True}
    found = {one.office: one.result for one in plan_offices(SMALL, **settings)}  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as executor:
        again = list(plan_offices(SMALL, executor=executor, **settings))  # type: ignore[arg-type]
    assert set(found) == set(SMALL)
    for one in again:
        first = found[one.office]
        assert first is not None
        assert one.result is not None
        assert one.result.plan == first.plan
        assert one.result.plan is not None
        assert check(SMALL[one.office], one.result.plan).ok


def test_a_bad_file_is_named_and_stops_nobody(tmp_path: Path) -> None:
    problem = next(iter(SMALL.values()))
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    save_problem(tmp_path / "good.json", problem)
    offices = {"bad": tmp_path / "bad.json", "good": tmp_path / "good.json"}
    with ThreadPoolExecutor(1) as executor:
        found = {
            one.office: one
            for one in plan_offices(offices, time_limit=0.5, executor=executor, workers=1)
        }
    assert "bad.json" in found["bad"].failure
    assert found["bad"].result is None
    assert found["good"].result is not None


def test_what_was_finished_is_not_planned_again(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        settings = {"time_limit": 1, "executor": executor, "workers": 1, "folder": tmp_path}
        broken_off = plan_offices(SMALL, **settings)  # type: ignore[arg-type]
        first = next(broken_off)
        broken_off.close()
        found = list(plan_offices(SMALL, **settings))  # type: ignore[arg-type]
        assert [one.office for one in found if one.resumed] == [first.office]
        assert found[0].result == first.result
        (tmp_path / first.office / "plan.json").write_text("{", encoding="utf-8")
        assert [one.resumed for one in plan_offices(SMALL, **settings)] == [True, False]  # type: ignore[arg-type]


def test_a_plan_that_ctrl_c_cut_short_is_where_the_next_run_begins(tmp_path: Path) -> None:
    (name, problem), *_ = SMALL.items()
    with Crew(1) as crew:
        cut = Meddling(crew, {name: interrupt_in_mid_run})
        settings = {"time_limit": 60, "workers": 1, "folder": tmp_path}
        (first,) = plan_offices({name: problem}, executor=cut, **settings)  # type: ignore[arg-type]
        settings["time_limit"] = 1
        (second,) = plan_offices({name: problem}, executor=crew, **settings)  # type: ignore[arg-type]
    assert first.result is not None
    assert first.result.plan is not None
    assert first.result.stopped_by == "cancelled"
    assert second.result is not None
    assert second.result.plan is not None
    assert not second.resumed
    values = [check(problem, plan).score for plan in (first.result.plan, second.result.plan)]
    assert values[0].students <= values[1].students
    with Crew(1) as crew:
        (third,) = plan_offices({name: problem}, executor=crew, **settings)  # type: ignore[arg-type]
    assert third.resumed


def test_a_stop_between_plan_and_result_passes_no_plan_off_as_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (name, problem), *_ = SMALL.items()
    other = problem.model_copy(update={"schools": problem.schools[1:], "commitments": ()})

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as executor:
        settings = {"time_limit": 0.5, "executor": executor, "workers": 1, "folder": tmp_path}
        list(plan_offices({name: problem}, **settings))  # type: ignore[arg-type]
        with monkeypatch.context() as patched:
            patched.setattr("ektp_sched.files.outputs._Folder._place", stopped)
            stopping = plan_offices({name: other}, **settings)  # type: ignore[arg-type]
            with pytest.raises(KeyboardInterrupt):
                next(stopping)
        (again,) = plan_offices({name: problem}, **settings)  # type: ignore[arg-type]
    assert not again.resumed


def test_what_is_odd_in_the_folder_is_planned_over_or_told(tmp_path: Path) -> None:
    (name, problem), (other, _) = SMALL.items()
    (tmp_path / name).mkdir()
    (tmp_path / name / "problem.sha256").write_bytes(b"\xff")
    (tmp_path / other).touch()
    with ThreadPoolExecutor(1) as executor:
        settings = {"time_limit": 0.5, "executor": executor, "workers": 1, "folder": tmp_path}
        (one,) = plan_offices({name: problem}, **settings)  # type: ignore[arg-type]
        assert not one.resumed
        (one,) = plan_offices({other: problem}, **settings)  # type: ignore[arg-type]
        assert "cannot write: not a directory" in one.failure
        settings["folder"] = tmp_path / other
        with pytest.raises(FileError, match=other):
            list(plan_offices({name: problem}, **settings))  # type: ignore[arg-type]


def test_the_work_of_a_process_that_dies_is_done_again_once(tmp_path: Path) -> None:
    with Crew(1) as crew:
        assert crew.submit(die_once, tmp_path / "mark").result() == "done"
        with pytest.raises(BrokenProcessPool):
            crew.submit(die).result()
        assert crew.submit(os.getpid).result() != os.getpid()


class Fatal(ThreadPoolExecutor):
    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        return super().submit(raise_memory_error)


def raise_memory_error() -> None:
    raise MemoryError("no room")


def test_an_office_that_exhausts_memory_is_named() -> None:
    with Fatal(1) as executor:
        found = list(plan_offices(SMALL, time_limit=1, executor=executor, workers=1))
    assert {one.office: one.failure for one in found} == dict.fromkeys(
        SMALL, "it needs more memory than there is (MemoryError: no room)"
    )


class Lost(Executor):
    """An executor whose cluster is lost: it gives up what it has, and what comes later stays."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        if self._given < 2:
            future.cancel()
            future.set_running_or_notify_cancel()
        self._given += 1
        return future

    _given = 0


def test_a_cluster_that_is_lost_is_waited_for_no_longer() -> None:
    found = list(plan_offices(OFFICES, time_limit=1, executor=Lost(), workers=2))
    assert {one.office: one.failure for one in found} == dict.fromkeys(
        OFFICES, "the cluster gave it up or was lost (CancelledError)"
    )


def test_an_executor_that_takes_no_work_is_told_at_each_office() -> None:
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    found = list(plan_offices(SMALL, time_limit=1, executor=executor, workers=1))
    assert {one.office: one.failure for one in found} == dict.fromkeys(
        SMALL, "RuntimeError: cannot schedule new futures after shutdown"
    )


def test_an_error_is_told_by_its_name_and_the_message_that_it_has() -> None:
    assert reason_of(ValueError("odd")) == "ValueError: odd"
    assert reason_of(MemoryError()) == "it needs more memory than there is (MemoryError)"
    assert reason_of(EktpSchedError("no plan")) == "no plan"


def test_a_file_that_vanishes_and_a_name_no_folder_can_have_stop_nobody(tmp_path: Path) -> None:
    small, large = SMALL.values()  # fewer schools first
    gone = tmp_path / "gone.json"
    save_problem(gone, small)
    offices: dict[str, Problem | Path] = {"Kota/A": large, "gone": gone}

    class Removing(ThreadPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            gone.unlink(missing_ok=True)
            return super().submit(fn, *args, **kwargs)

    folder = tmp_path / "plans"
    with Removing(1) as executor:
        found = list(
            plan_offices(offices, time_limit=0.5, executor=executor, workers=1, folder=folder)
        )
    failures = {one.office: one.failure for one in found}
    assert failures["Kota/A"] == ""
    assert "gone.json" in failures["gone"]
    assert [home.name for home in folder.iterdir()] == ["Kota-A"]
