"""``ektp-sched offices``: a folder of problems, what stands in their way, and what is written."""

import json
import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from benchmarks.generate import Country
from ektp_sched import save_problem, save_problem_xlsx
from ektp_sched.offices import OfficePlan, Sharing, plan_offices, save_pool, share_out
from ektp_sched.offices.record import CountryRecord
from tests.cli.running import Terminal, is_clear

COUNTRY = Country(3, 0)
FOLDER, OUT = Path("country"), Path("plans")


@pytest.fixture(autouse=True)
def _folder() -> None:
    FOLDER.mkdir()
    for name, problem in COUNTRY.offices():
        save_problem(FOLDER / f"{name}.json", problem)


@pytest.fixture
def _in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan in a thread of this process; in units of work, so that all is as it was before."""

    @contextmanager
    def one_thread(_workers: object) -> Iterator[tuple[Any, Any]]:
        with ThreadPoolExecutor(1) as executor:
            yield executor, 1

    monkeypatch.setattr("ektp_sched.cli.offices.hands_here", one_thread)


def run(terminal: Terminal, *options: object) -> Any:
    limits = ("--time-limit", 3, "--lang", "en")
    return terminal.run("offices", FOLDER, "-o", OUT, *limits, *options)


def told() -> CountryRecord:
    return CountryRecord.model_validate_json((OUT / "offices.json").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("_in_threads")
def test_all_offices_have_plans_pages_and_a_summary(terminal: Terminal) -> None:
    ran = run(terminal)
    assert ran.code == 0
    assert "3 of 3 offices have a plan." in ran.out
    assert "Written: plans/offices.xlsx, plans/offices.html" in ran.out
    assert [line.split()[0] for line in ran.complaints] == ["1/3", "2/3", "3/3"]
    country = told()
    assert [one.office for one in country.offices] == [name for name, _ in COUNTRY.offices()]
    assert country.total("recorded") + country.total("left") == country.total("pupils")
    assert 0 < country.total("value") <= country.total("bound")
    assert country.total("drawn") <= country.total("blanks")
    for one in country.offices:
        assert {path.name for path in (OUT / one.office).iterdir()} >= {"plan.json", "report.html"}
    page = (OUT / "offices.html").read_text(encoding="utf-8")
    assert f'href="{country.offices[0].office}/report.html"' in page
    sheet = load_workbook(OUT / "offices.xlsx")["Offices"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        *(one.office for one in country.offices),
        "All",
    ]


@pytest.mark.usefixtures("_in_threads")
def test_a_second_run_plans_nothing_again(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(terminal, "--no-pages")
    first = told()
    resumed: list[bool] = []

    def watched(*arguments: Any, **named: Any) -> Iterator[OfficePlan]:
        for one in plan_offices(*arguments, **named):
            resumed.append(one.resumed)
            yield one

    monkeypatch.setattr("ektp_sched.cli.offices.plan_offices", watched)
    assert run(terminal, "--no-pages").code == 0
    assert resumed == [True] * 3
    assert told() == first
    assert not (OUT / first.offices[0].office / "report.html").exists()


@pytest.mark.usefixtures("_in_threads")
def test_a_pool_is_shared_out_first(terminal: Terminal) -> None:
    save_pool(FOLDER / "pool.json", COUNTRY.pool())
    ran = run(terminal, "--pool", FOLDER / "pool.json", "--no-pages")
    assert ran.code == 0
    assert "cards shared out" in ran.out
    assert "first come, first served" in ran.out
    country = told()
    assert country.sharing is not None
    sent = sum(one.cards for one in country.sharing.shipments if one.confirmed)
    assert country.total("sent") == sent
    assert all(floor.cards >= floor.least for floor in country.floors)
    book = load_workbook(OUT / "offices.xlsx")
    assert book.sheetnames == ["Offices", "Shipments", "Rules"]
    page = (OUT / "offices.html").read_text(encoding="utf-8")
    assert "How blank cards were shared out" in page


@pytest.mark.usefixtures("_in_threads")
def test_what_a_person_changed_where_a_pool_was_shared_out_is_kept(terminal: Terminal) -> None:
    save_pool(FOLDER / "pool.json", COUNTRY.pool())
    pool = ("--pool", FOLDER / "pool.json", "--no-pages")
    assert run(terminal, *pool).code == 0
    changed = [OUT / "sharing.json", *OUT.rglob("appraisals/*.json"), *OUT.rglob("plan.json")]
    assert len(changed) > 6
    for path in changed:
        path.write_bytes(path.read_bytes() + f"\n{path}\n".encode())
    hers = {path: path.read_bytes() for path in changed}
    ran = run(terminal, *pool)
    assert is_clear(ran, OUT / "sharing.json", "is here already, changed", "--replace")
    assert {path: path.read_bytes() for path in hers} == hers
    assert run(terminal, *pool, "--replace").code == 0
    there = {path.read_bytes() for path in OUT.rglob("*.json")}
    assert there.issuperset(hers.values())


@pytest.mark.usefixtures("_in_threads")
def test_an_office_whose_plan_a_person_changed_is_left_and_told(terminal: Terminal) -> None:
    assert run(terminal, "--no-pages").code == 0
    name = next(name for name, _ in COUNTRY.offices())
    plan = OUT / name / "plan.json"
    plan.write_bytes(plan.read_bytes() + b"\n")
    hers = plan.read_bytes()
    ran = run(terminal, "--no-pages")
    assert ran.code == 1
    assert f"  {name}: {plan}: a plan is here already, changed" in ran.out
    assert plan.read_bytes() == hers
    (left,) = told().not_planned
    assert (left.office, left.failure) == (name, "")
    assert left.recorded > 0
    assert told().failed == ()
    assert "Not planned anew" in (OUT / "offices.html").read_text(encoding="utf-8")
    assert run(terminal, "--no-pages", "--replace").code == 0
    assert hers in {path.read_bytes() for path in (OUT / name / "backup").rglob("plan.json")}


@pytest.mark.usefixtures("_in_threads")
def test_a_page_that_a_person_changed_stays_and_is_told(terminal: Terminal) -> None:
    assert run(terminal).code == 0
    page = OUT / told().offices[0].office / "report.html"
    page.write_text("hers", encoding="utf-8")
    os.utime(page, ns=(0, 0))  # older than its plan, so it is to be written
    ran = run(terminal)
    assert ran.code == 0
    assert f"warning: {page}: a page is here already, changed" in ran.err
    assert page.read_text(encoding="utf-8") == "hers"


@pytest.mark.usefixtures("_in_threads")
def test_an_office_that_fails_is_named(terminal: Terminal) -> None:
    (FOLDER / "bad.json").write_text("{}", encoding="utf-8")
    ran = run(terminal, "--no-pages", "--json")
    assert ran.code == 1
    (failed,) = CountryRecord.model_validate(json.loads(ran.out)).failed
    assert failed.office == "bad"
    assert "name: this key is missing" in failed.failure
    assert any("bad: " in line and "more)" in line for line in ran.complaints)
    assert "this key is missing" in (OUT / "offices.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("_in_threads")
def test_workbooks_are_taken_and_those_that_excel_has_open_are_left_aside(
    terminal: Terminal,
) -> None:
    for path in FOLDER.glob("*.json"):
        path.unlink()
    name, problem = next(COUNTRY.offices())
    save_problem_xlsx(problem, FOLDER / f"{name}.xlsx")
    (FOLDER / f"~${name}.xlsx").touch()
    (FOLDER / "notes.txt").touch()
    assert run(terminal, "--no-pages").code == 0
    assert [one.office for one in told().offices] == [name]


@pytest.mark.usefixtures("_in_threads")
def test_ctrl_c_keeps_what_is_finished_and_tells_how_to_go_on(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: Any, **named: Any) -> Iterator[OfficePlan]:
        for one in plan_offices(*arguments, **named):
            yield one
            if one.office == "dukcapil-002":  # one of two that are done by then
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("ektp_sched.cli.offices.plan_offices", interrupted)
    ran = run(terminal, "--no-pages")
    assert ran.code == 130
    finished = len(told().offices)
    assert 0 < finished < 3
    assert f"{finished} of 3 offices have a plan." in ran.out
    assert "not begun. The same command goes on where this one stopped." in ran.out
    monkeypatch.setattr("ektp_sched.cli.offices.plan_offices", plan_offices)
    assert run(terminal, "--no-pages").code == 0
    assert len(told().offices) == 3


def test_two_files_of_one_office(terminal: Terminal) -> None:
    name, problem = next(COUNTRY.offices())
    save_problem_xlsx(problem, FOLDER / f"{name}.xlsx")
    assert is_clear(run(terminal), FOLDER, f"{name}.json and {name}.xlsx", "Keep one")


def test_two_files_of_one_office_with_another_between(terminal: Terminal) -> None:
    name, problem = next(COUNTRY.offices())
    save_problem_xlsx(problem, FOLDER / f"{name}.xlsx")
    save_problem(FOLDER / f"{name}.old.json", problem)
    assert is_clear(run(terminal), FOLDER, f"{name}.json and {name}.xlsx", "Keep one")


def test_no_pool_file(terminal: Terminal) -> None:
    assert is_clear(run(terminal, "--pool", "pool.json"), "pool.json", "cannot read")


@pytest.mark.usefixtures("_in_threads")
def test_only_pages_of_the_plans_that_are_there_are_linked(terminal: Terminal) -> None:
    names = [name for name, _ in COUNTRY.offices()]
    assert run(terminal).code == 0
    pages = [OUT / name / "report.html" for name in names]
    written = [page.stat().st_mtime_ns for page in pages]
    os.utime(pages[0], ns=(0, 0))  # as if its plan had been made after it
    (FOLDER / f"{names[1]}.json").write_text("{}", encoding="utf-8")
    assert run(terminal, "--no-pages").code == 1
    assert linked() == [names[2]]
    assert run(terminal).code == 1
    assert linked() == [names[0], names[2]]
    assert pages[2].stat().st_mtime_ns == written[2]
    terminal.run("offices", FOLDER, "-o", OUT, "--time-limit", 3, "--lang", "id")
    assert 'lang="id"' in pages[2].read_text(encoding="utf-8")


def linked() -> list[str]:
    page = (OUT / "offices.html").read_text(encoding="utf-8")
    return sorted(set(re.findall(r'href="([^"]+)/report.html"', page)))


@pytest.mark.usefixtures("_in_threads")
def test_an_office_that_had_no_part_in_the_sharing_is_named(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, _ = next(COUNTRY.offices())

    def failing(*arguments: Any, **named: Any) -> Sharing:
        return share_out(*arguments, **named).model_copy(update={"failures": {name: "no room"}})

    monkeypatch.setattr("ektp_sched.cli.offices.share_out", failing)
    save_pool(Path("pool.json"), COUNTRY.pool())
    ran = run(terminal, "--pool", "pool.json", "--no-pages")
    assert ran.code == 1
    assert "3 of 3 offices have a plan." in ran.out
    assert f"Without a plan while the pool was shared out:\n  {name}: no room" in ran.out


def test_an_empty_folder(terminal: Terminal) -> None:
    for path in FOLDER.glob("*.json"):
        path.unlink()
    assert is_clear(run(terminal), FOLDER, "no problem is there", "Put")


def test_no_folder(terminal: Terminal) -> None:
    ran = terminal.run("offices", "nowhere", "-o", OUT, "--lang", "en")
    assert is_clear(ran, "nowhere", "cannot read", "Give the folder")


def test_plans_among_the_problems(terminal: Terminal) -> None:
    ran = terminal.run("offices", FOLDER, "-o", FOLDER, "--lang", "en")
    assert is_clear(ran, FOLDER, "among the problems", "another folder")


def test_a_pool_without_its_offices(terminal: Terminal) -> None:
    save_pool(FOLDER / "pool.json", Country(4, 0).pool())
    ran = run(terminal, "--pool", FOLDER / "pool.json")
    assert ran.code == 2
    assert "of 1 office of the pool there is no problem: dukcapil-004" in ran.err


def test_workers_and_a_scheduler(terminal: Terminal) -> None:
    ran = run(terminal, "--workers", 2, "--scheduler", "tcp://127.0.0.1:1")
    assert ran.code == 2
    assert "--workers or --scheduler" in ran.err
