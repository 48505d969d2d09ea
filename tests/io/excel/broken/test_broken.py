"""Every broken workbook, through the real command line: clear messages and no traceback."""

from pathlib import Path

import pytest

from tests.cli.running import Terminal, is_clear
from tests.io.excel.books import a_book, fill, put
from tests.io.excel.broken.cells import CASES, Case
from tests.io.excel.broken.files import FILES, File


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def test_there_are_sixty_and_more() -> None:
    assert len({case.name for case in CASES} | {file.name for file in FILES}) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken_cells(case: Case, tmp_path: Path, terminal: Terminal) -> None:
    path = a_book(tmp_path / "broken.xlsx", case.change)
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    assert is_clear(ran, path, f"{case.where}: ", case.what, case.remedy), ran.err
    assert len(ran.complaints) == case.faults, ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_broken_files(file: File, tmp_path: Path, terminal: Terminal) -> None:
    path = tmp_path / file.name
    file.make(path)
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    assert is_clear(ran, path, *file.parts), ran.err
    assert len(ran.complaints) <= 21


def test_all_faults_are_told_at_once(tmp_path: Path, terminal: Terminal) -> None:
    path = a_book(
        tmp_path / "broken.xlsx",
        put("Office!B3", "besok"),
        put("Schools!E2", 102),
        put("Pupils!C2", "banyak"),
        put("Teams!D2", 0),
        fill("Shifts", ("Z", "Rabu", "16:00", "18:00")),
    )
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    places = ("Office!B3: ", "Schools!E2: ", "Pupils!C2: ", "Teams!D2: ", "Shifts!A3: ")
    assert len(ran.complaints) == len(places)
    assert all(is_clear(ran, path, place) for place in places)


def test_what_is_about_persons_is_never_repeated(tmp_path: Path, terminal: Terminal) -> None:
    path = a_book(tmp_path / "p.xlsx", put("Pupils!H1", "NIK"), put("Pupils!H2", "1771000000"))
    ran = terminal.run("plan", path, "-o", tmp_path / "out")
    assert "1771" not in ran.err
    path = a_book(tmp_path / "q.xlsx", put("Pupils!C2", "1771 0123 4567 8901"))
    assert "1771" not in terminal.run("plan", path, "-o", tmp_path / "out").err
