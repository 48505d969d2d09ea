"""Every verb twice over a folder with changed files: no byte that a person wrote is gone.

A verb that writes and stands in no table here fails the first test; so does one without --replace.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Never

import pytest
from typer.main import get_command

from benchmarks.generate import Country
from ektp_sched.cli.app import VERBS, app_for
from ektp_sched.desk.offer import Offers, offer
from ektp_sched.domain import Problem
from ektp_sched.files import save_plan, save_problem, save_problem_xlsx
from ektp_sched.files.offer_files import save_offers
from ektp_sched.files.outputs import BACKUP, HIDDEN
from ektp_sched.offices import save_pool
from ektp_sched.texts.language import Language
from tests.builders import MONDAY, TUESDAY, a_delivery, a_plan, a_problem, a_school, a_visit
from tests.cli.fakes import UseSolver, a_result, solves_to
from tests.cli.running import Ran, Terminal

BOTH = ("problem.json", "plan.json")
PLAN = a_plan(a_visit(students=40), a_visit("S2", date=TUESDAY, students=10))
CHANGES = [{"kind": "school_closed", "school": "S1", "start": MONDAY, "end": MONDAY}]
TIMETABLE = (
    '<timetable><period period="1" starttime="7:30" endtime="8:15"/><class id="C"/>'
    '<lesson id="L" classids="C"/><card lessonid="L" period="1" days="1"/></timetable>'
)
LIST = "npsn,nama,bentuk_pendidikan,kecamatan,lintang,bujur\n10702407,SMAN 7,SMA,Utara,-3.8,102.3\n"

# By verb: its arguments, written to the folder or file "out".
WRITING: dict[str, tuple[object, ...]] = {
    "accept": (*BOTH, "offers.json", 1, "-o", "out"),
    "calendar": (*BOTH, "-o", "out"),
    "check": ("book.xlsx", "-o", "out.xlsx"),
    "contingent": (*BOTH, "-o", "out", "--time-limit", 2),
    "excel": (*BOTH, "-o", "out.xlsx"),
    "export": (*BOTH, "-o", "out"),
    "follow-up": (*BOTH, "-o", "out", "--expect", "50"),
    "import-hours": (
        *("asc.xml", "--into", "book.xlsx", "--school", "S1", "--existing", "replace"),
        *("-o", "out.xlsx"),
    ),
    "import-schools": ("list.csv", "--into", "book.xlsx", "-o", "out.xlsx"),
    "letter-templates": ("-o", "out"),
    "letters": (*BOTH, "-o", "out"),
    "offer": (*BOTH, "S1", "-o", "out.json"),
    "offices": ("country", "-o", "out"),
    "picture": (*BOTH, "-o", "out.png"),
    "plan": ("problem.json", "-o", "out"),
    "refuse": (*BOTH, "S1", MONDAY, "-o", "out"),
    "replan": (*BOTH, "changes.json", "-o", "out", "--time-limit", 2),
    "report": (*BOTH, "-o", "out.html"),
    "template": ("-o", "out.xlsx"),
    "workbook": ("problem.json", "-o", "out.xlsx"),
}
# Verbs that only print.
PRINTING: dict[str, tuple[object, ...]] = {
    "call-up": BOTH,
    "contradictions": ("problem.json",),
    "explain": (*BOTH, "S1", "--time-limit", 2),
    "schema": ("plan",),
    "what-if": BOTH,
    "worth": (*BOTH, "--time-limit", 2),
}
LEAVE = {"letter-templates"}  # leave what is there, and say so


@cache
def an_office() -> Problem:
    schools = (a_school("S1", cohorts=60), a_school("S2", name="SMK [Dua]", cohorts=20))
    later = a_delivery(TUESDAY, 500, confirmed=False)
    return a_problem(schools=schools, stock={"opening": 60, "deliveries": (later,)})


@cache
def some_offers() -> Offers:
    return offer(an_office(), PLAN, "S1", 1)


@pytest.fixture(autouse=True)
def _world(use_solver: UseSolver, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that the verbs read; a solver that is quick for `plan` and `offices`."""
    office = an_office()
    save_problem("problem.json", office)
    save_plan("plan.json", PLAN)
    save_problem_xlsx(office, "book.xlsx")
    Path("changes.json").write_text(json.dumps(CHANGES), encoding="utf-8")
    Path("asc.xml").write_text(TIMETABLE, encoding="utf-8")
    Path("list.csv").write_text(LIST, encoding="utf-8")
    Path("country").mkdir()
    for name in ("kota", "kabupaten"):
        save_problem(Path("country", f"{name}.json"), office)
    save_offers("offers.json", some_offers())
    use_solver(solves_to(a_result(PLAN)))
    monkeypatch.setattr("ektp_sched.offices.planning.solve", solves_to(a_result(PLAN, tiers=())))

    @contextmanager
    def one_thread(_workers: object) -> Iterator[tuple[Any, Any]]:
        with ThreadPoolExecutor(1) as executor:
            yield executor, 1

    monkeypatch.setattr("ektp_sched.cli.offices.hands_here", one_thread)


def verbs_with(option: str) -> set[str]:
    commands = {name: get_command(app_for([name])).commands[name] for name in VERBS}  # type: ignore[attr-defined]
    return {
        name for name, verb in commands.items() if any(option in one.opts for one in verb.params)
    }


def files() -> dict[Path, bytes]:
    """What a person sees in the folder, dated copies too."""
    found = (path for path in Path().rglob("*") if path.is_file() and HIDDEN not in path.parts)
    return {path: path.read_bytes() for path in sorted(found)}


def run(terminal: Terminal, verb: str, language: Language, *more: str) -> Ran:
    return terminal.run(verb, *WRITING[verb], *more, "--lang", language)


def test_the_list_of_verbs_has_the_first_sentence_of_each() -> None:
    for name, line in VERBS.items():
        told = import_module(f"ektp_sched.cli.{name.replace('-', '_')}").verb.__doc__
        assert " ".join(told.split("\n\n")[0].split()) == line


def test_every_verb_stands_in_one_of_the_tables_and_those_that_write_ask_before() -> None:
    assert VERBS.keys() == WRITING.keys() | PRINTING.keys()
    assert not WRITING.keys() & PRINTING.keys()
    assert verbs_with("--output") == verbs_with("--replace") == WRITING.keys()


@pytest.mark.parametrize("verb", PRINTING)
def test_a_verb_that_prints_changes_no_file(verb: str, terminal: Terminal) -> None:
    before = files()
    assert terminal.run(verb, *PRINTING[verb]).code in {0, 1}
    assert files() == before


@pytest.mark.parametrize("change", ["changed", "made"])
@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("verb", WRITING)
def test_no_byte_that_a_person_wrote_is_gone(
    verb: str, language: Language, change: str, terminal: Terminal
) -> None:
    before = files()
    first = run(terminal, verb, language)
    assert first.code == 0, first.err
    written = files().keys() - before.keys()
    assert written
    for path in written:  # changed by a person, or made by her where no record is
        former = path.read_bytes() if change == "changed" else b""
        path.write_bytes(former + f"\n{path} of a person\n".encode())
    if change == "made":
        forget(Path())
    hers = files()

    again = run(terminal, verb, language)
    assert {path: files().get(path) for path in hers} == hers
    assert not Path(BACKUP).exists()
    if verb in LEAVE:
        assert again.code == 0
        assert all(str(path) in again.out for path in written)
    elif again.code == 2:
        told = [line for line in again.complaints if "--replace" in line or "iCalendar" in line]
        assert told or verb == "calendar", again.err
    else:
        assert again.code == 0
        assert "as it is" in again.out or "apa adanya" in again.out

    replaced = run(terminal, verb, language, "--replace")
    there = files()
    for path, content in hers.items():
        assert content in there.values(), path
    if replaced.code == 0:
        assert BACKUP in replaced.err or verb in LEAVE, replaced.err
    else:
        assert verb == "calendar", replaced.err  # whose record of what was sent is damaged


def forget(folder: Path) -> None:
    """Take all records away, as if another program had made the files."""
    for record in folder.rglob(f"{HIDDEN}/written.json"):
        record.unlink()


@pytest.mark.parametrize("verb", WRITING)
def test_a_second_run_over_files_as_they_were_asks_nothing(verb: str, terminal: Terminal) -> None:
    assert run(terminal, verb, "en").code == 0
    again = run(terminal, verb, "en")
    assert again.code == 0, again.err


@pytest.mark.parametrize("verb", WRITING)
def test_what_cannot_be_written_is_told_before_anything_else_is_done(
    verb: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where the folder should be, or there is no folder for the file."""
    arguments = ["no/where/x" if one == "out" else one for one in WRITING[verb]]
    arguments = [f"no/where/{one}" if str(one).startswith("out.") else one for one in arguments]
    Path("no").touch()
    ran = terminal.run(verb, *arguments)
    assert ran.code == 2
    assert "cannot write: not a directory" in ran.err
    assert "looking for" not in ran.err


# The options of searches ---------------------------------------------------------------------


def test_every_verb_that_searches_can_be_repeated_and_says_so_in_the_same_words() -> None:
    searching = verbs_with("--time-limit") | verbs_with("--explain")
    assert len(searching) == 10
    for option in ("--seed", "--deterministic", "--workers"):
        assert verbs_with(option) == searching
    commands = {name: get_command(app_for([name])).commands[name] for name in VERBS}  # type: ignore[attr-defined]
    for option in ("--seed", "--deterministic"):
        params = (p for verb in searching for p in commands[verb].params if option in p.opts)
        assert len({(p.help, p.default) for p in params}) == 1


@pytest.mark.parametrize(
    ("module", "function", "arguments"),
    [
        ("explain", "explain", ("explain", *BOTH, "S1")),
        ("contradictions", "contradiction", ("contradictions", "problem.json")),
        ("worth", "worth", ("worth", *BOTH)),
        ("offer", "offer", ("offer", *BOTH, "S1", "--exact")),
        ("replan", "replan", ("replan", *BOTH, "-o", "out")),
        ("contingent", "plan_contingent", ("contingent", *BOTH, "-o", "out")),
        ("plan", "solve", ("plan", "problem.json", "-o", "out")),
        ("searching", "why_left_over", ("excel", *BOTH, "-o", "out.xlsx", "--explain", 3)),
        ("searching", "why_left_over", ("report", *BOTH, "-o", "out.html", "--explain", 3)),
        ("offices", "plan_offices", ("offices", "country", "-o", "out")),
        ("offices", "share_out", ("offices", "country", "-o", "out", "--pool", "pool.json")),
    ],
)
def test_seed_and_determinism_reach_every_search(
    module: str,
    function: str,
    arguments: tuple[object, ...],
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[str, object] = {}

    def search(*_: object, **options: object) -> Never:
        seen.update(options)
        raise ReachedError

    class ReachedError(Exception):
        pass

    save_pool("pool.json", Country(1, 0).pool())
    monkeypatch.setattr(f"ektp_sched.cli.{module}.{function}", search)
    ran = terminal.run(*arguments, "--seed", 7, "--deterministic")
    assert "ReachedError" in ran.err
    assert (seen["seed"], seen["deterministic"]) == (7, True)
