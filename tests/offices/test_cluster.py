"""Many offices on a Dask cluster of two worker processes on this machine."""

from collections.abc import Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import dask
import pytest
from distributed import Client, LocalCluster

from benchmarks.generate import Country
from ektp_sched import check, save_problem
from ektp_sched.cli import main
from ektp_sched.offices import Crew, OfficePlan, Pool, plan_offices, share_out
from tests.offices.meddling import (
    MIB,
    Meddling,
    die_in_mid_run,
    die_in_mid_run_once,
    hoard,
    take_more_than_there_is,
)

COUNTRY = Country(8, 0)
OFFICES = {problem.name: problem for problem in map(COUNTRY.office, (5, 1, 4))}
LARGEST, *OTHERS = OFFICES  # of 31, 21 and 16 schools
MEMORY = 1024 * MIB  # of each worker process; a small office takes a quarter
NO_MEMORY = "it needs more memory than there is (MemoryError)"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Client]:
    """Two workers at rest: Dask blames a death on all that waits at the same worker, too."""
    with (
        # So that a test fails rather than waits for ever.
        dask.config.set({"distributed.scheduler.no-workers-timeout": "300s"}),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            memory_limit=MEMORY,
            dashboard_address=":0",  # its usual port may be taken
            local_directory=str(tmp_path / "dask"),
        ) as workers,
        Client(workers) as client,
    ):
        client.wait_for_workers(2)
        yield client


def planned(executor: Executor | None, *, deterministic: bool = False) -> dict[str, OfficePlan]:
    found = list(
        plan_offices(
            OFFICES, time_limit=0.5, executor=executor, workers=2, deterministic=deterministic
        )
    )
    assert sorted(one.office for one in found) == sorted(OFFICES)  # each once
    return {one.office: one for one in found}


def assert_planned(found: dict[str, OfficePlan], *offices: str) -> None:
    for name in offices:
        assert found[name].failure == ""
        result = found[name].result
        assert result is not None
        assert result.plan is not None
        assert check(OFFICES[name], result.plan).ok


def test_a_cluster_shares_a_pool_out_as_processes_of_this_machine_do(cluster: Client) -> None:
    whole = COUNTRY.pool()
    pool = Pool(
        arrivals=whole.arrivals,
        offices=tuple(one for one in whole.offices if one.office in OFFICES),
    )
    settings = {"time_limit": 3, "workers": 2, "deterministic": True}
    here = share_out(pool, OFFICES, **settings)  # type: ignore[arg-type]
    there = share_out(pool, OFFICES, executor=cluster.get_executor(), **settings)  # type: ignore[arg-type]
    assert not there.failures
    assert there == here
    assert there.plans == here.plans


def test_a_cluster_makes_the_same_plans_as_processes_of_this_machine(cluster: Client) -> None:
    here = planned(None, deterministic=True)
    there = planned(cluster.get_executor(), deterministic=True)
    assert_planned(there, *OFFICES)
    for name in OFFICES:
        one, other = here[name].result, there[name].result
        assert one is not None
        assert other is not None
        assert one.plan == other.plan
        assert one.tiers == other.tiers


def test_a_worker_killed_in_mid_run_costs_time_only(cluster: Client, tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    deeds = {LARGEST: partial(die_in_mid_run_once, mark)}
    found = planned(Meddling(cluster.get_executor(), deeds))
    assert mark.exists()
    assert_planned(found, *OFFICES)


@pytest.mark.parametrize("deed", [die_in_mid_run, partial(hoard, MEMORY)], ids=["crash", "memory"])
def test_an_office_that_kills_its_workers_is_named(cluster: Client, deed: partial[None]) -> None:
    found = planned(Meddling(cluster.get_executor(), {LARGEST: deed}))
    assert found[LARGEST].result is None
    assert "cluster that tried to plan it died (KilledWorker: " in found[LARGEST].failure
    assert_planned(found, *OTHERS)


def test_an_office_that_is_refused_memory_by_a_worker_is_named(cluster: Client) -> None:
    deeds = {LARGEST: take_more_than_there_is}
    found = planned(Meddling(cluster.get_executor(), deeds))
    assert found[LARGEST].result is None
    assert found[LARGEST].failure == NO_MEMORY
    assert_planned(found, *OTHERS)


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        (die_in_mid_run, "the process that planned it died (BrokenProcessPool: "),
        (take_more_than_there_is, NO_MEMORY),
    ],
)
def test_an_office_that_fails_so_in_a_process_of_this_machine_is_named(
    deed: partial[None], reason: str
) -> None:
    with Crew(2) as crew:
        found = planned(Meddling(crew, {LARGEST: deed}))
    assert found[LARGEST].result is None
    assert found[LARGEST].failure.startswith(reason)
    assert_planned(found, *OTHERS)


def test_the_command_line_works_on_a_cluster(
    cluster: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, plans = tmp_path / "country", tmp_path / "plans"
    folder.mkdir()
    for name, problem in OFFICES.items():
        save_problem(folder / f"{name}.json", problem)
    address = cluster.scheduler_info()["address"]
    limits = ("--time-limit", "1", "--no-pages", "--lang", "en", "--scheduler", address)
    assert main(["offices", str(folder), "-o", str(plans), *limits]) == 0
    assert "3 of 3 offices have a plan." in capsys.readouterr().out


def test_an_address_where_no_cluster_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_problem(tmp_path / "office.json", OFFICES[LARGEST])
    monkeypatch.setattr("ektp_sched.cli.offices.ANSWER_SECONDS", 0.5)
    where = ("--scheduler", "tcp://127.0.0.1:1", "--lang", "en")
    assert main(["offices", str(tmp_path), "-o", str(tmp_path / "plans"), *where]) == 2
    assert "no cluster works at tcp://127.0.0.1:1" in capsys.readouterr().err
